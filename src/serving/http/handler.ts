import type { RequestListener, ServerResponse } from 'node:http';
import { unifyTarget } from './form.ts';
import { McpRequests, type McpRequestsOptions } from './mcp-requests.ts';
import { type PageOptions, pageAt } from './pages.ts';
import { send } from './responses.ts';

/** What the service answers requests with. */
export type HttpHandlerOptions = Omit<McpRequestsOptions & PageOptions, 'isStopping'>;

/**
 * A response until it is out. A set that grows and shrinks leaves old tables behind, which keep what they held from the
 * quick collections of garbage: that is to be little.
 */
interface Unanswered {
  response: ServerResponse | undefined;
}

/** Answers the HTTP requests of the service: MCP under `/mcp`, and what operators ask. */
export class HttpHandler {
  readonly #options: HttpHandlerOptions;
  readonly #mcp: McpRequests;
  readonly #unanswered = new Set<Unanswered>();
  #isLeaving = false;
  #isStopping = false;

  constructor(options: HttpHandlerOptions) {
    this.#options = options;
    this.#mcp = new McpRequests({ ...options, isStopping: () => this.#isStopping });
  }

  /** From here on, connections end with their next answer, and operators are told: balancers use another copy. */
  leave(): void {
    this.#isLeaving = true;
    for (const { response } of this.#unanswered) {
      if (response?.headersSent === false) response.setHeader('connection', 'close');
    }
  }

  /** From here on, no request begins, and callers are sent to another copy. */
  stop(): void {
    this.#isStopping = true;
  }

  readonly handle: RequestListener = (request, response) => {
    const unanswered: Unanswered = { response };
    this.#unanswered.add(unanswered);
    response.once('close', () => {
      this.#unanswered.delete(unanswered);
      unanswered.response = undefined;
    });
    // A balancer would send the next request on a connection that stays.
    response.once('finish', () => this.#isLeaving && request.socket.end());
    this.#route(request, response).catch((error: unknown) => {
      this.#options.report(`request failed: ${error instanceof Error ? error.name : 'unknown'}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };

  async #route(...[request, response]: Parameters<RequestListener>): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    if (this.#isLeaving) response.setHeader('connection', 'close');
    unifyTarget(request);
    const path = pathOf(request.url ?? '/');
    if (path === '/mcp' || path === '/mcp/') return this.#mcp.serve(request, response);
    const options = { ...this.#options, isStopping: this.#isLeaving };
    await send(response, await pageAt(path, request.method ?? 'GET', options));
  }
}

function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}
