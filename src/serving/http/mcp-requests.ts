import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { untilAborted } from '../../base/deadlines.ts';
import type { Admission, Authenticator } from '../callers/authenticate.ts';
import type { Endpoints } from './endpoints.ts';
import type { RequestLimit } from './limits.ts';
import { acceptedBy, purposeOf, readMessage, withoutProgress } from './messages.ts';
import type { Metrics } from './metrics.ts';
import type { OpenRequest, OpenRequests } from './open-requests.ts';
import { allowPage, ended, refusalOfForm, send, stopping, tooMany, tooMuch } from './responses.ts';

const maxBodyBytes = 1_048_576;
/** What all bodies being received or answered may take together, in bytes. */
const maxBytes = 32 * maxBodyBytes;
const maxSubscriptions = 8;

/** What MCP requests are answered with. */
export interface McpRequestsOptions {
  readonly authenticator: Authenticator;
  readonly endpoints: Endpoints;
  readonly metrics: Metrics;
  /** Host names by which the service may be called, and from whose pages. */
  readonly allowedHosts: readonly string[];
  readonly requests: RequestLimit;
  /** At most this many requests of a caller are open at once. */
  readonly maxOpen: number;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
  readonly isStopping: () => boolean;
}

/** Answers the requests to the MCP endpoint: checks their form, lets their callers in, and bounds what they may send. */
export class McpRequests {
  readonly #options: McpRequestsOptions;
  readonly #checkHost: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly #checkOrigin: (request: IncomingMessage, response: ServerResponse) => boolean;
  #bytes = 0;

  constructor(options: McpRequestsOptions) {
    this.#options = options;
    this.#checkHost = hostHeaderValidation([...options.allowedHosts]);
    this.#checkOrigin = originValidation([...options.allowedHosts]);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authenticator, endpoints, metrics, isStopping } = this.#options;
    response.once('finish', () => response.statusCode >= 400 && metrics.refused(response.statusCode));
    if (isStopping()) return send(response, stopping());
    const malformed = refusalOfForm(request);
    if (malformed) return send(response, malformed);
    if (!this.#checkHost(request, response) || !this.#checkOrigin(request, response)) return;
    allowPage(request, response);
    if (request.method === 'OPTIONS') return send(response, new Response(null, { status: 204 }));
    const admission = await authenticator.authenticate(request.headers.authorization);
    if (admission instanceof Response) return send(response, admission);
    const { open } = endpoints.for(admission.caller);
    const refused = await this.#refusalOfLoad(open, admission, request);
    if (refused) return send(response, refused);
    const begun = this.#begin(open, admission, request);
    if (response.closed) begun.end();
    else response.once('close', begun.end);
    await this.#answerOn(request, response, incoming => this.#answer(incoming, admission, begun.request));
  }

  /** What refuses a request of a caller who asks for too much. */
  async #refusalOfLoad(
    open: OpenRequests,
    { credential }: Admission,
    request: IncomingMessage,
  ): Promise<Response | undefined> {
    const { maxOpen, requests } = this.#options;
    if (open.size >= maxOpen) return tooMany(`This caller has ${maxOpen} requests open, the most at once.`, 1);
    const seconds = await requests.secondsToWait(credential);
    if (seconds !== undefined)
      return tooMany('This caller has made the most requests that are allowed a minute.', seconds);
    return this.#bytes + bytesOf(request) > maxBytes ? tooMuch() : undefined;
  }

  /** Counts a request as open until `end` is called. */
  #begin(open: OpenRequests, { credential }: Admission, incoming: IncomingMessage) {
    const request = open.begin(credential);
    const bytes = bytesOf(incoming);
    this.#bytes += bytes;
    const end = () => {
      open.end(request);
      this.#bytes -= bytes;
    };
    return { request, end };
  }

  async #answerOn(
    request: IncomingMessage,
    response: ServerResponse,
    fetch: (incoming: Request) => Promise<Response>,
  ): Promise<void> {
    const onerror = (error: Error) => this.#options.report(`request failed: ${error.name}`);
    const serve = toNodeHandler({ fetch }, { maxRequestBodySize: maxBodyBytes, onerror });
    await serve(request as IncomingMessage & { method: string; url: string }, response);
  }

  async #answer(incoming: Request, admitted: Admission, open: OpenRequest): Promise<Response> {
    const message = incoming.method === 'POST' ? await readMessage(incoming) : undefined;
    if (message instanceof Response) return message;
    const { authenticator, endpoints, isStopping } = this.#options;
    // The body may have taken its time.
    if (isStopping()) return stopping(message);
    const admission = authenticator.recheck(admitted);
    if (admission instanceof Response) return admission;
    const endpoint = endpoints.for(admission.caller);
    open.purpose = purposeOf(message);
    if (open.purpose === 'create' && !admission.mayCreate && authenticator.canAskForMore(admission)) {
      return authenticator.refuseCreate();
    }
    if (endpoint.open.count('subscription') > maxSubscriptions) {
      return tooMany(`This caller has ${maxSubscriptions} subscriptions open, the most at once.`, 1, message);
    }
    const accepted = acceptedBy(incoming.headers.get('accept'));
    const signal = AbortSignal.any([incoming.signal, open.signal, ...endOfToken(admission, open)]);
    const answer = endpoint.answer({
      request: requestFor(incoming, signal),
      message: accepted === 'json' ? withoutProgress(message) : message,
      accepted,
      mayCreate: admission.mayCreate,
    });
    return untilAborted(answer, signal).catch(error => {
      if (signal.aborted) return ended(message);
      throw error;
    });
  }
}

/** The request as the SDK gets it: without its token, and for either form of answer, which it insists on. */
function requestFor({ url, method, headers: given }: Request, signal: AbortSignal): Request {
  const headers = new Headers(given);
  headers.set('accept', 'application/json, text/event-stream');
  headers.delete('authorization');
  return new Request(url, { method, headers, signal });
}

/** A subscription lasts for as long as the token that it was opened with. */
function endOfToken({ expiresAt }: Admission, { purpose }: OpenRequest): AbortSignal[] {
  if (purpose !== 'subscription' || expiresAt === Number.POSITIVE_INFINITY) return [];
  return [AbortSignal.timeout(Math.min(Math.max(0, expiresAt * 1000 - Date.now()), 2 ** 31 - 1))];
}

/** How large a body may become, in bytes: its declared length, else the limit. */
function bytesOf({ method, headers }: IncomingMessage): number {
  if (method !== 'POST') return 0;
  const length = Number(headers['content-length'] ?? maxBodyBytes);
  return Math.min(length, maxBodyBytes) || 0;
}
