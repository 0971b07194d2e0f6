import { steadyNow } from '../../../base/clock.ts';
import { withCommas } from '../../../base/numbers.ts';
import { Turn } from '../../../base/turns.ts';
import { type BlockKind, blockKinds } from '../../matching/blocking-keys.ts';
import { judge } from '../../matching/judge.ts';
import type { ComparedPeople } from './compared-people.ts';

/** More people than this who share one phone, name or address aren't compared by it: a hostel, or a name for nobody. */
const largestBlock = 250;

/** Comparing takes so long at most, in milliseconds: reading everybody comes before it within the same call. */
const longestComparingMs = 20_000;

/** So many pairs are kept at most. */
const mostPairs = 20_000;

/** Two people who may be one, by their positions. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly why: string;
  /** How sure it is: the more, the surer. */
  readonly weight: number;
}

export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly notes: readonly string[];
}

/** Compares everybody with those who share a key, from the most telling kind of key on. */
export async function pairsAmong(people: ComparedPeople, signal: AbortSignal): Promise<Pairs> {
  const found = new Map<number, Pair>();
  const notCompared = new Map<BlockKind, number[]>();
  const endsAt = steadyNow() + longestComparingMs;
  let isTimeUp = false;
  const isOver = () => isTimeUp || found.size >= mostPairs;
  const turn = new Turn();
  for (const kind of blockKinds) {
    for await (const block of people.blocks.get(kind)?.shared() ?? []) {
      if (block.length > largestBlock) {
        notCompared.set(kind, [...(notCompared.get(kind) ?? []), block.length]);
        continue;
      }
      for (const [n, a] of block.entries()) {
        for (const b of block.slice(n + 1)) {
          if (!people.traits.mayBeOne(kind, a, b)) continue;
          if (isOver()) break;
          const key = Math.min(a, b) * people.total + Math.max(a, b);
          const pair = found.has(key) ? undefined : pairOf(people, a, b);
          if (pair) found.set(key, pair);
        }
        if (!turn.isOver) continue;
        await turn.next();
        isTimeUp ||= steadyNow() > endsAt;
        signal.throwIfAborted();
      }
    }
  }
  const more = 'There was more to compare than fits in one call: ask for one type, or for parts with where.';
  return { pairs: [...found.values()], notes: [...[...notCompared].map(noteOfLarge), ...(isOver() ? [more] : [])] };
}

function pairOf(people: ComparedPeople, a: number, b: number): Pair | undefined {
  const { isCandidate, agrees, differs, weight } = judge(people.details(a), people.details(b));
  if (!isCandidate) return undefined;
  const why = differs.length > 0 ? `${agrees.join(', ')}; but ${differs.join(', ')}` : agrees.join(', ');
  return { a: Math.min(a, b), b: Math.max(a, b), why, weight };
}

function noteOfLarge([kind, sizes]: readonly [BlockKind, readonly number[]]): string {
  const most = withCommas(Math.max(...sizes));
  const groups = sizes.length === 1 ? `${most} people share` : `${sizes.length} groups of up to ${most} people share`;
  return `${groups} one ${kind}: they were not compared by it, but by everything else.`;
}
