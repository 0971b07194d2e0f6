import { equivalentNames } from '../../catalogue/equivalent-names.ts';
import { soundsOf } from '../values/near-names.ts';
import type { KnownDetails, Words } from './known-details.ts';

/** What two people who may be one have in common, in the words of an answer. */
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

/**
 * What a person is compared by: with those alone who share one of these. Who may be one person but shares none (each of
 * several details misspelt) isn't found.
 */
export function blockingKeys(details: KnownDetails): readonly BlockingKey[] {
  const { nhsNumber, externalId, emails, phones, postcode, born } = details;
  const keys: BlockingKey[] = [];
  const add = (kind: BlockKind, text: string) => void keys.push({ kind, text });
  if (nhsNumber !== '') add('NHS number', nhsNumber);
  if (externalId !== '') add('external id', externalId);
  for (const email of emails) add('e-mail', email);
  for (const phone of phones) add('phone', phone);
  const names = namesIn(details);
  const initials = new Set(names.map(name => name.charAt(0)));
  for (const initial of initials) {
    if (postcode !== '') add('postcode', `${postcode}|${initial}`);
    const address = addressIn(details);
    if (address !== '') add('address', `${address}|${initial}`);
  }
  if (born !== undefined) for (const text of dayKeys(born, details.surname)) add('birthday', text);
  for (const text of nameKeys(details)) add('name', text);
  return keys;
}

/** A day, whichever way round its day and month are; 1 January stands for a day that nobody knows, of very many. */
function dayKeys(born: number, surname: Words): string[] {
  const [year, month, day] = [Math.floor(born / 10_000), Math.floor(born / 100) % 100, born % 100];
  const text = `${year}|${Math.min(month, day)}|${Math.max(month, day)}`;
  return month === 1 && day === 1 ? surname.map(word => `${text}|${soundOf(word)}`) : [text];
}

function addressIn({ address: { numbers, street } }: KnownDetails): string {
  return numbers.length > 0 && street !== '' ? `${numbers[0]}|${street.slice(0, 6)}` : '';
}

function namesIn({ firstNames, surname }: KnownDetails): readonly string[] {
  return [...firstNames.map(words => words[0] ?? ''), surname[0] ?? ''].filter(name => name !== '');
}

/** How a first name and a word of the surname sound together, in either order. */
function nameKeys({ firstNames, surname }: KnownDetails): ReadonlySet<string> {
  const firsts = firstNames.map(words => soundOf(words[0] ?? ''));
  const lasts = surname
    .filter(word => word.length > 2 || surname.length === 1)
    .slice(0, 3)
    .map(soundOf);
  return new Set(firsts.flatMap(first => lasts.map(last => [first, last].sort().join('|'))));
}

/** One for all forms of a name, and for words that sound alike. */
function soundOf(word: string): string {
  let usual = word;
  for (const form of equivalentNames(word)) if (form < usual) usual = form;
  return soundsOf(usual)[0] ?? usual;
}
