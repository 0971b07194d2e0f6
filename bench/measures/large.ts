import { fetchAndParse, oursOn } from '../contenders/contenders.ts';
import { number, table, times } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { inTurn } from '../support/rounds.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { median } from '../support/statistics.ts';
import { atMost, type Measure } from './measure.ts';

/** How many people, and how many rounds are affordable. */
const sizes = [
  { people: 1_000, rounds: 7 },
  { people: 10_000, rounds: 7 },
  { people: 100_000, rounds: 5 },
  { people: 500_000, rounds: 3 },
];

/** Questions that can only be answered by reading everybody. */
const questions = [
  // Somebody with several types counts in each, which a report can't be trusted to tell: records are read.
  { name: 'count by type', tool: 'count_people', args: { by: 'type' } },
  { name: 'page of 20', tool: 'search_people', args: { limit: 20 } },
  { name: 'name search', tool: 'search_people', args: { name: 'Agnieszka Kowalska' } },
  { name: 'conditions', tool: 'count_people', args: { where: ['age >= 65', 'district is not Eastwick'] } },
] as const;

type LargeQuestion = (typeof questions)[number];

/** What reading everybody took. */
interface Cost {
  readonly ms: number;
  /** The peak of memory, above what the process had before. */
  readonly mib: number;
}

interface Comparison {
  readonly question: string;
  readonly people: number;
  readonly ours: Cost;
  readonly plain: Cost;
  /** Of a reader that drops each byte as it comes. */
  readonly dropped: Cost;
}

export const large: Measure<readonly Comparison[]> = {
  title: 'Large answers',
  notes: `Time and peak memory above idle of one call in a fresh process of our server, against \`fetch\` and \`JSON.parse\` of the same address in a fresh \
process, and, for memory, against \`fetch\` that drops each byte as it comes; in turn, medians of ${sizes.map(({ people, rounds }) => `${rounds} rounds (${number(people)} people)`).join(', ')}. Both have made a small request before, so that the connection \
is there. The sandbox, in another process, writes the answers (gzip) while they are read: the time that it takes is in both.`,
  onEachNode: true,

  async measure() {
    const comparisons: Comparison[] = [];
    for (const { people, rounds } of sizes) {
      const sandbox = await SandboxProcess.start(people);
      for (const question of questions) {
        const path = await pathOf(question, sandbox);
        const ours: Cost[] = [];
        const plain: Cost[] = [];
        const dropped: Cost[] = [];
        const ways = [
          async () => ours.push(await costOfOurs(question, people, sandbox)),
          async () => plain.push(await costOfPlain('read', path, people, sandbox)),
          async () => dropped.push(await costOfPlain('drop', path, people, sandbox)),
        ];
        await inTurn(ways, rounds, async way => void (await way()));
        const [costs, plainCosts, droppedCosts] = [ours, plain, dropped].map(medians) as [Cost, Cost, Cost];
        comparisons.push({ question: question.name, people, ours: costs, plain: plainCosts, dropped: droppedCosts });
      }
      await sandbox.close();
    }
    return comparisons;
  },

  report(comparisons) {
    const rows = comparisons.map(({ question, people, ours, plain, dropped }) => [
      question,
      people,
      `${number(ours.ms, 0)} ms`,
      `${number(plain.ms, 0)} ms`,
      times(ours.ms, plain.ms),
      `${number(ours.mib, 0)} MiB`,
      `${number(plain.mib, 0)} MiB`,
      `${number(dropped.mib, 0)} MiB`,
    ]);
    const above = ['ours, above idle', 'fetch + parse, above idle', 'fetch + drop, above idle'];
    return table(['question', 'people', 'ours', 'fetch + parse', 'ratio', ...above], rows);
  },

  targets(comparisons) {
    const counts = comparisons.filter(({ question }) => question === questions[0].name);
    const at = (people: number) => counts.find(comparison => comparison.people === people);
    const [hundredThousand, most] = [at(100_000), at(500_000)];
    if (!hundredThousand || !most) return [];
    const conditions = comparisons.find(one => one.question === 'conditions' && one.people === most.people);
    const names = comparisons.find(one => one.question === 'name search' && one.people === most.people);
    const overNames = 'name search over 500,000 people, to fetch + `JSON.parse`';
    return [
      ...(names ? [atMost(1, '×', overNames, names.ours.ms / names.plain.ms)] : []),
      ...(conditions
        ? [
            atMost(
              1.3,
              '×',
              'conditions over 500,000 people, to fetch + `JSON.parse`',
              conditions.ours.ms / conditions.plain.ms,
            ),
            atMost(60, ' MiB', 'memory of conditions over 500,000 people, above idle', conditions.ours.mib),
            atMost(
              30,
              ' MiB',
              'the same, above `fetch` that drops each byte',
              conditions.ours.mib - conditions.dropped.mib,
            ),
          ]
        : []),
      atMost(
        1.5,
        '×',
        'count over 100,000 people, to fetch + `JSON.parse`',
        hundredThousand.ours.ms / hundredThousand.plain.ms,
      ),
      atMost(60, ' MiB', 'memory of a count over 100,000 people, above idle', hundredThousand.ours.mib),
      atMost(60, ' MiB', 'memory of a count over 500,000 people, above idle', most.ours.mib),
    ];
  },
};

/** Asks once, and looks into the sandbox's log for the one address that people were read from. */
async function pathOf({ tool, args }: LargeQuestion, sandbox: SandboxProcess): Promise<string> {
  const server = await startOurs(sandbox);
  await sandbox.newRequests();
  await server.callWell(tool, args);
  const requests = await sandbox.newRequests();
  const [request, ...others] = requests.filter(line => !line.includes('/dictionary/'));
  await server.close();
  if (request === undefined || others.length > 0)
    throw new Error(`${tool} asked for ${[request, ...others].join(', ')}`);
  return request.replace('GET ', '');
}

/** Our server with all that it keeps for a while: fields, types, connections. */
async function startOurs(sandbox: SandboxProcess): Promise<McpProcess> {
  const server = new McpProcess(oursOn(sandbox).start);
  await server.initialize();
  await server.listTools();
  await server.callWell('list_client_types');
  return server;
}

async function costOfOurs({ tool, args }: LargeQuestion, people: number, sandbox: SandboxProcess): Promise<Cost> {
  const server = await startOurs(sandbox);
  const cost = await costOf(server, async () => {
    const { total } = JSON.parse(await server.callWell(tool, args));
    if (total !== people && !('name' in args) && !('where' in args))
      throw new Error(`${tool} found ${total} of ${people} people`);
  });
  await server.close();
  return cost;
}

async function costOfPlain(way: 'read' | 'drop', path: string, people: number, sandbox: SandboxProcess): Promise<Cost> {
  const reader = new McpProcess(fetchAndParse);
  const headers = sandbox.keys;
  await reader.request('read', { url: `${sandbox.url}/business/configuration`, headers });
  const cost = await costOf(reader, async () => {
    const { records } = await reader.request(way, { url: sandbox.url + path, headers });
    if (way === 'read' && records !== people) throw new Error(`${records} of ${people} people were read`);
  });
  await reader.close();
  return cost;
}

async function costOf(process: McpProcess, ask: () => Promise<void>): Promise<Cost> {
  process.resetPeak();
  const { resident } = process.memory();
  const startedAt = performance.now();
  await ask();
  const ms = performance.now() - startedAt;
  return { ms, mib: process.memory().peak - resident };
}

function medians(costs: readonly Cost[]): Cost {
  return { ms: median(costs.map(cost => cost.ms)), mib: median(costs.map(cost => cost.mib)) };
}
