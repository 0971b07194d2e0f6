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
  /** What agrees, and what differs, in words. */
  readonly why: string;
  /** How sure it is: the more, the surer. */
  readonly weight: number;
}

/** The pairs among people, and what wasn't compared. */
export interface Pairs {
  readonly pairs: readonly Pair[];
  readonly notes: readonly string[];
}

/** Compares everybody with those who share a key, from the most telling kind of key on. */
export async function pairsAmong(people: ComparedPeople, signal: AbortSignal): Promise<Pairs> {
  const comparing = new Comparing(people);
  const turn = new Turn();
  for (const kind of blockKinds) {
    for await (const block of people.blocks.get(kind)?.shared() ?? []) {
      if (block.length > largestBlock) {
        comparing.leave(kind, block.length);
        continue;
      }
      for (const [n, a] of block.entries()) {
        comparing.one(kind, a, block.slice(n + 1));
        if (!turn.isOver) continue;
        await turn.next();
        comparing.lookAtClock();
        signal.throwIfAborted();
      }
    }
  }
  return { pairs: comparing.pairs, notes: comparing.notes };
}

class Comparing {
  readonly #people: ComparedPeople;
  readonly #found = new Map<number, Pair>();
  readonly #left = new Map<BlockKind, number[]>();
  #isTimeUp = false;
  readonly #endsAt = steadyNow() + longestComparingMs;

  constructor(people: ComparedPeople) {
    this.#people = people;
  }

  get pairs(): readonly Pair[] {
    return [...this.#found.values()];
  }

  get notes(): string[] {
    const left = [...this.#left].map(([kind, sizes]) => {
      const most = withCommas(Math.max(...sizes));
      const groups =
        sizes.length === 1 ? `${most} people share` : `${sizes.length} groups of up to ${most} people share`;
      return `${groups} one ${kind}: they were not compared by it, but by everything else.`;
    });
    return this.#isOver
      ? [...left, 'There was more to compare than fits in one call: ask for one type, or for parts with where.']
      : left;
  }

  get #isOver(): boolean {
    return this.#found.size >= mostPairs || this.#isTimeUp;
  }

  /** Ends the comparing where its time is up. */
  lookAtClock(): void {
    this.#isTimeUp ||= steadyNow() > this.#endsAt;
  }

  /** Notes a block that is too large. */
  leave(kind: BlockKind, size: number): void {
    this.#left.set(kind, [...(this.#left.get(kind) ?? []), size]);
  }

  /** Compares somebody with others of their block. */
  one(kind: BlockKind, a: number, others: readonly number[]): void {
    for (const b of others) {
      if (!this.#people.mayBeOne(kind, a, b)) continue;
      if (this.#isOver) return;
      const key = a < b ? a * this.#people.total + b : b * this.#people.total + a;
      if (this.#found.has(key)) continue;
      const { isCandidate, agrees, differs, weight } = judge(this.#people.details(a), this.#people.details(b));
      if (!isCandidate) continue;
      const why = differs.length > 0 ? `${agrees.join(', ')}; but ${differs.join(', ')}` : agrees.join(', ');
      this.#found.set(key, { a: Math.min(a, b), b: Math.max(a, b), why, weight });
    }
  }
}
