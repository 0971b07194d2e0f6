import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Admission, type Authenticator, credentialOf } from '../callers/authenticate.ts';
import { type Incoming, maxMessageBytes, readIncoming } from '../messages/incoming.ts';
import { acceptedBy } from './answer-form.ts';
import { readBody } from './body.ts';
import type { Endpoints } from './endpoints.ts';
import { answerPlain } from './exchange.ts';
import { allowPage, refusalOfForm, refusalOfRevision, takesBatches } from './form.ts';
import type { AllowedHosts } from './hosts.ts';
import type { RequestLimit } from './limits.ts';
import type { Metrics } from './metrics.ts';
import { type OpenRequest, purposeOf } from './open-requests.ts';
import { plainRequestOf } from './plain-request.ts';
import {
  refuseLarge,
  refuseMessage,
  send,
  sendLater,
  stopping,
  tooMany,
  tooManyOpen,
  tooManyRequests,
  tooMuch,
} from './responses.ts';
import { answerByWeb, type Checked } from './web-answer.ts';

const maxSubscriptions = 8;

/** What MCP requests are answered with. */
export interface McpRequestsOptions {
  readonly authenticator: Authenticator;
  readonly endpoints: Endpoints;
  readonly metrics: Metrics;
  /** The hosts by which the service may be called, and from whose pages. */
  readonly allowedHosts: AllowedHosts;
  readonly requests: RequestLimit;
  /** At most this many requests of a caller are open at once. */
  readonly maxOpen: number;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
  readonly isStopping: () => boolean;
}

/** A request whose caller was let in, and what it brought: nothing but for a POST. */
interface Admitted {
  readonly admission: Admission;
  readonly open: OpenRequest;
  readonly incoming?: Incoming | readonly Incoming[];
}

/** Answers the requests to the MCP endpoint: checks their form, lets their callers in, and bounds what they may send. */
export class McpRequests {
  readonly #options: McpRequestsOptions;

  constructor(options: McpRequestsOptions) {
    this.#options = options;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authenticator, endpoints, metrics, allowedHosts, maxOpen, requests, isStopping } = this.#options;
    response.once('finish', () => response.statusCode >= 400 && metrics.refused(response.statusCode));
    if (isStopping()) return send(response, stopping());
    const malformed = refusalOfForm(request, allowedHosts);
    if (malformed) return send(response, malformed);
    allowPage(request, response);
    if (request.method === 'OPTIONS') return send(response, new Response(null, { status: 204 }));
    const admission = await authenticator.authenticate(request.headers.authorization);
    if (admission instanceof Response) return send(response, admission);
    const { open: all, identity } = endpoints.for(admission.caller);
    if (all.size >= maxOpen) return send(response, tooManyOpen(maxOpen));
    const credential = credentialOf(admission.caller);
    const open = all.begin(credential);
    const hold = identity.shares.requests.hold();
    const end = () => {
      all.end(open);
      hold.end();
    };
    if (response.closed) end();
    else response.once('close', end);
    const seconds = requests.secondsToWait(credential);
    if (seconds !== undefined) return sendLater(response, tooManyRequests(seconds), open.signal());
    if (request.method !== 'POST') return this.#respond(request, response, { admission, open });
    const body = await readBody(request, maxMessageBytes, hold);
    if (body === 'cut off') return;
    if (body === 'too large') return send(response, refuseLarge());
    if (body === 'no room') {
      hold.end();
      return sendLater(response, tooMuch(), open.signal());
    }
    const incoming = readIncoming(body, takesBatches(request.headers));
    return this.#respond(request, response, { admission, open, incoming });
  }

  async #respond(request: IncomingMessage, response: ServerResponse, admitted: Admitted): Promise<void> {
    const checked = this.#check(request, admitted);
    if (checked instanceof Response) return send(response, checked);
    const { message, endpoint, mayCreate, accepted, open } = checked;
    const plain = plainRequestOf(request.headers, message);
    if (!plain) return answerByWeb(request, response, { checked, report: this.#options.report });
    const server = endpoint.toolServer(plain.classification.era, mayCreate);
    return answerPlain(response, server, { plain, accepted, open });
  }

  /** All that must be right of a request once its body is there. */
  #check({ headers }: IncomingMessage, { open, incoming, admission }: Admitted): Response | Checked {
    if (incoming && 'refused' in incoming) return refuseMessage(incoming.refused);
    const batch = incoming && 'length' in incoming ? incoming : undefined;
    const given = incoming === undefined ? [] : 'length' in incoming ? incoming : [incoming];
    const messages = given.filter(one => 'message' in one).map(({ message }) => message);
    open.purpose = purposeOf(messages);
    const now = this.#recheck(admission, open, messages[0]);
    if (now instanceof Response) return now;
    const unspoken = refusalOfRevision(headers, messages[0]);
    if (unspoken) return unspoken;
    const endpoint = this.#options.endpoints.for(now.caller);
    if (batch) return { ...now, open, endpoint, batch, accepted: 'json' };
    return { open, endpoint, message: messages[0], accepted: acceptedBy(headers.accept), ...now };
  }

  /** The caller's rights as they are once the body is there, which may have taken its time. */
  #recheck(admitted: Admission, { purpose }: OpenRequest, message: unknown): Admission | Response {
    const { authenticator, endpoints, isStopping } = this.#options;
    if (isStopping()) return stopping(message);
    const admission = authenticator.recheck(admitted);
    if (admission instanceof Response) return admission;
    if (purpose === 'create' && !admission.mayCreate && authenticator.canAskForMore(admission)) {
      return authenticator.refuseCreate();
    }
    if (endpoints.for(admission.caller).open.count('subscription') <= maxSubscriptions) return admission;
    return tooMany(`This caller has ${maxSubscriptions} subscriptions open, the most at once.`, 1, message);
  }
}
