import { bounds } from '../../base/bounds.ts';
import { memoizeFirst } from '../../base/memoize.ts';
import { foldedParts, foldSpelling } from '../../base/spelling.ts';
import type { Person } from '../../charitylog/api.ts';
import { distanceFrom, farthest } from './near-names.ts';
import { mayBeTitle } from './titles.ts';

/** Names of more words aren't compared: each may belong to the first name or to the surname. */
const maxWords = 6;

/** How far apart two names are at most, over all words. */
const farthestInAll = 6;

/** A text of a name, compared with each of the words asked for. */
interface Compared {
  readonly distances: readonly (number | undefined)[];
  /** The words that it is near, as bits. */
  readonly near: number;
  /** How many words it has: each stands for one asked for. */
  readonly size: number;
}

/** How far people's names are from one that was asked for. */
export class NameDistance {
  readonly #words: readonly string[];
  readonly #distances: readonly ((stored: string) => number | undefined)[];
  readonly #all: number;
  /** The words of which one may be missing: a middle name, or what may be a title. */
  readonly #mayMiss: number;
  readonly #fields: readonly string[];
  readonly #compare: (stored: string) => Compared;

  /** @param words folded */
  constructor(
    words: readonly string[],
    { fields, maxRemembered }: { fields: readonly string[]; maxRemembered: number },
  ) {
    this.#words = words.length <= maxWords ? words : [];
    this.#distances = this.#words.map(distanceFrom);
    this.#all = 2 ** this.#words.length - 1;
    const { length } = this.#words;
    this.#mayMiss = bitsOf(this.#words.map(word => (length > 2 || (length > 1 && mayBeTitle(word)) ? 0 : undefined)));
    this.#fields = fields;
    this.#compare = memoizeFirst(maxRemembered, stored => this.#comparedWith(stored));
  }

  /** The sum over all words; a first name stands for one word and a surname for another. `undefined` where it isn't near. */
  to(person: Person): number | undefined {
    if (!this.#mayBeNear(person)) return undefined;
    const texts = this.#fields.flatMap(field => {
      const text = person[field];
      return typeof text === 'string' ? [{ isSurname: field === 'surname', ...this.#compare(text) }] : [];
    });
    const first = bestOf(
      texts.filter(({ isSurname }) => !isSurname),
      this.#words.length,
    );
    const last = bestOf(
      texts.filter(({ isSurname }) => isSurname),
      this.#words.length,
    );
    const sum = this.#leastSum(0, first, last, false);
    return sum <= farthestInAll ? sum : undefined;
  }

  /** Leaves few of very many people: each word, but for one that may be missing, is near something of the person's. */
  #mayBeNear(person: Person): boolean {
    let near = 0;
    for (const field of this.#fields) {
      const text = person[field];
      if (typeof text === 'string') near |= this.#compare(text).near;
    }
    const missing = this.#all & ~near;
    return near !== 0 && (missing & ~this.#mayMiss) === 0 && (missing & (missing - 1)) === 0;
  }

  /** The least sum for the words from the nth on, of which each is in the first names, in the surname, or missing. */
  #leastSum(n: number, first: Compared, last: Compared, hasMissed: boolean): number {
    const word = this.#words[n];
    if (word === undefined) return 0;
    const taking = ({ distances, size, near }: Compared, rest: (taken: Compared) => number) => {
      const distance = distances[n];
      return distance === undefined || size === 0
        ? Number.POSITIVE_INFINITY
        : distance + rest({ distances, near, size: size - 1 });
    };
    const mayMiss = !hasMissed && (this.#mayMiss & (1 << n)) !== 0;
    return Math.min(
      taking(first, taken => this.#leastSum(n + 1, taken, last, hasMissed)),
      taking(last, taken => this.#leastSum(n + 1, first, taken, hasMissed)),
      mayMiss ? farthest + this.#leastSum(n + 1, first, last, true) : Number.POSITIVE_INFINITY,
    );
  }

  #comparedWith(stored: string): Compared {
    const text = stored.slice(0, bounds.compared);
    const words = foldedParts(text, /[^\p{L}\p{N}\p{M}\p{Cf}]+/u);
    // An initial alone is that of too many people.
    const isTelling = (form: string) => form.length > 1 || this.#words.length > 1;
    const forms = [...new Set([...words, foldSpelling(text)])].filter(isTelling);
    const distances = this.#distances.map(distance => least(forms.map(distance)));
    return { distances, near: bitsOf(distances), size: words.length };
  }
}

/** First name and known-as stand for each other. */
function bestOf(texts: readonly Compared[], words: number): Compared {
  const distances = Array.from({ length: words }, (_, n) => least(texts.map(({ distances }) => distances[n])));
  return { distances, near: bitsOf(distances), size: Math.max(0, ...texts.map(({ size }) => size)) };
}

function bitsOf(distances: readonly (number | undefined)[]): number {
  return distances.reduce<number>((bits, distance, n) => (distance === undefined ? bits : bits | (1 << n)), 0);
}

function least(distances: readonly (number | undefined)[]): number | undefined {
  const known = distances.filter(distance => distance !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
