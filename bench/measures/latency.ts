import { passThroughOn, sdkPassThroughOn } from '../contenders/contenders.ts';
import { askGateway } from '../contenders/gateway-call.ts';
import { number, table } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { PlainApi } from '../support/plain-api.ts';
import { inTurn } from '../support/rounds.ts';
import { percentile } from '../support/statistics.ts';
import { atMost, type Measure } from './measure.ts';
import { type Field, nth, openField, typesPath } from './warm-calls.ts';

/** V8 goes on optimizing our server until about the 3,000th call. */
const warmUps = 5000;
/** How many calls at the beginning and at the 1,000th are shown as well. */
const stage = 100;
const rounds = 40;
const callsARound = 50;
const calls = rounds * callsARound;

/** One question asked one way: milliseconds a call, and how many API requests all calls sent. */
interface Way {
  readonly name: string;
  readonly first: number;
  readonly thousandth: number;
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
}

interface Latency {
  readonly search: readonly Way[];
  readonly types: readonly Way[];
}

const names = {
  plain: 'plain undici',
  bare: 'a bare pass-through',
  sdk: 'a pass-through on the official SDK',
  ours: 'charitylog-mcp `search_people`',
  gateway: 'the gateway',
} as const;

export const latency: Measure<Latency> = {
  title: 'A warm call against the same API request',
  notes: `One call at a time over stdio, and the same API request with plain undici and \`JSON.parse\` from the process that \
measures, to the same sandbox of 500 people in a third process: ${number(calls)} each, ${callsARound} by ${callsARound} in turn, after \
${number(warmUps)} to warm up, when V8 no longer makes any way faster. How long a call took on the way there is in the \
first two columns: the p50 of the first ${stage} calls, and of the ${stage} before the 1,000th. \`search_people\` asks for the \
volunteers of seven districts by turns and sends one API request each time, as the sandbox's log says (the last column); \
answers are kept for later pages only. \`list_client_types\` is answered from the list of types, which is kept for ten minutes, without \
an API request. The bare pass-through is a Node that reads a line, sends the same request with undici and writes the answer: what any process \
between costs. The other one does the same as a server of the official SDK: what the protocol costs.`,
  onEachNode: true,

  async measure() {
    const field = await openField();
    const api = new PlainApi(field.sandbox);
    const [bare, sdk] = [passThroughOn, sdkPassThroughOn].map(start => new McpProcess(start(field.sandbox))) as [
      McpProcess,
      McpProcess,
    ];
    for (const server of [bare, sdk]) await server.initialize();
    const passOn = (path: string) => bare.callWell('read', { path });
    const passOnBySdk = (path: string) => sdk.callWell('read', { path });
    const result = {
      search: await compare(field, {
        [names.plain]: n => api.get(nth(field.searches, n).path),
        [names.bare]: n => passOn(nth(field.searches, n).path),
        [names.sdk]: n => passOnBySdk(nth(field.searches, n).path),
        [names.ours]: n => field.ours.callWell('search_people', nth(field.searches, n).args),
        [names.gateway]: n => askGateway(field.gateway, nth(field.searches, n).path),
      }),
      types: await compare(field, {
        [names.plain]: () => api.get(typesPath),
        [names.bare]: () => passOn(typesPath),
        [names.sdk]: () => passOnBySdk(typesPath),
        'charitylog-mcp `list_client_types`': () => field.ours.callWell('list_client_types'),
        [names.gateway]: () => askGateway(field.gateway, typesPath),
      }),
    };
    for (const server of [bare, sdk]) await server.close();
    await api.close();
    await field.close();
    return result;
  },

  report({ search, types }) {
    return ['The volunteers of a district:', tableOf(search), 'The types of people:', tableOf(types)].join('\n\n');
  },

  targets({ search }) {
    const [sdk, ours] = [names.sdk, names.ours].map(name => search.find(way => way.name === name));
    if (!sdk || !ours) return [];
    return [
      atMost(1.5, '×', 'p50 of a warm `search_people`, times the pass-through on the SDK', ours.p50 / sdk.p50),
      atMost(1, '', 'API requests of a warm `search_people`', ours.requests / calls),
    ];
  },
};

/** Asks in every way in turn. The requests of each way are counted while it alone is warmed up, so that they are its own. */
async function compare(
  { sandbox }: Field,
  ways: Readonly<Record<string, (n: number) => Promise<unknown>>>,
): Promise<Way[]> {
  const all = Object.entries(ways).map(([name, ask]) => ({
    name,
    ask,
    warmUpMs: [] as number[],
    ms: [] as number[],
    requestsACall: 0,
  }));
  for (const way of all) {
    await sandbox.newRequests();
    for (let n = 0; n < warmUps; n++) way.warmUpMs.push(await timed(() => way.ask(n)));
    way.requestsACall = (await sandbox.newRequests()).length / warmUps;
  }
  await inTurn(all, rounds, async ({ ask, ms }) => {
    for (let n = 0; n < callsARound; n++) ms.push(await timed(() => ask(n)));
  });
  const sent = (await sandbox.newRequests()).length;
  const expected = all.reduce((sum, way) => sum + way.requestsACall * calls, 0);
  if (sent !== expected) throw new Error(`${sent} API requests were sent, and ${expected} were expected`);
  return all.map(({ name, warmUpMs, ms, requestsACall }) => ({
    name,
    first: percentile(warmUpMs.slice(0, stage), 0.5),
    thousandth: percentile(warmUpMs.slice(1000 - stage, 1000), 0.5),
    p50: percentile(ms, 0.5),
    p99: percentile(ms, 0.99),
    requests: requestsACall * calls,
  }));
}

/** How long it takes, in milliseconds. */
async function timed(ask: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await ask();
  return performance.now() - startedAt;
}

function tableOf(ways: readonly Way[]): string {
  const [plain] = ways;
  const rows = ways.map(({ name, first, thousandth, p50, p99, requests }) => [
    name,
    ...[first, thousandth, p50, p99, p50 - (plain?.p50 ?? 0), p99 - (plain?.p99 ?? 0)].map(ms => `${number(ms, 2)} ms`),
    requests,
  ]);
  return table(
    ['way', 'first', '1,000th', 'p50', 'p99', 'added p50', 'added p99', `API requests of ${number(calls)} calls`],
    rows,
  );
}
