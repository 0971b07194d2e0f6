import { everything, gatewayOn, httpPassThroughOn, ourCommand, oursOn } from '../contenders/contenders.ts';
import { askGateway } from '../contenders/gateway-call.ts';
import { HttpServerProcess } from '../support/http-server.ts';
import { McpHttp } from '../support/mcp-http.ts';
import { McpProcess, type ServerStart } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { forMs, type LoadedWay, levels, loadInTurn, loadTable, ratios, ratioTable, rounds } from './loads.ts';
import { atLeast, type Measure } from './measure.ts';
import { learnSearches, nth, type Search, typesPath } from './warm-calls.ts';

const names = {
  search: 'charitylog-mcp `search_people`',
  gatewaySearch: 'the gateway, the same API requests',
  types: 'charitylog-mcp `list_client_types`',
  gatewayTypes: 'the gateway, types of people',
  echo: 'server-everything `echo`',
  handlerRead: "the SDK's own handler, one API request",
  plainRead: 'the SDK on a plain transport, one API request',
  plainEcho: 'the SDK on a plain transport, `echo`',
};
const pairs = [
  [names.search, names.gatewaySearch],
  [names.types, names.gatewayTypes],
  [names.types, names.echo],
  [names.search, names.handlerRead],
  [names.search, names.plainRead],
  [names.types, names.plainEcho],
  [names.plainRead, names.gatewaySearch],
  [names.plainEcho, names.gatewayTypes],
] as const;
const mostInFlight = Math.max(...levels);

/** So that no limit of calls ends the measure. */
const ourSettings = { CHARITYLOG_CALLS_PER_MINUTE: '100000', CHARITYLOG_CALLS_IN_FLIGHT: '1000' };

export const httpThroughput: Measure<readonly LoadedWay[]> = {
  title: 'Calls a second over Streamable HTTP',
  notes: `As over stdio, ${forMs / 1000} s at a time, medians of ${rounds} rounds, with plain undici as the client and as many sockets as there are \
calls in flight. The gateway and the server of examples hold a session; ours holds nothing between requests. \`search_people\` is paced, \
as over stdio: three reads at once.

What the SDK leaves: the least servers on it that make a server for each request and send one API request, or none, without a check, a log or a metric. One is on its own handler and adapter for Node, as its documentation has it; the other on a transport that writes each answer as one piece, as ours does. How they stand to the gateway is in the last rows.`,
  onEachNode: true,

  async measure() {
    const sandbox = await SandboxProcess.start(500);
    const searches = await searchesOf(sandbox);
    const servers = [
      await HttpServerProcess.start(port => gatewayOn(sandbox, '--transport', 'http', '--port', String(port)).start),
      await HttpServerProcess.start(everythingOn),
      await HttpServerProcess.start(port => oursOverHttp(sandbox, port)),
      await HttpServerProcess.start(port => httpPassThroughOn(sandbox, 'handler', port)),
      await HttpServerProcess.start(port => httpPassThroughOn(sandbox, 'plain', port)),
    ];
    const clients = await Promise.all(servers.map(({ url }) => connectTo(url)));
    const [gateway, examples, ours, handler, plain] = clients as [McpHttp, McpHttp, McpHttp, McpHttp, McpHttp];
    const read = (server: McpHttp) => (n: number) => server.callWell('read', { path: nth(searches, n).path });
    const ways = await loadInTurn(
      {
        [names.search]: n => ours.callWell('search_people', nth(searches, n).args),
        [names.gatewaySearch]: n => askGateway(gateway, nth(searches, n).path),
        [names.types]: () => ours.callWell('list_client_types'),
        [names.gatewayTypes]: () => askGateway(gateway, typesPath),
        [names.echo]: () => examples.callWell('echo', { message: 'hello' }),
        [names.handlerRead]: read(handler),
        [names.plainRead]: read(plain),
        [names.plainEcho]: () => plain.callWell('echo', { path: 'hello' }),
      },
      () => sandbox.newRequests(),
    );
    for (const client of clients) await client.close();
    for (const server of servers) await server.close();
    await sandbox.close();
    return ways;
  },

  report: ways => [loadTable(ways), ratioTable(ways, pairs)].join('\n\n'),

  targets: ways => [
    ...ratios(ways, names.search, names.gatewaySearch).map((ratio, index) =>
      atLeast(
        index < 2 ? 1 : 0.9,
        '×',
        `calls a second over HTTP, ${levels[index]} in flight: searches, to the gateway's`,
        ratio,
      ),
    ),
    ...[names.gatewayTypes, names.echo].flatMap(base =>
      ratios(ways, names.types, base).map((ratio, index) =>
        atLeast(
          2,
          '×',
          `calls a second over HTTP, ${levels[index]} in flight: no API request of ours, to ${base}`,
          ratio,
        ),
      ),
    ),
  ],
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
