import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { createFaults, type Fault, type Plan } from './faults.ts';
import type { SandboxPerson } from './fields.ts';
import { createRequestLog, type OpenRequest, type RequestMatcher, type SandboxRequest } from './request-log.ts';
import { type Answer, sendAnswer, sendHalf } from './respond.ts';
import { handleCall, sandboxKeys } from './router.ts';
import { plainShape, type Shape } from './shapes.ts';
import { buildSystem } from './system.ts';

export type { Fault, FaultScope } from './faults.ts';
export type { SandboxPerson } from './fields.ts';
export type { RequestMatcher, SandboxRequest } from './request-log.ts';
export { plainShape, type Shape, shapes } from './shapes.ts';

/** What a sandbox is like. Every option may be left out. */
export interface SandboxOptions {
  /** How many people it starts with. Default 500. */
  people?: number;
  /** The same seed and number of people give the same people. Default 1. */
  seed?: number;
  /** The port on 127.0.0.1. Default 0: a free one. */
  port?: number;
  /** How answers are shaped. Default: {@link plainShape}, with these changes. */
  shape?: Partial<Shape>;
  /**
   * Whether first_name, surname, known_as, date_of_birth, mobile and telephone are filters. Default false, since they aren't in
   * the only list of filters ever published (API Filters).
   */
  nameFilters?: boolean;
  /** How many more extension fields (`extra_1`, ...) it has: text, choice and yes/no by turns. Default 0. */
  extraFields?: number;
  /** Names of fields that aren't filters here. */
  hideFilters?: readonly string[];
  /** Names of fields that can't be seen here: neither listed, returned nor written. */
  hideFields?: readonly string[];
  /** Whether writes are refused with 403. Default false. */
  readOnlyLicence?: boolean;
}

/** A running stand-in for the Charitylog API, with made-up people. */
export interface Sandbox {
  /** The base URL, which ends in `/v2`. */
  readonly url: string;
  /** The keys that it accepts. */
  readonly keys: { readonly source: string; readonly org: string; readonly user: string };
  /** Everybody on the system now, in order of id. */
  readonly people: readonly SandboxPerson[];
  /** The rows of the staging area (external_referral) now. */
  readonly staged: readonly Record<string, unknown>[];
  /** The last 10,000 requests, in order of arrival. */
  readonly requests: readonly SandboxRequest[];
  /** How many sockets are open now. */
  readonly connections: number;
  /** Changes how answers are shaped from now on. */
  setShape(shape: Partial<Shape>): void;
  /** Makes something go wrong; the function returned takes it away again. */
  misbehave(fault: Fault): () => void;
  /** Takes every fault away. */
  behave(): void;
  /** The next request that matches (default: any), once its body was read and before it is handled. */
  nextRequest(matches?: RequestMatcher): Promise<SandboxRequest>;
  /** Calls a listener when a request was answered or dropped, and handled if it ever is. The function returned ends that. */
  onRequest(listener: (request: SandboxRequest) => void): () => void;
  /** Stops: ends every connection, answered or not, and leaves no timer or socket. */
  close(): Promise<void>;
}

const defaults = {
  people: 500,
  seed: 1,
  port: 0,
  nameFilters: false,
  extraFields: 0,
  hideFilters: [],
  hideFields: [],
  readOnlyLicence: false,
};

/**
 * Starts a sandbox on 127.0.0.1.
 *
 * @throws Error when the port is taken.
 * @example
 * const sandbox = await startSandbox({ people: 100 });
 * const { source, org, user } = sandbox.keys;
 * await fetch(`${sandbox.url}/clients/type/7`, { headers: { source, org, user } });
 * await sandbox.close();
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { ...defaults, ...options, shape: { ...plainShape, ...options.shape } };
  const system = buildSystem(settings);
  const faults = createFaults();
  const log = createRequestLog();
  const closing = new AbortController();
  let connections = 0;

  async function serve(incoming: IncomingMessage, response: ServerResponse, request: OpenRequest): Promise<void> {
    const plan = faults.plan(request.method, request.url);
    if (plan.reads) request.body = await text(incoming).catch(() => '');
    log.arrive(request);
    if (plan.delayMs > 0) await delay(plan.delayMs, undefined, { signal: closing.signal });
    const answer = plan.answer ?? (plan.handles && incoming.complete ? handleCall(system, request) : undefined);
    await send(response, request, plan.sends, answer);
  }

  const server = createServer((incoming, response) => {
    const { method = '', url = '', headers } = incoming;
    const request: OpenRequest = { method, url, headers, body: '', status: null };
    serve(incoming, response, request)
      .catch(() => response.destroy())
      .finally(() => whenClosed(response, () => endRequest(response, request)));
  });

  function endRequest(response: ServerResponse, request: OpenRequest): void {
    if (!response.writableFinished) request.status = null;
    log.end(request);
  }

  server.on('connection', socket => {
    connections += 1;
    socket.once('close', () => {
      connections -= 1;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(settings.port, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/v2`,
    keys: sandboxKeys,
    people: system.people,
    staged: system.staged,
    requests: log.requests,
    get connections() {
      return connections;
    },
    setShape(shape) {
      system.shape = { ...system.shape, ...shape };
    },
    misbehave: faults.add,
    behave: faults.clear,
    nextRequest: (matches = () => true) => log.next(matches),
    onRequest: log.onEnd,
    close() {
      closing.abort();
      return new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

function whenClosed(response: ServerResponse, then: () => void): void {
  if (response.closed) then();
  else response.once('close', then);
}

/** Sends as much of the answer as planned; without one there is nothing to send but silence or a reset. */
async function send(
  response: ServerResponse,
  request: OpenRequest,
  sends: Plan['sends'],
  answer?: Answer,
): Promise<void> {
  if (sends === 'reset' || (!answer && sends !== 'silence')) response.socket?.resetAndDestroy();
  if (!answer || sends === 'reset') return;
  if (sends === 'all') {
    request.status = answer.status;
    return sendAnswer(response, answer, request.headers['accept-encoding']?.toString());
  }
  sendHalf(response, answer, () => sends === 'half, then end' && response.destroy());
}
