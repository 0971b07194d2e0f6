import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, isIP, Server as TcpServer } from 'node:net';
import { openCollector } from '../../audit/collector.ts';
import { isLoopback } from '../../base/addresses.ts';
import { openBudgets } from '../../base/budget.ts';
import { within } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';
import { nextTurn } from '../../base/turns.ts';
import { tokenSecret } from '../../people/adding/confirm-token.ts';
import { type Config, type ConfigFlags, loadConfig } from '../../settings/config.ts';
import { AccessTokens } from '../callers/access-tokens.ts';
import { Authenticator } from '../callers/authenticate.ts';
import { CallersFile } from '../callers/callers-file.ts';
import { Ledgers } from '../copies/ledgers.ts';
import type { Redis } from '../copies/redis.ts';
import { SharedRate } from '../copies/shared-rate.ts';
import { identityKey } from '../identity.ts';
import { outboundReach, outboundRead } from '../outbound.ts';
import { droppedLines, keepStdoutForTheProtocol, logRead } from '../stderr.ts';
import { stopSignal } from '../stop-signal.ts';
import { Endpoints } from './endpoints.ts';
import { HttpHandler } from './handler.ts';
import type { AllowedHosts } from './hosts.ts';
import { RequestLimit, windowMs } from './limits.ts';
import { type Log, openLog } from './log.ts';
import { Metrics } from './metrics.ts';
import { observerOf, openTraces } from './observers.ts';
import { reachability } from './readiness.ts';
import type { Traces } from './traces.ts';

/** Where the service listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** How long a stop answers what still arrives, in milliseconds. */
const leavingMs = 1_000;
/** How long a stop lets calls end by themselves, in milliseconds. */
const patienceMs = 10_000;
/** How long a stop then waits for new records to be read back, in milliseconds. */
const readBackMs = 5_000;
/** How long it waits for the collector of traces, in milliseconds. */
const longestTracesMs = 2_000;
/** How long it waits at the end for its last lines to be read, in milliseconds. */
const longestLogMs = 1_000;

/**
 * Serves MCP over Streamable HTTP until the process is told to stop (SIGTERM, SIGINT, SIGHUP).
 *
 * @returns the exit code
 * @throws CharitylogError `config` for a wrong setting, callers file or address, before anything is served
 */
export async function serveOverHttp(
  environment: NodeJS.ProcessEnv,
  flags: ConfigFlags,
  address: Address,
): Promise<number> {
  const config = loadConfig(environment, flags);
  const allowedHosts = allowedHostsOf(config, address);
  const log = openLog();
  keepStdoutForTheProtocol();
  const traces = await openTraces(environment);
  const { endpoints, handler, ledgers, callers, redis } = await openService(config, { allowedHosts, log, traces });
  const server = await listen(handler, address);
  const { port } = server.address() as AddressInfo;
  log.info(
    { host: address.host, port, callers: callers?.callers.length ?? 0 },
    `serving MCP at ${urlOf(address.host, port)}`,
  );
  await stopSignal();
  log.info('stopping');
  await leave(server, handler);
  callers?.close();
  const left = await drain(server, endpoints, ledgers);
  redis?.close();
  await within(longestTracesMs, traces?.end() ?? Promise.resolve()).catch(() => undefined);
  if (left > 0) log.error({ left }, 'stopped while it was adding new records: check whether they are there');
  // The lines of the last calls are written in a turn of their own.
  await nextTurn();
  log.info('stopped');
  await logRead(longestLogMs);
  return 0;
}

/** Where the service is told of, and by which names it is called. */
interface Surroundings {
  readonly allowedHosts: AllowedHosts;
  readonly log: Log;
  readonly traces: Traces | undefined;
}

