/** Options with what they are looked up by: worked out once for each list, as a dictionary may have tens of thousands. */
import { bounds } from '../base/bounds.ts';
import { foldSpelling } from '../base/spelling.ts';
import { forEachInTurns } from '../base/turns.ts';
import type { Option } from '../charitylog/api.ts';

/** An option, ready to be compared with texts. */
interface PreparedOption {
  readonly option: Option;
  /** Its name without case, accents and everything but letters and digits. */
  readonly folded: string;
  /** The words of its name, folded, with a space before and behind each. */
  readonly words: string;
  /** The words that deny what the others say. */
  readonly denials: readonly string[];
}

/** Looks up the options of one list. */
export class PreparedOptions {
  /** In the order of the list. */
  readonly all: PreparedOption[] = [];
  readonly names: string[] = [];
  /** Their folded spellings. */
  readonly folds: string[] = [];
  readonly #byId = new Map<string, Option[]>();
  readonly #byName = new Map<string, Option[]>();
  readonly #bySpelling = new Map<string, Option[]>();
  readonly #byFolded = new Map<string, Option[]>();

  add(option: Option): void {
    const name = option.name.slice(0, bounds.compared);
    const folded = foldSpelling(name);
    const words = wordsOf(name);
    this.all.push({
      option,
      folded,
      words: ` ${words.join(' ')} `,
      denials: words.filter(word => negations.has(word)),
    });
    this.names.push(option.name);
    this.folds.push(folded);
    put(this.#byId, option.id, option);
    put(this.#byName, option.name, option);
    put(this.#bySpelling, spelling(name), option);
    put(this.#byFolded, folded, option);
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

  /** Those whose name has the same letters and digits. */
  folded(folded: string): readonly Option[] {
    return this.#byFolded.get(folded) ?? [];
  }
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
  return text
    .replace(/\p{M}/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

const negations = new Set(['no', 'not', 'non', 'none', 'never', 'without', 'un', 'refused', 'declined']);

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}\p{M}]+/u).map(foldSpelling);
}

function put(map: Map<string, Option[]>, key: string, option: Option): void {
  const list = map.get(key);
  if (list) list.push(option);
  else map.set(key, [option]);
}
