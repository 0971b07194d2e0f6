import { readFileSync } from 'node:fs';
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
  imageSearch: '`search_people`, as the image starts it',
  imageTypes: '`list_client_types`, as the image starts it',
  gatewayTypes: 'the gateway, types of people',
  echo: 'server-everything `echo`',
  handlerRead: "the SDK's own handler, one API request",
  plainRead: 'the SDK on a plain transport, one API request',
  plainEcho: 'the SDK on a plain transport, `echo`',
};
const pairs = [
  [names.search, names.gatewaySearch],
  [names.imageSearch, names.gatewaySearch],
  [names.types, names.gatewayTypes],
  [names.imageTypes, names.gatewayTypes],
  [names.types, names.echo],
  [names.imageTypes, names.echo],
  [names.imageSearch, names.handlerRead],
  [names.imageSearch, names.plainRead],
  [names.imageTypes, names.plainEcho],
  [names.plainRead, names.gatewaySearch],
  [names.plainEcho, names.gatewayTypes],
] as const;
const mostInFlight = Math.max(...levels);

/** So that no limit of calls ends the measure. */
const ourSettings = { CHARITYLOG_CALLS_PER_MINUTE: '1000000', CHARITYLOG_CALLS_IN_FLIGHT: '1000' };

export const httpThroughput: Measure<readonly LoadedWay[]> = {
  title: 'Calls a second over Streamable HTTP',
  notes: `As over stdio, ${forMs / 1000} s at a time, medians of ${rounds} rounds, with plain undici as the client and as many sockets as there are \
calls in flight. The gateway and the server of examples hold a session; ours holds nothing between requests. \`search_people\` is paced, \
as over stdio: three reads at once. Ours is measured as \`npx\` starts it, and with the options for Node that \`deploy/Dockerfile\` has.

What the SDK leaves: the least servers on it that make a server for each request and send one API request, or none, without a check, a \
log or a metric. One is on its own handler and adapter for Node, as its documentation has it; the other on a transport that writes each \
answer as one piece, as ours does. How they stand to the gateway is in the last rows.`,
  onEachNode: true,

  async measure() {
    const sandbox = await SandboxProcess.start(500);
    const searches = await searchesOf(sandbox);
    const servers: HttpServerProcess[] = [];
    const clients: McpHttp[] = [];
    const start = async (startOn: (port: number) => ServerStart) => {
      const server = await HttpServerProcess.start(startOn);
      const client = await connectTo(server.url);
      servers.push(server);
      clients.push(client);
      return client;
    };
    const gateway = await start(port => gatewayOn(sandbox, '--transport', 'http', '--port', String(port)).start);
    const examples = await start(everythingOn);
    const ours = await start(port => oursOverHttp(sandbox, port));
    const image = await start(port => asTheImageStarts(oursOverHttp(sandbox, port)));
    const handler = await start(port => httpPassThroughOn(sandbox, 'handler', port));
    const plain = await start(port => httpPassThroughOn(sandbox, 'plain', port));
    const read = (server: McpHttp) => (n: number) => server.callWell('read', { path: nth(searches, n).path });
    const ways = await loadInTurn(
      {
        [names.search]: n => ours.callWell('search_people', nth(searches, n).args),
        [names.imageSearch]: n => image.callWell('search_people', nth(searches, n).args),
        [names.gatewaySearch]: n => askGateway(gateway, nth(searches, n).path),
        [names.types]: () => ours.callWell('list_client_types'),
        [names.imageTypes]: () => image.callWell('list_client_types'),
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
    ...ratios(ways, names.imageSearch, names.gatewaySearch).map((ratio, index) =>
      atLeast(
        index < 2 ? 1 : 0.9,
        '×',
        `calls a second over HTTP, ${levels[index]} in flight: searches, to the gateway's`,
        ratio,
      ),
    ),
    ...[names.gatewayTypes, names.echo].flatMap(base =>
      ratios(ways, names.imageTypes, base).map((ratio, index) =>
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

/** The same, with the options for Node that the image of the service has. */
export function asTheImageStarts({ args, ...start }: ServerStart): ServerStart {
  const dockerfile = readFileSync(new URL('../../deploy/Dockerfile', import.meta.url), 'utf8');
  const [, words = '[]'] = /^ENTRYPOINT (.+)$/m.exec(dockerfile) ?? [];
  const options = (JSON.parse(words) as string[]).filter(word => /^--./.test(word));
  return { ...start, args: [...options, ...args] };
}

function everythingOn(port: number): ServerStart {
  const { command, args } = everything.start;
  return { command, args: [...args, 'streamableHttp'], env: { PORT: String(port) } };
}