/** Opens all that answers requests, and what is to be closed afterwards. */
async function openService(config: Config, { allowedHosts, log, traces }: Surroundings) {
  const report = (line: string) => log.warn(line);
  const callers = config.callers === undefined ? undefined : await CallersFile.open(config.callers, report);
  const redis = config.redisUrl === undefined ? undefined : await openSharedLedger(config.redisUrl, report);
  const budgets = openBudgets();
  const ledgers = new Ledgers({ redis, budget: budgets.creates, report });
  const metrics = new Metrics({ underWay: () => endpoints.underWay, droppedLines, budgets });
  const endpoints: Endpoints = new Endpoints({
    config,
    budgets,
    report,
    collector: await openCollector(config),
    ledgerFor: (own, caller) => ledgers.for(own, caller),
    sharedRateFor: (own, caller) => redis && sharedRateOf(redis, own, caller),
    observerOf: caller => observerOf({ metrics, log, traces }, caller),
  });
  callers?.onChange(() => void endpoints.keepOnly(callers));
  const handler = new HttpHandler({
    authenticator: new Authenticator({ callers, oauth: oauthOf(config) }),
    endpoints,
    isReachable: reachability(config.baseUrl, outboundReach(config.caFile)),
    metrics,
    allowedHosts,
    requests: new RequestLimit(10 * config.callsPerMinute),
    maxOpen: 2 * config.callsInFlight + 16,
    report,
  });
  return { endpoints, handler, ledgers, callers, redis };
}

/** Takes no more connections, and for a moment what arrives on those there are: a balancer may have sent it already. */
async function leave(server: Server, handler: HttpHandler): Promise<void> {
  handler.leave();
  // That of node:http would cut connections on which the next request may be on its way.
  TcpServer.prototype.close.call(server);
  await once(server, 'close', { signal: AbortSignal.timeout(leavingMs) }).catch(() => undefined);
  handler.stop();
  server.closeIdleConnections();
}

/** Lets what is under way end, then ends it. Creates that were sent are awaited. */
async function drain(server: Server, endpoints: Endpoints, ledgers: Ledgers): Promise<number> {
  endpoints.abort('subscription');
  await endpoints.settled(patienceMs);
  endpoints.abort('other');
  await ledgers.end();
  await endpoints.settled(readBackMs);
  endpoints.abort('create');
  await endpoints.settled(1000);
  server.closeAllConnections();
  return endpoints.close();
}

async function listen({ handle }: HttpHandler, { host, port }: Address): Promise<Server> {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      // Longer than the idle time of usual balancers: an idle connection is ended at their side.
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 1000,
    },
    handle,
  );
  server.maxHeadersCount = 100;
  server.maxConnections = 4096;
  // An event stream sends a comment every 15 seconds; nothing else is silent for so long.
  server.setTimeout(120_000);
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    const message = `The service cannot listen on ${host}, port ${port} (${error.code}).`;
    throw new CharitylogError('config', `${message} Choose another with --host and --port.`);
  });
  return server;
}

/**
 * The names by which the service may be called: a page that makes a browser call it by another one is refused.
 *
 * @throws CharitylogError `config` where it would be open to others without callers, or could be called by no name
 */
function allowedHostsOf({ callers, allowedHosts, oauthAudience }: Config, { host }: Address): AllowedHosts {
  const [resource] = oauthAudience;
  const named = [...allowedHosts, ...(resource === undefined ? [] : [new URL(resource).hostname])];
  const local = ['localhost', '127.0.0.1', '[::1]'];
  if (isLoopback(new URL(urlOf(host, 0)))) return [...named, ...local];
  if (callers === undefined) {
    throw new CharitylogError(
      'config',
      `On ${host} everybody could call the service. Give it a callers file ` +
        '(--callers, CHARITYLOG_CALLERS), or serve on 127.0.0.1.',
    );
  }
  if (named.length > 0) return [...named, ...local];
  throw new CharitylogError(
    'config',
    'The service needs its own host names: name them with --allowed-hosts (CHARITYLOG_ALLOWED_HOSTS), ' +
      'such as mcp.example.org.',
  );
}

function sharedRateOf(redis: Redis, config: Config, caller: string): SharedRate {
  const [identity, secret] = [identityKey(config, caller), tokenSecret(config)];
  return new SharedRate({ redis, identity, secret, most: config.callsPerMinute, windowMs });
}

async function openSharedLedger(url: string, report: (line: string) => void): Promise<Redis> {
  const { openRedis } = await import('../copies/redis.ts');
  return openRedis(url, report);
}

function oauthOf(config: Config) {
  const [resource] = config.oauthAudience;
  if (config.oauthIssuer === undefined || resource === undefined) return undefined;
  const tokens = new AccessTokens({
    issuer: config.oauthIssuer,
    audiences: config.oauthAudience,
    read: outboundRead(config.caFile),
  });
  return { tokens, issuer: config.oauthIssuer, resource: new URL(resource) };
}

function urlOf(host: string, port: number): string {
  return `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}/mcp`;
}
