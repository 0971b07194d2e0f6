import { untilDone } from '../../test/support/lifetime.ts';
import { callersFile } from '../../test/support/service.ts';
import { withCollector } from '../contenders/contenders.ts';
import { HttpServerProcess } from '../support/http-server.ts';
import { loadOf } from '../support/load.ts';
import { number, table, times } from '../support/markdown.ts';
import { McpHttp } from '../support/mcp-http.ts';
import { inTurn } from '../support/rounds.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { median } from '../support/statistics.ts';
import { asTheImageStarts, oursOverHttp } from './http-throughput.ts';
import { forMs } from './loads.ts';
import { atLeast, atMost, type Measure } from './measure.ts';
import { nth, searches } from './warm-calls.ts';

const many = 500;
const callsOfEach = 10;
const inFlight = 8;
const freshServices = 3;
const rounds = 5;

/** The calls of a caller, and the new callers, of whom the time is told. */
const toldCalls = [1, 10, 100, 1000];
const toldCallers = [1, 50, 250, many];

/** A service with one caller, or with many. */
interface Sized {
  readonly callers: number;
  readonly memory: SettledMemory;
  readonly typesASecond: number;
  readonly searchesASecond: number;
}

/** Memory of an idle service, in MiB. */
interface SettledMemory {
  readonly resident: number;
  /** What is in use on V8's heap and of memory outside of it. */
  readonly inUse: number;
}

/** Times are in milliseconds. */
interface ByCallers {
  /** Of {@link toldCalls}. */
  readonly callMs: readonly number[];
  /** Of {@link toldCallers}. */
  readonly firstAnswerMs: readonly number[];
  readonly one: Sized;
  readonly all: Sized;
}

export const callers: Measure<ByCallers> = {
  title: 'Cost of the HTTP service by size',
  notes: `One caller and ${many} of a service that is started as the image starts it: each has a token, a User key and a connection of their own. They ask \`search_people\` for the volunteers of a \
district, on a sandbox of 500 people in a third process, unless told. No single call tells much: but for the first, a time is the median of the fifth that ends with it.

- The first call loads the look-up lists on its way. Medians of ${freshServices} services, each new.
- A new caller's first answer is the first search with all before it: the connection, \`initialize\`, the lists.
- Memory comes at the end: the service is idle for 6 s, and collects all garbage every 2 s. \
Resident (\`VmRSS\`) is more than what is in use on and outside of V8's heap, as V8 gives no page back that still holds something.
- Calls a second, after ${number(many * callsOfEach)} searches by the one caller, or ${callsOfEach} by each of the ${many}: ${inFlight} in flight, ${forMs / 1000} s at a time in turn, medians of ${rounds} rounds; of ${many} callers each calls in turn. The one caller's searches are paced: three reads at once.`,
  onEachNode: true,

  measure: () =>
    untilDone(async () => {
      const sandbox = await SandboxProcess.start(500);
      const callMs = await timeCalls(sandbox);
      const one = await SizedService.start(sandbox, 1);
      const all = await SizedService.start(sandbox, many);
      await one.timeFirstAnswers();
      const firstAnswerMs = await all.timeFirstAnswers();
      const sized = await compare([one, all]);
      for (const service of [one, all]) await service.close();
      await sandbox.close();
      const told = toldCallers.map(caller => typicalUpTo(caller, firstAnswerMs));
      return { callMs, firstAnswerMs: told, one: sized[0] as Sized, all: sized[1] as Sized };
    }),

  report: ({ callMs, firstAnswerMs, one, all }) =>
    [
      ratioRow('a caller’s call', toldCalls, callMs),
      ratioRow('a new caller’s first answer', toldCallers, firstAnswerMs),
      sizeTable(one, all),
    ].join('\n\n'),

  targets({ callMs, firstAnswerMs, one, all }) {
    const [firstCall = Number.NaN, , hundredthCall = Number.NaN, thousandthCall = Number.NaN] = callMs;
    const [, fiftieth = Number.NaN, , last = Number.NaN] = firstAnswerMs;
    return [
      atMost(1, '×', 'a caller’s thousandth call over HTTP, to the first', thousandthCall / firstCall),
      atMost(1.2, '×', 'a caller’s thousandth call over HTTP, to the hundredth', thousandthCall / hundredthCall),
      atMost(1.5, '×', `first answer of the ${many}th caller, to the 50th`, last / fiftieth),
      atLeast(
        0.8,
        '×',
        `calls a second without an API request, ${many} callers to one`,
        all.typesASecond / one.typesASecond,
      ),
      atLeast(0.8, '×', `searches a second, ${many} callers to one`, all.searchesASecond / one.searchesASecond),
    ];
  },
};

/** The service with so many callers, of whom each has a client. */
class SizedService {
  readonly clients: readonly McpHttp[];
  readonly #server: HttpServerProcess;

  private constructor(server: HttpServerProcess, clients: readonly McpHttp[]) {
    this.#server = server;
    this.clients = clients;
  }

