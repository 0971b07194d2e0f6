import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createFaults, type Fault } from './faults.ts';
import type { SandboxPerson } from './fields.ts';
import { createRequestLog, type RequestMatcher, type SandboxRequest } from './request-log.ts';
import { sandboxKeys } from './router.ts';
import { createListener } from './serve.ts';
import { type Switches, usualSystem } from './switches.ts';
import { buildSystem, describeSystem } from './system.ts';

export type { Fault, FaultScope } from './faults.ts';
export type { SandboxPerson } from './fields.ts';
export type { RequestMatcher, SandboxRequest } from './request-log.ts';
export { type Switches, switches, usualSystem } from './switches.ts';

/** What a sandbox is like. Every option may be left out. */
export interface SandboxOptions {
  /** How many people it starts with. Default 500. */
  people?: number;
  /** The same seed and number of people give the same people. Default 1. */
  seed?: number;
  /** The port on 127.0.0.1. Default 0: a free one. */
  port?: number;
  /** How its API differs from the {@link usualSystem}: see `switches.ts`. */
  system?: Partial<Switches>;
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
  /** The options of a choice field, or of `type`, by id; undefined for other fields. */
  optionsOf(field: string): ReadonlyMap<number, string> | undefined;
  /** Makes the API differ in these ways too, from now on. */
  change(system: Partial<Switches>): void;
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
  const settings = { ...defaults, ...options, system: { ...usualSystem, ...options.system } };
  const system = buildSystem(settings);
  const faults = createFaults();
  const log = createRequestLog();
  const closing = new AbortController();
  const server = createServer(createListener({ system, faults, log, closing: closing.signal }));
  const sockets = trackSockets(server);
  const port = await listen(server, settings.port);

  return {
    url: `http://127.0.0.1:${port}/v2`,
    keys: sandboxKeys,
    people: system.people,
    staged: system.staged,
    requests: log.requests,
    get connections() {
      return sockets.size;
    },
    optionsOf: field => system.fields.get(field)?.options,
    change(changes) {
      Object.assign(system, describeSystem(settings, { ...system.switches, ...changes }));
    },
    misbehave: faults.add,
    behave: faults.clear,
    nextRequest: (matches = () => true) => log.next(matches),
    onRequest: log.onEnd,
    async close() {
      closing.abort();
      const stopped = new Promise<void>(resolve => server.close(() => resolve()));
      await Promise.all([stopped, ...Array.from(sockets, socket => once(socket.destroy(), 'close'))]);
    },
  };
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function listen(server: Server, wantedPort: number): Promise<number> {
  await once(server.listen(wantedPort, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}
