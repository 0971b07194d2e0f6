/** Options with what they are looked up by: worked out once for each list, as a dictionary may have tens of thousands. */
import { bounds } from '../base/bounds.ts';
import { foldSpelling, negations } from '../base/spelling.ts';
import { forEachInTurns } from '../base/turns.ts';
import type { Option } from '../charitylog/api.ts';

/** An option, ready to be compared with texts. */
export interface PreparedOption {
  readonly option: Option;
  /** Where it is in its list. */
  readonly position: number;
  /** Its name without case, accents and everything but letters and digits. */
  readonly folded: string;
  /** The words that deny what the others say. */
  readonly denials: readonly string[];
}

/** How many are sorted at once: sorting all of them keeps everybody waiting. */
const runLength = 2_000;

/** A name with more semicolons than this one less is taken for no list of names. */
export const mostParts = 8;

/** Looks up the options of one list. */
export class PreparedOptions {
  /** In the order of the list. */
  readonly all: PreparedOption[] = [];
  readonly names: string[] = [];
  /** Their folded spellings. */
  readonly folds: string[] = [];
  /** The names with a semicolon in them, as {@link foldedParts} gives them. */
  readonly namesInParts = new Set<string>();
  readonly #byId = new Map<string, Option[]>();
  readonly #byName = new Map<string, Option[]>();
  readonly #bySpelling = new Map<string, Option[]>();
  readonly #bySingular = new Map<string, Option[]>();
  readonly #byFolded = new Map<string, Option[]>();
  readonly #byWord = new Map<string, PreparedOption[]>();
  /** Each run is sorted by folded name. */
  readonly #runs: PreparedOption[][] = [];
  #unsorted: PreparedOption[] = [];

  add(option: Option): void {
    const name = option.name.slice(0, bounds.compared);
    const [folded, spelled] = [foldSpelling(name), spelling(name)];
    const words = [...new Set(wordsOf(name))];
    const prepared = {
      option,
      position: this.all.length,
      folded,
      denials: words.filter(word => negations.has(word)),
    };
    this.all.push(prepared);
    this.names.push(option.name);
    this.folds.push(folded);
    put(this.#byId, option.id, option);
    put(this.#byName, option.name, option);
    put(this.#bySpelling, spelled, option);
    put(this.#bySingular, singular(spelled), option);
    put(this.#byFolded, folded, option);
    for (const word of words) put(this.#byWord, word, prepared);
    if (this.#unsorted.push(prepared) === runLength) {
      this.#runs.push(this.#unsorted.sort((a, b) => (a.folded < b.folded ? -1 : 1)));
      this.#unsorted = [];
    }
    const parts = name.split(';', mostParts + 1);
    if (parts.length > 1 && parts.length <= mostParts) this.namesInParts.add(foldedParts(parts));
  }

  /** Those with this id. */
  withId(id: string): readonly Option[] {
    return this.#byId.get(id) ?? [];
  }

  /** Those with exactly this name. */
  withName(name: string): readonly Option[] {
    return this.#byName.get(name) ?? [];
  }

  /** Those whose whole name this is, without regard to case, accents and spacing. */
  spelled(text: string): readonly Option[] {
    return this.#bySpelling.get(spelling(text)) ?? [];
  }

  /** The same without regard to the plural. */
  inSingular(text: string): readonly Option[] {
    return this.#bySingular.get(singular(spelling(text))) ?? [];
  }

  /** Those whose name has the same letters and digits. */
  folded(folded: string): readonly Option[] {
    return this.#byFolded.get(folded) ?? [];
  }

  /** Those with this folded word in their name. */
  withWord(folded: string): readonly PreparedOption[] {
    return this.#byWord.get(folded) ?? [];
  }

  /** Those whose name begins with these letters and digits, in any order. */
  beginningWith(folded: string): readonly PreparedOption[] {
    const begins = (one: PreparedOption) => one.folded.startsWith(folded);
    const sorted = this.#runs.flatMap(run => {
      const following = run.slice(positionOf(folded, run));
      const end = following.findIndex(one => !begins(one));
      return end < 0 ? following : following.slice(0, end);
    });
    return [...sorted, ...this.#unsorted.filter(begins)];
  }
}

/** Where a folded text is, or would be, in a sorted run. */
function positionOf(folded: string, run: readonly PreparedOption[]): number {
  let [low, high] = [0, run.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((run[middle]?.folded ?? '') < folded) low = middle + 1;
    else high = middle;
  }
  return low;
}

const prepared = new WeakMap<readonly Option[], PreparedOptions>();

/** Prepares a list by and by, before it is used. */
export async function prepareOptions(options: readonly Option[]): Promise<void> {
  const made = new PreparedOptions();
  await forEachInTurns(options, option => made.add(option));
  prepared.set(options, made);
}

/** The list with what it is looked up by; worked out here where it wasn't prepared. */
export function preparedOptions(options: readonly Option[]): PreparedOptions {
  let made = prepared.get(options);
  if (!made) {
    made = new PreparedOptions();
    for (const option of options) made.add(option);
    prepared.set(options, made);
  }
  return made;
}

/** A text without case, accents and surplus spaces. */
export function spelling(text: string): string {
  return withoutAccents(text).replace(/\s+/g, ' ').trim().toLowerCase();
}

function withoutAccents(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return text.replace(/\p{M}/gu, '').normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('’', "'");
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}

/** The parts of a name with semicolons, as one text: without case, accents and everything but letters and digits. */
export function foldedParts(parts: readonly string[]): string {
  return parts.map(foldSpelling).join(';');
}

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).map(foldSpelling);
}

function put<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key);
  if (list) list.push(item);
  else map.set(key, [item]);
}
