import { everything, gatewayOn, ourCommand, oursOn } from '../contenders/contenders.ts';
import { askGateway } from '../contenders/gateway-call.ts';
import { HttpServerProcess } from '../support/http-server.ts';
import { McpHttp } from '../support/mcp-http.ts';
import { McpProcess, type ServerStart } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { forMs, type LoadedWay, levels, loadInTurn, loadTable, ratioTable, rounds } from './loads.ts';
import type { Measure } from './measure.ts';
import { learnSearches, nth, type Search, typesPath } from './warm-calls.ts';

const names = {
  search: 'charitylog-mcp `search_people`',
  gatewaySearch: 'the gateway, the same API requests',
  types: 'charitylog-mcp `list_client_types`',
  gatewayTypes: 'the gateway, types of people',
  echo: 'server-everything `echo`',
};
const pairs = [
  [names.search, names.gatewaySearch],
  [names.types, names.gatewayTypes],
  [names.types, names.echo],
] as const;
const mostInFlight = Math.max(...levels);

/** So that no limit of calls ends the measure. */
const ourSettings = { CHARITYLOG_CALLS_PER_MINUTE: '100000', CHARITYLOG_CALLS_IN_FLIGHT: '1000' };

export const httpThroughput: Measure<readonly LoadedWay[]> = {
  title: 'Calls a second over Streamable HTTP',
  notes: `As over stdio, ${forMs / 1000} s at a time, medians of ${rounds} rounds, with plain undici as the client and as many sockets as there are \
calls in flight. The gateway and the server of examples hold a session; ours holds nothing between requests. \`search_people\` is paced, \
as over stdio: three reads at once.`,
  onEachNode: true,

  async measure() {
    const sandbox = await SandboxProcess.start(500);
    const searches = await searchesOf(sandbox);
    const servers = [
      await HttpServerProcess.start(port => gatewayOn(sandbox, '--transport', 'http', '--port', String(port)).start),
      await HttpServerProcess.start(everythingOn),
      await HttpServerProcess.start(port => oursOverHttp(sandbox, port)),
    ];
    const clients = await Promise.all(servers.map(({ url }) => connectTo(url)));
    const [gateway, examples, ours] = clients as [McpHttp, McpHttp, McpHttp];
    const ways = await loadInTurn(
      {
        [names.search]: n => ours.callWell('search_people', nth(searches, n).args),
        [names.gatewaySearch]: n => askGateway(gateway, nth(searches, n).path),
        [names.types]: () => ours.callWell('list_client_types'),
        [names.gatewayTypes]: () => askGateway(gateway, typesPath),
        [names.echo]: () => examples.callWell('echo', { message: 'hello' }),
      },
      () => sandbox.newRequests(),
    );
    for (const client of clients) await client.close();
    for (const server of servers) await server.close();
    await sandbox.close();
    return ways;
  },

  report: ways => [loadTable(ways), ratioTable(ways, pairs)].join('\n\n'),

  targets: () => [],
};

/**
 * A client of a running server, its session opened.
 *
 * @param url the endpoint, as in `http://127.0.0.1:3000/mcp`
 * @param token the caller's bearer token, for a server that wants one
 */
export async function connectTo(url: string, token?: string): Promise<McpHttp> {
  const client = new McpHttp(url, token, mostInFlight);
  await client.initialize();
  return client;
}

/** The searches, learnt over stdio. */
async function searchesOf(sandbox: SandboxProcess): Promise<Search[]> {
  const server = new McpProcess(oursOn(sandbox).start);
  await server.initialize();
  const searches = await learnSearches(server, sandbox);
  await server.close();
  return searches;
}

/**
 * Our server as an HTTP service.
 *
 * @param settings further ones
 */
export function oursOverHttp(sandbox: SandboxProcess, port: number, settings: ServerStart['env'] = {}): ServerStart {
  const start = ourCommand('http', '--port', String(port));
  return { ...start, env: { ...sandbox.settings, ...ourSettings, ...settings } };
}

function everythingOn(port: number): ServerStart {
  const { command, args } = everything.start;
  return { command, args: [...args, 'streamableHttp'], env: { PORT: String(port) } };
}
