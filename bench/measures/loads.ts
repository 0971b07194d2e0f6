import { loadOf } from '../support/load.ts';
import { number, table, times } from '../support/markdown.ts';
import { inTurn } from '../support/rounds.ts';
import { median } from '../support/statistics.ts';

/** How many calls are in flight. */
export const levels = [1, 8, 64];
export const rounds = 7;
export const forMs = 500;

/** Calls before a way is measured: compilers are done by then. */
const warmUpCalls = 5000;
const longestWarmUpMs = 20_000;

/** One way of asking, its calls a second at each level, and how many API requests it sends for a call. */
export interface LoadedWay {
  readonly name: string;
  readonly callsASecond: readonly number[];
  readonly requestsACall: number;
}

/** Loads every way in turn at every level; the sandbox's log tells how many API requests a call sends. */
export async function loadInTurn(
  ways: Readonly<Record<string, (n: number) => Promise<unknown>>>,
  newRequests: () => Promise<readonly string[]>,
): Promise<LoadedWay[]> {
  const all = Object.entries(ways).map(([name, ask]) => ({
    name,
    ask,
    samples: levels.map(() => [] as number[]),
    requestsACall: 0,
  }));
  for (const way of all) {
    await newRequests();
    const calls = await warmUp(way.ask);
    way.requestsACall = (await newRequests()).length / calls;
  }
  for (const [index, level] of levels.entries()) {
    await inTurn(all, rounds, async ({ ask, samples }) => {
      samples[index]?.push((await loadOf(ask, level, forMs)).callsASecond);
      await newRequests();
    });
  }
  return all.map(({ name, samples, requestsACall }) => ({ name, callsASecond: samples.map(median), requestsACall }));
}

/** Asks until all is compiled that is asked often. @returns how many calls were answered */
async function warmUp(ask: (n: number) => Promise<unknown>): Promise<number> {
  const end = performance.now() + longestWarmUpMs;
  let calls = 0;
  while (calls < warmUpCalls && performance.now() < end) {
    await loadOf(n => ask(n).finally(() => calls++), 8, forMs);
  }
  return calls;
}

/** Calls a second of every way. */
export function loadTable(ways: readonly LoadedWay[]): string {
  const rows = ways.map(({ name, callsASecond, requestsACall }) => [
    name,
    ...callsASecond.map(calls => number(calls, 0)),
    number(requestsACall, 0),
  ]);
  return table(['way', ...levels.map(level => `${level} in flight`), 'API requests a call'], rows);
}

/** How many times the calls a second of the one way are those of the other, at each level. */
export function ratios(ways: readonly LoadedWay[], name: string, base: string): number[] {
  const find = (wanted: string) => ways.find(way => way.name === wanted)?.callsASecond ?? [];
  const bases = find(base);
  return find(name).map((calls, level) => calls / (bases[level] ?? Number.NaN));
}

/** The ratios of pairs of ways. */
export function ratioTable(
  ways: readonly LoadedWay[],
  pairs: readonly (readonly [name: string, base: string])[],
): string {
  const rows = pairs.map(([name, base]) => [
    `${name} : ${base}`,
    ...ratios(ways, name, base).map(ratio => times(ratio, 1)),
  ]);
  return table(['ratio', ...levels.map(level => `${level} in flight`)], rows);
}
