import {
  createMcpHandler,
  InMemoryServerEventBus,
  isLegacyRequest,
  type McpHttpHandler,
  type McpRequestContext,
  type McpServer,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { onChangedLists, ServedLists } from '../../mcp/list-changes.ts';
import { buildServer } from '../../mcp/server.ts';
import { sessionFor } from '../../mcp/views.ts';
import type { Identity } from '../identity.ts';
import { type Accepted, wantsProgress, withoutProgress } from './answer-form.ts';
import { OpenRequests } from './open-requests.ts';

/** A request that was let in. */
export interface Admitted {
  readonly request: Request;
  /** The JSON-RPC message in it; `undefined` for a request without a body. */
  readonly message: unknown;
  readonly accepted: Accepted;
  /** True where this caller may add people. */
  readonly mayCreate: boolean;
}

type Era = McpRequestContext['era'];

/** MCP for one caller: a server of its own for each request, over what is kept for the caller's identity. */
export class Endpoint {
  readonly identity: Identity;
  /** What this caller has open. */
  readonly open = new OpenRequests();
  readonly #either: McpHttpHandler;
  readonly #sse: McpHttpHandler;
  readonly #served = new ServedLists();
  readonly #stopListening: () => void;

  constructor(identity: Identity, report: (error: Error) => void) {
    this.identity = identity;
    const bus = new InMemoryServerEventBus(report);
    const options = { bus, onerror: report };
    this.#either = createMcpHandler(this.#serverFor, options);
    this.#sse = createMcpHandler(this.#serverFor, { ...options, responseMode: 'sse' });
    this.#stopListening = onChangedLists(identity.catalogue, this.#served, () => this.#either.notify.toolsChanged());
  }

  /** Answers one request, in whichever era and form its client takes. */
  async answer(admitted: Admitted): Promise<Response> {
    const response = await this.#answer(admitted);
    const session = sessionFor(admitted.message);
    if (session !== undefined && response.ok) response.headers.set('mcp-session-id', session);
    return response;
  }

  async #answer({ request, message: given, accepted, mayCreate }: Admitted): Promise<Response> {
    const message = accepted === 'json' ? withoutProgress(given) : given;
    // All that the SDK is told of a caller: it never sees the token.
    const authInfo = {
      token: '',
      clientId: '',
      scopes: mayCreate ? ['people:read', 'people:create'] : ['people:read'],
    };
    const options = { authInfo, ...(message !== undefined && { parsedBody: message }) };
    const isWhole = accepted === 'json' || (accepted === 'either' && !wantsProgress(message));
    if (isWhole && request.method === 'POST' && (await isLegacyRequest(request, message))) {
      return this.#answerInJson(request, message, mayCreate);
    }
    const handler = accepted === 'sse' ? this.#sse : this.#either;
    return handler.fetch(request, options);
  }

  /** Ends what is left of this caller: open streams and connections. Creates must have ended before. */
  async close(): Promise<void> {
    this.#stopListening();
    await Promise.all([this.#either.close(), this.#sse.close()]);
    await Promise.all([this.identity.api.close(), this.identity.audit?.settle()]);
    for (const share of Object.values(this.identity.shares)) share.end();
  }

  /** The SDK answers older clients by event stream only. Where nothing but the answer is to come, JSON will do. */
  async #answerInJson(request: Request, parsedBody: unknown, mayCreate: boolean): Promise<Response> {
    const server = this.#server('legacy', { mayCreate });
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: undefined,
      enableJsonResponse: true,
    });
    const close = () => void server.close();
    request.signal.addEventListener('abort', close, { once: true });
    try {
      await server.connect(transport);
      return await transport.handleRequest(request, { parsedBody });
    } finally {
      request.signal.removeEventListener('abort', close);
      close();
    }
  }

  readonly #serverFor = ({ era, authInfo }: McpRequestContext): McpServer =>
    this.#server(era, { mayCreate: authInfo?.scopes.includes('people:create') === true });

  /** A server for one request that calls a tool or asks for the tools. */
  toolServer(era: Era, mayCreate: boolean): McpServer {
    return this.#server(era, { mayCreate, toolsAlone: true });
  }

  #server(era: Era, { mayCreate, toolsAlone = false }: { mayCreate: boolean; toolsAlone?: boolean }): McpServer {
    const isReadOnly = this.identity.isReadOnly || !mayCreate;
    return buildServer({ toolsAlone, ...this.identity, isReadOnly }, era, this.#served);
  }
}
