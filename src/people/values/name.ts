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

/**
 * Whether a person has all the words of a name, in any order, in first name, surname or known-as, without regard to
 * case, accents and apostrophes. A single letter stands for a first name; parts of double names count as words.
 *
 * @param fields the fields to look in, all three unless told
 */
export function nameMatcher(name: string, fields: readonly string[] = nameFields): (person: Person) => boolean {
  const chunks = chunksOf(name);
  const words = chunks.length > 1 && titles.has(foldSpelling(chunks[0] ?? '')) ? chunks.slice(1) : chunks;
  return person => {
    const known = wordsOf(person, fields);
    return words.every(word => matches(word, known)) || known.has(foldSpelling(name));
  };
}

function matches(word: string, known: ReadonlySet<string>): boolean {
  if (isWord(foldSpelling(word), known)) return true;
  const parts = partsOf(word);
  return parts.length > 1 && parts.every(part => isWord(part, known));
}

function isWord(word: string, known: ReadonlySet<string>): boolean {
  return known.has(word) || (word.length === 1 && known.has(initial(word)));
}

/** Everything that one may call a person by: `García-O'Brien` is garciaobrien, garcia, obrien, o and brien. */
function wordsOf(person: Person, fields: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const field of fields) {
    const value = person[field];
    if (typeof value !== 'string') continue;
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
