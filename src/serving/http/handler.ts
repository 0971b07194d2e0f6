import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { untilAborted } from '../../base/deadlines.ts';
import type { Door, Pass } from '../callers/authenticate.ts';
import type { CallerServices } from './endpoints.ts';
import type { RequestLimit } from './limits.ts';
import { acceptedBy, idOf, purposeOf, readMessage, refusal, withoutProgress } from './messages.ts';
import type { Metrics } from './metrics.ts';
import type { Exchange, Exchanges } from './open-requests.ts';
import { pageAt } from './pages.ts';
import type { Readiness } from './readiness.ts';

const maxBodyBytes = 1_048_576;
/** What all bodies being received or answered may take together, in bytes. */
const maxBytes = 32 * maxBodyBytes;
const maxSubscriptions = 8;

/** What the service answers requests with. */
export interface ListenerParts {
  readonly door: Door;
  readonly services: CallerServices;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  /** Host names by which the service may be called, and from whose pages. */
  readonly allowedHosts: readonly string[];
  readonly requests: RequestLimit;
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
  #bytes = 0;
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
    await send(response, await pageAt(path, request.method ?? 'GET', { ...this.#parts, isStopping: this.#isStopping }));
  }

  async #serveMcp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { door, services, metrics, report } = this.#parts;
    response.once('finish', () => response.statusCode >= 400 && metrics.refused(response.statusCode));
    if (this.#isStopping) return send(response, stopping());
    const foreign = refusalOfForm(request);
    if (foreign) return send(response, foreign);
    if (!this.#checkHost(request, response) || !this.#checkOrigin(request, response)) return;
    allowPage(request, response);
    if (request.method === 'OPTIONS') return send(response, new Response(null, { status: 204 }));
    const pass = await door.admit(request.headers.authorization);
    if (pass instanceof Response) return send(response, pass);
    const { exchanges } = services.for(pass.caller);
    const refused = await this.#refusalOfLoad(exchanges, pass, request);
    if (refused) return send(response, refused);
    const exchange = exchanges.begin(pass.key);
    const bytes = bytesOf(request);
    this.#bytes += bytes;
    const end = () => {
      exchanges.end(exchange);
      this.#bytes -= bytes;
    };
    if (response.closed) end();
    else response.once('close', end);
    const fetch = (incoming: Request) => this.#answer(incoming, pass, exchange);
    const onerror = (error: Error) => report(`request failed: ${error.name}`);
    const serve = toNodeHandler({ fetch }, { maxRequestBodySize: maxBodyBytes, onerror });
    await serve(request as IncomingMessage & { method: string; url: string }, response);
  }

  /** What refuses a request of a caller who asks for too much. */
  async #refusalOfLoad(exchanges: Exchanges, pass: Pass, request: IncomingMessage): Promise<Response | undefined> {
    const { maxOpen, requests } = this.#parts;
    if (exchanges.size >= maxOpen) return tooMany(`This caller has ${maxOpen} requests open, the most at once.`, 1);
    const seconds = await requests.secondsToWait(pass.key);
    if (seconds !== undefined)
      return tooMany('This caller has made the most requests that are allowed a minute.', seconds);
    if (this.#bytes + bytesOf(request) <= maxBytes) return undefined;
    const headers = { 'retry-after': '1', connection: 'close' };
    return refusal(503, 'Too much is being sent to the service at once. Try again in 1 s.', { headers });
  }

  async #answer(incoming: Request, admitted: Pass, exchange: Exchange): Promise<Response> {
    const message = incoming.method === 'POST' ? await readMessage(incoming) : undefined;
    if (message instanceof Response) return message;
    // The body may have taken its time.
    if (this.#isStopping) return stopping(message);
    const { door, services } = this.#parts;
    const pass = door.renew(admitted);
    if (pass instanceof Response) return pass;
    const service = services.for(pass.caller);
    exchange.purpose = purposeOf(message);
    if (exchange.purpose === 'create' && !pass.mayCreate && door.canAskForMore(pass)) return door.refuseCreate();
    if (service.exchanges.count('subscription') > maxSubscriptions) {
      return tooMany(`This caller has ${maxSubscriptions} subscriptions open, the most at once.`, 1, message);
    }
    const accepted = acceptedBy(incoming.headers.get('accept'));
    const headers = new Headers(incoming.headers);
    headers.set('accept', 'application/json, text/event-stream');
    headers.delete('authorization');
    const signal = AbortSignal.any([incoming.signal, exchange.signal, ...endOfToken(pass, exchange)]);
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

/** A subscription lasts for as long as the token that it was opened with. */
function endOfToken({ expiresAt }: Pass, { purpose }: Exchange): AbortSignal[] {
  if (purpose !== 'subscription' || expiresAt === Number.POSITIVE_INFINITY) return [];
  return [AbortSignal.timeout(Math.min(Math.max(0, expiresAt * 1000 - Date.now()), 2 ** 31 - 1))];
}

/** How much of a body is to be reckoned with, in bytes: all that is allowed, where its length isn't told. */
function bytesOf({ method, headers }: IncomingMessage): number {
  if (method !== 'POST') return 0;
  const length = Number(headers['content-length'] ?? maxBodyBytes);
  return Math.min(length, maxBodyBytes) || 0;
}

/** What refuses a request by its first lines alone. */
function refusalOfForm({ method = '', url = '', headers }: IncomingMessage): Response | undefined {
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].includes(method)) {
    return refusal(405, `${method} is not allowed here. Use POST.`, { headers: { allow: 'POST' } });
  }
  if (/[@/?#\\]/.test(headers.host ?? '')) return refusal(403, 'The Host header is not a host name.');
  return /[?&](access_)?token=/i.test(url) ? tokenInAddress() : undefined;
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

function tooMany(what: string, seconds: number, message?: unknown): Response {
  const headers = { 'retry-after': String(seconds) };
  return refusal(429, `${what} Try again in ${seconds} s; nothing was done.`, { id: idOf(message), headers });
}

/** Sends an answer whose body is whole. */
async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}
