/** The API's own words, as they may be told on. */
import { decodeHTML } from 'entities/decode';
import { memoizeByObject } from '../../base/memoize.ts';
import { visibleLine } from '../../base/visible-text.ts';
import type { Keys } from '../../settings/config.ts';

/** So many characters of a message are looked at; what may be the beginning of a key that is cut there isn't shown. */
const longestLookedAt = 4000;
const longestKey = 1000;
const longestShown = 1000;
const longestTold = 300;

/** A shorter key could be a part of any word: it is masked only as it is. */
const shortestForm = 6;

/**
 * The API's own words as the tail of a sentence: without markup, addresses, paths and keys, at most 300 characters. Nothing
 * where a key is in them in some other form than its own.
 */
export function quoted(message: string, keys: Keys): string {
  const looked = message.slice(0, longestLookedAt);
  if (holdsKey(looked, keys)) return '';
  const isCut = looked.length < message.length;
  const text = visibleLine(
    masked(looked, keys)
      .slice(0, isCut ? -longestKey : undefined)
      .slice(0, longestShown),
  )
    .replace(/\b[a-z][a-z0-9+.-]{0,30}:\/\/\S+/gi, '[address]')
    .replace(/(^|[\s"'(])(?:[A-Za-z]:)?(?:[\\/][A-Za-z_][\w.@%+-]*){2,}/g, '$1[path]')
    .replace(/(?<![\w.+-])[\w.+-]+@[\w.-]+/g, '[address]')
    .replace(/\d[\d ]{7,}\d/g, '[number]')
    .replace(/\s+/g, ' ')
    .trim();
  return text === '' ? '' : `: "${text.length > longestTold ? `${text.slice(0, longestTold - 1)}…` : text}"`;
}

/** The text without markup, and with keys masked that stand in it as they are. */
function masked(message: string, keys: Keys): string {
  const text = message.replace(/<[^<>]*>/g, ' ');
  return valuesOf(keys).reduce((rest, key) => rest.replaceAll(key, '[key]'), text);
}

/** True where a text holds a key in another form than its own. */
function holdsKey(message: string, keys: Keys): boolean {
  const forms = formsOf(keys);
  const rest = valuesOf(keys).reduce((text, key) => text.replaceAll(key, ' '), message);
  const texts = [rest, masked(message, keys)].flatMap(text => readings.map(read => squeezed(read(text))));
  return forms.some(form => texts.some(text => text.includes(form)));
}

/** Every form of the keys that a text may have, squeezed: as they are, from behind, in hexadecimal digits and in base64. */
const formsOf = memoizeByObject((keys: Keys): readonly string[] => {
  const forms = valuesOf(keys).flatMap(key => {
    const cases = [key, key.toUpperCase(), key.toLowerCase(), swappedCase(key)];
    const coded = cases.flatMap(one => [Buffer.from(one).toString('hex'), ...base64Of(one)]);
    return [key, [...key].reverse().join(''), ...coded].map(squeezed);
  });
  return [...new Set(forms)].filter(form => form.length >= shortestForm);
});

/** What base64 makes of a key inside a longer text, whatever comes before it: the part that depends on nothing else. */
function base64Of(key: string): string[] {
  return [0, 1, 2].map(offset => {
    const text = Buffer.from(' '.repeat(offset) + key).toString('base64');
    return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + key.length) * 8) / 6));
  });
}

function valuesOf({ source, org, user }: Keys): string[] {
  return [source, org, user].filter(key => key !== '');
}

function swappedCase(text: string): string {
  return text.replace(/[a-z]/gi, letter => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));
}

/** Letters and digits alone, in small letters: signs, spaces and line breaks may split a key. */
function squeezed(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

const percent = decoder(/%([0-9a-f]{2})/gi);
const json = decoder(/\\(?:u\{?0{0,4}|x)([0-9a-f]{2})\}?/gi);
const mail = decoder(/=([0-9a-f]{2})/gi);

/** The ways in which a text can be read, as codes may be meant or not: `=3f` may be one, or the beginning of a key. */
const readings: readonly ((text: string) => string)[] = [
  text => text,
  percent,
  json,
  mail,
  decodeHTML,
  twice(percent),
  twice(json),
  twice(decodeHTML),
  twice(text => decodeHTML(json(percent(text)))),
];

/** Reads the codes of characters, in hexadecimal digits. */
function decoder(codes: RegExp): (text: string) => string {
  return text => text.replace(codes, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function twice(read: (text: string) => string): (text: string) => string {
  return text => read(read(text));
}
