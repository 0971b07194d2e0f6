import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { untilAborted } from '../../abort.ts';
import type { CallerServices } from './caller-services.ts';
import type { Door, Pass } from './door.ts';
import { acceptedBy, idOf, purposeOf, readMessage, refusal, withoutProgress } from './messages.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

const maxBodyBytes = 1_048_576;
const metadataPath = '/.well-known/oauth-protected-resource';

/** What the service answers requests with. */
export interface ListenerParts {
  readonly door: Door;
  readonly services: CallerServices;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** Host names by which the service may be called, and from whose pages. */
  readonly allowedHosts: readonly string[];
  /** At most this many requests of a caller are open at once. */
  readonly maxOpen: number;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
}

/** Answers the HTTP requests of the service: MCP under `/mcp`, and what operators ask. */
export class Listener {
  readonly #parts: ListenerParts;
  readonly #checkHost: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly #checkOrigin: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly #open = new Set<ServerResponse>();
  #isStopping = false;

  constructor(parts: ListenerParts) {
    this.#parts = parts;
    this.#checkHost = hostHeaderValidation([...parts.allowedHosts]);
    this.#checkOrigin = originValidation([...parts.allowedHosts]);
  }

  /** From here on, no request begins: balancers are told, connections end, and callers are sent to another copy. */
  stop(): void {
    this.#isStopping = true;
    for (const response of this.#open) if (!response.headersSent) response.setHeader('connection', 'close');
  }

  readonly handle: RequestListener = (request, response) => {
    this.#open.add(response);
    response.once('close', () => this.#open.delete(response));
    // A balancer would send the next request on a connection that stays.
    response.once('finish', () => this.#isStopping && request.socket.end());
    this.#handle(request, response).catch((error: unknown) => {
      this.#parts.report(`request failed: ${error instanceof Error ? error.name : 'unknown'}`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  };

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    const [path = '/'] = (request.url ?? '/').split('?', 1);
    if (path === '/mcp' || path === '/mcp/') return this.#serveMcp(request, response);
    await send(response, await this.#page(path, request.method));
  }

  async #page(path: string, method = 'GET'): Promise<Response> {
    const { door, metrics } = this.#parts;
    const isKnown = ['/healthz', '/readyz', '/metrics', metadataPath, `${metadataPath}/mcp`].includes(path);
    if (isKnown && method !== 'GET' && method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
    }
    if (path === '/healthz') return Response.json({ status: 'alive' });
    if (path === '/readyz') return this.#readyPage();
    if (path === '/metrics') {
      const { text, contentType } = await metrics.page();
      return new Response(text, { headers: { 'content-type': contentType } });
    }
    const metadata = isKnown ? door.metadata() : undefined;
    if (metadata) return Response.json(metadata, { headers: { 'access-control-allow-origin': '*' } });
    return refusal(404, 'Nothing is here. MCP is served at /mcp.');
  }

  async #readyPage(): Promise<Response> {
    if (this.#isStopping) return Response.json({ status: 'stopping' }, { status: 503 });
    if (await this.#parts.readiness.isReachable()) return Response.json({ status: 'ready' });
    return Response.json({ status: 'Charitylog cannot be reached' }, { status: 503 });
  }

  async #serveMcp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics } = this.#parts;
    response.once('finish', () => response.statusCode >= 400 && metrics.refused(response.statusCode));
    if (this.#isStopping) return send(response, stopping());
    if (!this.#checkHost(request, response) || !this.#checkOrigin(request, response)) return;
    allowPage(request, response);
    if (request.method === 'OPTIONS') return send(response, new Response(null, { status: 204 }));
    if (/[?&](access_)?token=/i.test(request.url ?? '')) return send(response, tokenInAddress());
    const pass = await this.#parts.door.admit(request.headers.authorization);
    if (pass instanceof Response) return send(response, pass);
    const service = this.#parts.services.for(pass.caller);
    if (service.exchanges.size >= this.#parts.maxOpen) return send(response, tooManyOpen(this.#parts.maxOpen));
    const fetch = (incoming: Request) => this.#exchange(incoming, response, pass);
    const onerror = (error: Error) => this.#parts.report(`request failed: ${error.name}`);
    const serve = toNodeHandler({ fetch }, { maxRequestBodySize: maxBodyBytes, onerror });
    await serve(request as IncomingMessage & { method: string; url: string }, response);
  }

  async #exchange(incoming: Request, response: ServerResponse, admitted: Pass): Promise<Response> {
    const message = incoming.method === 'POST' ? await readMessage(incoming) : undefined;
    if (message instanceof Response) return message;
    // The body may have taken its time.
    if (this.#isStopping) return stopping(message);
    const { door, services } = this.#parts;
    const pass = door.renew(admitted);
    if (pass instanceof Response) return pass;
    const service = services.for(pass.caller);
    const purpose = purposeOf(message);
    if (purpose === 'create' && !pass.mayCreate && door.canAskForMore(pass)) return door.refuseCreate();
    const exchange = service.exchanges.begin(purpose, pass.key);
    if (response.closed) exchange.end();
    else response.once('close', exchange.end);
    const accepted = acceptedBy(incoming.headers.get('accept'));
    const headers = new Headers(incoming.headers);
    headers.set('accept', 'application/json, text/event-stream');
    headers.delete('authorization');
    const signal = AbortSignal.any([incoming.signal, exchange.signal]);
    const answer = service.answer({
      request: new Request(incoming.url, { method: incoming.method, headers, signal }),
      message: accepted === 'json' ? withoutProgress(message) : message,
      accepted,
      mayCreate: pass.mayCreate,
    });
    return untilAborted(answer, signal).catch(error => {
      if (signal.aborted) return ended(message);
      throw error;
    });
  }
}

/** Lets the pages of an allowed origin read the answer; whether the origin is one was checked before. */
function allowPage({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-expose-headers', 'www-authenticate, retry-after');
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader(
    'access-control-allow-headers',
    'authorization, content-type, mcp-protocol-version, mcp-method, mcp-name',
  );
}

function stopping(message?: unknown): Response {
  const headers = { 'retry-after': '1', connection: 'close' };
  return refusal(503, 'This copy of the service is stopping; nothing was done. Send the request again.', {
    id: idOf(message),
    headers,
  });
}

function ended(message: unknown): Response {
  const what =
    purposeOf(message) === 'create' ? 'Whether the person was added is not known: look them up first.' : 'Ask again.';
  return refusal(503, `The service ended this request before it was answered. ${what}`, { id: idOf(message) });
}

function tokenInAddress(): Response {
  return refusal(
    400,
    'A token in an address ends up in logs. Send it in the header "Authorization: Bearer ...", and have this one replaced.',
  );
}

function tooManyOpen(most: number): Response {
  return refusal(429, `This caller has ${most} requests open, the most at once. Try again when one has ended.`, {
    headers: { 'retry-after': '1' },
  });
}

/** Sends an answer whose body is whole. */
async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}
