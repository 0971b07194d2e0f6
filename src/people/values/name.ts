import { bounds } from '../../base/bounds.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Person } from '../../charitylog/api.ts';

/** A title is free text in Charitylog (manual: Integrations) and no part of a name. */
const titles: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'prof',
  'rev',
  'sir',
  'lady',
  'dame',
]);

/** A word of the name that is sought. */
interface Word {
  readonly folded: string;
  /** The parts of a double name. */
  readonly parts: readonly string[];
}

/**
 * Whether a person has all the words of one of these names, in any order, in first name, surname or known-as, without regard
 * to case, accents and apostrophes. A single letter stands for a first name; parts of double names count as words.
 *
 * @param fields the fields to look in, all three unless told
 */
export function nameMatcher(
  names: string | readonly string[],
  fields: readonly string[] = nameFields,
): (person: Person) => boolean {
  // Worked out here and not for each of very many people.
  const sought = [names].flat().map(soughtName);
  return person => {
    const known = wordsOf(person, fields);
    return sought.some(({ words, whole }) => words.every(word => matches(word, known)) || known.has(whole));
  };
}

function soughtName(name: string): { words: readonly Word[]; whole: string } {
  const chunks = chunksOf(name);
  const words = chunks.length > 1 && titles.has(foldSpelling(chunks[0] ?? '')) ? chunks.slice(1) : chunks;
  return {
    words: words.map(word => ({ folded: foldSpelling(word), parts: partsOf(word) })),
    whole: foldSpelling(name),
  };
}

function matches({ folded, parts }: Word, known: ReadonlySet<string>): boolean {
  return isWord(folded, known) || (parts.length > 1 && parts.every(part => isWord(part, known)));
}

function isWord(word: string, known: ReadonlySet<string>): boolean {
  return known.has(word) || (word.length === 1 && known.has(initial(word)));
}

/** Everything that one may call a person by: `García-O'Brien` is garciaobrien, garcia, obrien, o and brien. */
function wordsOf(person: Person, fields: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const field of fields) {
    const given = person[field];
    if (typeof given !== 'string') continue;
    const value = given.slice(0, bounds.compared);
    words.add(foldSpelling(value));
    for (const chunk of chunksOf(value)) {
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

function chunksOf(text: string): string[] {
  return text.split(/[\s,]+/).filter(chunk => foldSpelling(chunk) !== '');
}

function partsOf(chunk: string): string[] {
  return chunk
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(foldSpelling)
    .filter(part => part !== '');
}
