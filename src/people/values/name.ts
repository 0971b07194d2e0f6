import { bounds } from '../../base/bounds.ts';
import { memoizeFirst } from '../../base/memoize.ts';
import { foldedParts, foldSpelling, withPlainApostrophes } from '../../base/spelling.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';
import { NameDistance } from './name-distance.ts';
import { withoutTitles } from './titles.ts';

/** So many texts are remembered a search: very many people share a name. */
const maxRemembered = 20_000;

/** Nobody's name has more words. The cheap test has a bit for each. */
const maxWords = 28;

/** At most so many words are one in a record: `van der Berg` may be stored as `Vanderberg`. */
const maxJoined = 4;

/** A word asked for: folded, and in the parts that signs or capitals divide. */
interface Word {
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Names asked for: any of the texts, each in all of its words, in these fields. */
export function soughtNames(names: readonly string[], fields: readonly string[] = nameFields): readonly SoughtName[] {
  return names.map(name => new SoughtName(name, { fields, maxRemembered: Math.ceil(maxRemembered / names.length) }));
}

/**
 * A name asked for. A person has it who has all of its words, in any order, in first name, surname or known-as, without
 * regard to case, accents, apostrophes, titles and letters behind the name. A single letter stands for a first name; parts
 * of double names count as words.
 */
export class SoughtName {
  readonly #fields: readonly string[];
  readonly #words: readonly Word[];
  /** Which of the words a text of a name may have in it, as bits. */
  readonly #containedIn: (text: string) => number;
  readonly #all: number;
  readonly #distance: NameDistance;

  constructor(name: string, { fields, maxRemembered }: { fields: readonly string[]; maxRemembered: number }) {
    this.#fields = fields;
    this.#words = wordsAskedFor(name);
    this.#all = 2 ** Math.min(this.#words.length, maxWords) - 1;
    this.#containedIn = memoizeFirst(maxRemembered, text => this.#findIn(text));
    this.#distance = new NameDistance(this.#words.flatMap(wordsToCompare), { fields, maxRemembered });
  }

  /** Whether a person has the name. The cheap test comes first, as it leaves few of very many people. */
  isNameOf(person: Person): boolean {
    if (this.#words.length === 0 || this.#words.length > maxWords) return false;
    let found = 0;
    for (const field of this.#fields) {
      const text = person[field];
      if (typeof text === 'string') found |= this.#containedIn(text);
    }
    const mayHave = (found & this.#all) === this.#all || found > this.#all;
    return mayHave && this.#hasAllWords(person);
  }

  /** How far a person's name is from it, 0 the same; `undefined` for one that isn't near. */
  distanceTo(person: Person): number | undefined {
    return this.#distance.to(person);
  }

  #findIn(text: string): number {
    const folded = foldSpelling(text.slice(0, bounds.compared));
    let found = 0;
    this.#words.forEach(({ whole, parts }, n) => {
      if (folded.includes(whole) || parts.some(part => folded.includes(part))) found |= 1 << n;
    });
    if (this.#words.length === 1 && isEndOf(folded, this.#words[0]?.whole ?? '')) found |= 2;
    return found;
  }

  #hasAllWords(person: Person): boolean {
    const known = wordsOf(person, this.#fields);
    const words = this.#words;
    if (known.has(joined(words))) return true;
    // Whether the words up to each one are found, alone or as one word with those before it.
    const reached = [true];
    for (let end = 1; end <= words.length; end++) {
      reached[end] = false;
      for (let start = end - 1; start >= Math.max(0, end - maxJoined) && !reached[end]; start--) {
        if (!reached[start]) continue;
        const [word, ...others] = words.slice(start, end);
        if (word) reached[end] = others.length === 0 ? isKnown(word, known) : known.has(joined([word, ...others]));
      }
    }
    if (reached[words.length]) return true;
    return words.length === 1 && isRunTogether(words[0]?.whole ?? '', person, known);
  }
}

function joined(words: readonly Word[]): string {
  return words.map(({ whole }) => whole).join('');
}

function isKnown({ whole, parts }: Word, known: ReadonlySet<string>): boolean {
  return isWord(whole, known) || (parts.length > 1 && parts.every(part => isWord(part, known)));
}

function isWord(word: string, known: ReadonlySet<string>): boolean {
  return known.has(word) || (word.length === 1 && known.has(initial(word)));
}

/** `gwilymtansley`, in either order: a surname of three letters or more, and a first name. */
function isRunTogether(word: string, { surname }: Person, known: ReadonlySet<string>): boolean {
  const family = typeof surname === 'string' ? foldSpelling(surname) : '';
  if (!isEndOf(family, word)) return false;
  const rests = [word.slice(family.length), word.slice(0, -family.length)];
  return rests.some(
    (rest, n) => rest.length >= 3 && known.has(rest) && (n === 0 ? word.startsWith(family) : word.endsWith(family)),
  );
}

function isEndOf(end: string, word: string): boolean {
  return end.length >= 3 && word.length > end.length && (word.startsWith(end) || word.endsWith(end));
}

/** Everything that one may call a person by: `García-O'Brien` is garciaobrien, garcia, obrien, o and brien. */
function wordsOf(person: Person, fields: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const field of fields) {
    const given = person[field];
    if (typeof given !== 'string') continue;
    const value = given.slice(0, bounds.compared);
    words.add(foldSpelling(value));
    for (const chunk of chunksOf(withPlainApostrophes(value))) {
      words.add(foldSpelling(chunk));
      for (const part of partsOf(chunk)) words.add(part);
      if (field !== 'surname') words.add(initial(foldSpelling(chunk).slice(0, 1)));
    }
  }
  words.delete('');
  return words;
}

/** What stands for the first letter of a first name; no name can be written so. */
function initial(letter: string): string {
  return `${letter}.`;
}

/** The words of a name, family name first or last, as they are compared. */
function wordsAskedFor(name: string): readonly Word[] {
  const parts = withPlainApostrophes(name).split(/[,;]+/).map(chunksOf);
  return withoutTitles(parts).map(chunk => ({ whole: foldSpelling(chunk), parts: partsOf(atCapitals(chunk)) }));
}

/** A name without a space is two words where a capital tells; `MacDonald` is one. */
function wordsToCompare({ whole, parts }: Word): readonly string[] {
  const isOne =
    parts.length < 2 || /^(?:ma?c|o|d|de|del|da|di|du|l|la|le|van|von|fitz|st|ap|al|el|[a-z])$/.test(parts[0] ?? '');
  return isOne ? [whole] : parts;
}

function atCapitals(chunk: string): string {
  return chunk.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}

function chunksOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(chunk => foldSpelling(chunk) !== '');
}

function partsOf(chunk: string): string[] {
  return foldedParts(chunk, /[^\p{L}\p{N}\p{M}]+/u);
}
