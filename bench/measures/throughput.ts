import { unpacedOn } from '../contenders/contenders.ts';
import { askGateway } from '../contenders/gateway-call.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { PlainApi } from '../support/plain-api.ts';
import { forMs, type LoadedWay, levels, loadInTurn, loadTable, ratios, ratioTable, rounds } from './loads.ts';
import { atLeast, type Measure } from './measure.ts';
import { learnSearches, nth, openField, typesPath } from './warm-calls.ts';

const names = {
  plain: 'plain undici, volunteers of a district',
  search: 'charitylog-mcp `search_people`',
  unpaced: 'charitylog-mcp `search_people`, pacing set aside',
  gatewaySearch: 'the gateway, the same API requests',
  types: 'charitylog-mcp `list_client_types`',
  gatewayTypes: 'the gateway, types of people',
  echo: 'server-everything `echo`',
};
const pairs = [
  [names.unpaced, names.gatewaySearch],
  [names.search, names.gatewaySearch],
  [names.types, names.gatewayTypes],
  [names.types, names.echo],
] as const;

export const throughput: Measure<readonly LoadedWay[]> = {
  title: 'Calls a second over stdio',
  notes: `Each way for ${forMs / 1000} s at a time with 1, 8 and 64 calls in flight, in turn, medians of ${rounds} rounds, after 5,000 calls of each (or 20 s of them). The sandbox of 500 people is in a \
third process, so that three processes share the cores; plain undici shows what is to be had of it.

Pacing: out of courtesy to the API, our server has at most three reads of one identity under way, and no setting takes that away. \
So \`search_people\` is measured twice, and compared with the gateway's calls for the same API requests: as it is, and with pacing set \
aside, for which \`bench/contenders/unpaced.ts\` bundles the same sources with room for 64 reads at once. The gateway hands on the \
records as the API gives them; ours are short rows with names for ids, as text and as \`structuredContent\`. \`list_client_types\`, which \
is kept, is compared with the gateway's call for the same list (it keeps nothing, and asks the API each time) and with a tool of the \
server of examples that asks nobody either.`,
  onEachNode: true,

  async measure() {
    const field = await openField();
    const { ours, gateway, everything, searches, sandbox } = field;
    const api = new PlainApi(sandbox, 64);
    const unpaced = new McpProcess((await unpacedOn(sandbox)).start);
    await unpaced.initialize();
    await learnSearches(unpaced, sandbox);
    const ways = await loadInTurn(
      {
        [names.plain]: n => api.get(nth(searches, n).path),
        [names.search]: n => ours.callWell('search_people', nth(searches, n).args),
        [names.unpaced]: n => unpaced.callWell('search_people', nth(searches, n).args),
        [names.gatewaySearch]: n => askGateway(gateway, nth(searches, n).path),
        [names.types]: () => ours.callWell('list_client_types'),
        [names.gatewayTypes]: () => askGateway(gateway, typesPath),
        [names.echo]: () => everything.callWell('echo', { message: 'hello' }),
      },
      () => sandbox.newRequests(),
    );
    await api.close();
    await unpaced.close();
    await field.close();
    return ways;
  },

  report: ways => [loadTable(ways), ratioTable(ways, pairs)].join('\n\n'),

  targets: ways =>
    [pairs[0], pairs[2]].flatMap(([name, base]) =>
      ratios(ways, name, base).map((ratio, index) =>
        atLeast(1.2, '×', `calls a second over stdio, ${levels[index]} in flight: ${name} to ${base}`, ratio),
      ),
    ),
};
