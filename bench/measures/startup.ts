import { bare, type Contender, everything, gatewayOn, otherSystems, ours, oursOn } from '../contenders/contenders.ts';
import { number, table, times } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { inTurn } from '../support/rounds.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { median } from '../support/statistics.ts';
import { definitionTokens } from '../support/tokens.ts';
import { atMost, type Measure } from './measure.ts';

const rounds = 15;
const people = 500;
const oursWithKeys = 'charitylog-mcp, keys and live list';

/** One start: milliseconds since the process was spawned, and MiB once it had listed its tools. */
interface Sample {
  readonly initializeMs: number;
  readonly listMs: number;
  readonly peak: number;
  readonly resident: number;
  readonly tools: number;
  readonly tokens: number;
}

/** The medians of a server's starts, or why there are none. */
export type Start = { readonly name: string } & (Sample | { readonly failure: string });

export const startup: Measure<readonly Start[]> = {
  title: 'Start, memory, tokens of the definitions',
  notes: `From spawning the process to its answers to \`initialize\` and then to \`tools/list\`, over stdio; memory (\`VmHWM\`, \
\`VmRSS\`) right after the second; medians of ${rounds} rounds in turn. Tokens (o200k) are of the instructions and all definitions, \
as a host shows them to a model. With "keys and live list" \`tools/list\` asks a sandbox of ${people} people in another process for its \
fields. The peers have dummy keys.`,
  onEachNode: true,

  async measure() {
    const sandbox = await SandboxProcess.start(people);
    const contenders = [bare, ours, oursOn(sandbox, oursWithKeys), ...otherSystems, everything, gatewayOn(sandbox)];
    const samples = new Map<Contender, Sample[]>(contenders.map(contender => [contender, []]));
    const failures = new Map<Contender, string>();
    await inTurn(contenders, rounds, async contender => {
      if (failures.has(contender)) return;
      await startOnce(contender).then(
        sample => samples.get(contender)?.push(sample),
        error => failures.set(contender, error.message),
      );
    });
    await sandbox.close();
    return contenders.map(contender => {
      const failure = failures.get(contender);
      return { name: contender.name, ...(failure ? { failure } : medians(samples.get(contender) ?? [])) };
    });
  },

  report(starts) {
    const base = sampleOf(starts, bare.name)?.listMs ?? Number.NaN;
    const rows = starts.flatMap(start => ('failure' in start ? [] : [rowOf(start, base)]));
    const failed = starts.flatMap(start => ('failure' in start ? [`- ${start.name}: ${start.failure}`] : []));
    const head = ['server', '`initialize`', '`tools/list`', 'to bare node', 'peak', 'resident', 'tools', 'tokens'];
    return [table(head, rows), ...(failed.length > 0 ? ['Not started:', failed.join('\n')] : [])].join('\n\n');
  },

  targets(starts) {
    const base = sampleOf(starts, bare.name);
    const without = sampleOf(starts, ours.name);
    const withKeys = sampleOf(starts, oursWithKeys);
    if (!base || !without || !withKeys) return [];
    const known: readonly string[] = [bare.name, ours.name, oursWithKeys];
    const peers = starts.flatMap(start => ('failure' in start || known.includes(start.name) ? [] : [start.listMs]));
    return [
      atMost(3, '×', '`tools/list` without keys, to a bare node', without.listMs / base.listMs),
      atMost(4, '×', '`tools/list` with keys and a live list, to a bare node', withKeys.listMs / base.listMs),
      atMost(1, '×', '`tools/list` without keys, to the fastest peer', without.listMs / Math.min(...peers)),
      atMost(
        1,
        '×',
        '`tools/list` with keys and a live list, to the fastest peer',
        withKeys.listMs / Math.min(...peers),
      ),
      atMost(65, ' MiB', 'peak memory without keys', without.peak),
      atMost(85, ' MiB', 'peak memory with keys and a live list', withKeys.peak),
      atMost(1800, ' tokens', 'definitions with the sandbox’s live list', withKeys.tokens),
    ];
  },
};

async function startOnce({ start }: Contender): Promise<Sample> {
  const startedAt = performance.now();
  const server = new McpProcess(start);
  try {
    const { instructions } = await server.initialize();
    const initializeMs = performance.now() - startedAt;
    const tools = await server.listTools();
    const listMs = performance.now() - startedAt;
    const memory = server.memory();
    return { initializeMs, listMs, ...memory, tools: tools.length, tokens: definitionTokens(instructions, tools) };
  } finally {
    await server.close();
  }
}

function medians(samples: readonly Sample[]): Sample {
  const of = (figure: keyof Sample) => median(samples.map(sample => sample[figure]));
  return {
    initializeMs: of('initializeMs'),
    listMs: of('listMs'),
    peak: of('peak'),
    resident: of('resident'),
    tools: of('tools'),
    tokens: of('tokens'),
  };
}

function rowOf(
  { name, initializeMs, listMs, peak, resident, tools, tokens }: { readonly name: string } & Sample,
  base: number,
) {
  return [
    name,
    `${number(initializeMs, 0)} ms`,
    `${number(listMs, 0)} ms`,
    times(listMs, base),
    `${number(peak, 0)} MiB`,
    `${number(resident, 0)} MiB`,
    tools,
    tokens,
  ];
}

function sampleOf(starts: readonly Start[], name: string): Sample | undefined {
  const start = starts.find(candidate => candidate.name === name);
  return start && 'listMs' in start ? start : undefined;
}
