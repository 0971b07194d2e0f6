import { memoizeFirst } from '../../base/memoize.ts';
import { equivalentNames } from '../../catalogue/equivalent-names.ts';
import { soundsOf } from '../values/near-names.ts';
import type { KnownDetails, Words } from './known-details.ts';

/** What two people who may be one have in common, in the words of an answer; the most telling first. */
export const blockKinds = [
  'NHS number',
  'external id',
  'e-mail',
  'phone',
  'postcode',
  'address',
  'birthday',
  'name',
] as const;

export type BlockKind = (typeof blockKinds)[number];

/** A text that two people who may be one have in common. */
export interface BlockingKey {
  readonly kind: BlockKind;
  readonly text: string;
}

/** What a person is found by. */
export interface Keys {
  readonly keys: readonly BlockingKey[];
  /** How the words of the names sound. */
  readonly sounds: readonly string[];
}

/** Sounds of words are remembered for so many of them, while people are read. */
const rememberedWords = 20_000;

/**
 * What a person is compared by: with those alone who share one of these. Who may be one person and shares none, as each of
 * several details is misspelt, isn't found.
 */
export function blockingKeysReader(): (details: KnownDetails) => Keys {
  const soundOf = memoizeFirst(rememberedWords, soundOfWord);
  return details => {
    const { nhsNumber, externalId, emails, phones, postcode, born, firstNames, surname } = details;
    const keys: BlockingKey[] = [];
    const add = (kind: BlockKind, text: string) => void keys.push({ kind, text });
    if (nhsNumber !== '') add('NHS number', nhsNumber);
    if (externalId !== '') add('external id', externalId);
    for (const email of emails) add('e-mail', email);
    const firsts = firstNames.map(words => soundOf(words[0] ?? ''));
    const lasts = wordsToCompare(surname).map(soundOf);
    const address = addressIn(details);
    // Who shares a home and may be one is named alike: at least one of two names sounds the same.
    const sounds = [...new Set([...firsts, ...lasts])];
    for (const sound of sounds) {
      for (const phone of phones) add('phone', `${phone}|${sound}`);
      if (postcode !== '') add('postcode', `${postcode}|${sound}`);
      if (address !== '') add('address', `${address}|${sound}`);
    }
    if (born !== undefined) for (const text of dayKeys(born, lasts)) add('birthday', text);
    for (const text of nameKeys(firsts, lasts)) add('name', text);
    return { keys, sounds };
  };
}

/** A day, whichever way round its day and month are; 1 January stands for a day that nobody knows, of very many. */
function dayKeys(born: number, lasts: Words): Words {
  const [year, month, day] = [Math.floor(born / 10_000), Math.floor(born / 100) % 100, born % 100];
  const text = `${year}|${Math.min(month, day)}|${Math.max(month, day)}`;
  return month === 1 && day === 1 ? lasts.map(sound => `${text}|${sound}`) : [text];
}

function addressIn({ address: { numbers, street } }: KnownDetails): string {
  return numbers.length > 0 && street !== '' ? `${numbers[0]}|${street.slice(0, 6)}` : '';
}

/** A first name with a word of the surname, in either order. */
function nameKeys(firsts: Words, lasts: Words): ReadonlySet<string> {
  return new Set(firsts.flatMap(first => lasts.map(last => (first < last ? `${first}|${last}` : `${last}|${first}`))));
}

/** A surname run together, and its longer words: short ones are those of too many, as `de` and `al`. */
function wordsToCompare(surname: Words): Words {
  if (surname.length < 2) return surname;
  return [surname.join(''), ...surname.filter(word => word.length > 2).slice(0, 3)];
}

/** One for all forms of a name, and for words that sound alike. */
function soundOfWord(word: string): string {
  let usual = word;
  for (const form of equivalentNames(word)) if (form < usual) usual = form;
  return soundsOf(usual)[0] ?? usual;
}