  static async start(sandbox: SandboxProcess, size: number): Promise<SizedService> {
    const all = Array.from({ length: size }, (_, n) => ({
      name: `caller-${n}`,
      token: `token-${n}`,
      user_key: `key-${n}`,
    }));
    const { path } = await callersFile(all.map(caller => ({ ...caller, org_key: sandbox.keys.org })));
    const server = await HttpServerProcess.start(port =>
      withCollector(asTheImageStarts(oursOverHttp(sandbox, port, { CHARITYLOG_CALLERS: path }))),
    );
    return new SizedService(
      server,
      all.map(({ token }) => new McpHttp(server.url, token, Math.ceil(inFlight / size))),
    );
  }

  /** Lets every caller come for the first time, one after the other. */
  async timeFirstAnswers(): Promise<number[]> {
    const allMs: number[] = [];
    for (const [n, client] of this.clients.entries()) {
      const startedAt = performance.now();
      await client.initialize();
      await this.search(n);
      allMs.push(performance.now() - startedAt);
    }
    return allMs;
  }

  /** The callers call in turn. */
  readonly search = (n: number) => nth(this.clients, n).callWell('search_people', nth(searches, n));
  readonly types = (n: number) => nth(this.clients, n).callWell('list_client_types');

  async settledMemory(): Promise<SettledMemory> {
    const { resident } = await this.#server.settledMemory();
    const metrics = await (await fetch(new URL('/metrics', this.#server.url))).text();
    const read = (name: string) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(metrics)?.[1]) / 2 ** 20;
    return { resident, inUse: read('nodejs_heap_size_used_bytes') + read('nodejs_external_memory_bytes') };
  }

  async close(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.#server.close();
  }
}

async function timeCalls(sandbox: SandboxProcess): Promise<number[]> {
  const told: number[][] = toldCalls.map(() => []);
  for (let round = 0; round < freshServices; round++) {
    const service = await SizedService.start(sandbox, 1);
    await service.clients[0]?.initialize();
    const allMs: number[] = [];
    for (let n = 0; n < Math.max(...toldCalls); n++) {
      const startedAt = performance.now();
      await service.search(n);
      allMs.push(performance.now() - startedAt);
    }
    for (const [index, call] of toldCalls.entries()) told[index]?.push(typicalUpTo(call, allMs));
    await service.close();
  }
  return told.map(median);
}

/** The median of the last fifth up to that one. */
function typicalUpTo(last: number, allMs: readonly number[]): number {
  return median(allMs.slice(Math.min(last - 1, Math.floor(last * 0.8)), last));
}

async function compare(services: readonly SizedService[]): Promise<Sized[]> {
  for (const { search } of services) await loadCalls(search, many * callsOfEach);
  const samples = services.map(() => ({ types: [] as number[], searches: [] as number[] }));
  await inTurn([...services.entries()], rounds, async ([index, { types, search }]) => {
    samples[index]?.types.push((await loadOf(types, inFlight, forMs)).callsASecond);
    samples[index]?.searches.push((await loadOf(search, inFlight, forMs)).callsASecond);
  });
  // At the end: what was compiled for calls goes with the garbage.
  const memories = await Promise.all(services.map(service => service.settledMemory()));
  return memories.map((memory, index) => ({
    callers: services[index]?.clients.length ?? 0,
    memory,
    typesASecond: median(samples[index]?.types ?? []),
    searchesASecond: median(samples[index]?.searches ?? []),
  }));
}

/** Asks so many questions, each as soon as one is answered. */
async function loadCalls(ask: (n: number) => Promise<unknown>, calls: number): Promise<void> {
  let n = 0;
  const caller = async () => {
    while (n < calls) await ask(n++);
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
}

function ratioRow(what: string, told: readonly number[], ms: readonly number[]): string {
  const rows = [
    ['time', ...ms.map(one => `${number(one, 2)} ms`)],
    ['to the first', ...ms.map(one => times(one, ms[0] ?? Number.NaN))],
  ];
  return table([what, ...told.map(one => `the ${number(one)}${one === 1 ? 'st' : 'th'}`)], rows);
}

function sizeTable(one: Sized, all: Sized): string {
  const rows = [one, all].map(({ callers, memory, typesASecond, searchesASecond }) => [
    number(callers),
    `${number(memory.resident, 0)} MiB`,
    `${number(memory.inUse, 0)} MiB`,
    number(typesASecond, 0),
    number(searchesASecond, 0),
  ]);
  const ofFurther = (kind: keyof SettledMemory) =>
    `${number(((all.memory[kind] - one.memory[kind]) * 1024) / (all.callers - one.callers), 0)} KiB`;
  const head = ['callers', 'resident', 'in use', '`list_client_types` a second', '`search_people` a second'];
  return table(head, [...rows, ['a further caller', ofFurther('resident'), ofFurther('inUse'), undefined, undefined]]);
}
