/** What people type and paste, made fit to be stored: what looks the same is written the same. */
import { hasFewMarks, typedText } from '../../base/visible-text.ts';
import type { Field } from '../../catalogue/field.ts';
import type { Meaning } from '../../catalogue/meaning.ts';
import type { Given } from '../call.ts';

/** Meanings of texts in words, which may need signs of other scripts; numbers, addresses and days need none. */
const inWords: readonly (Meaning | undefined)[] = [undefined, 'name', 'address', 'note', 'text'];

/** A value without what nobody sees, and with plain signs for those that look like them. */
export function cleanValueOf({ field, value }: Given): Given['value'] {
  if (typeof value === 'string') return cleanText(field, value);
  return typeof value === 'object' ? value.map(text => cleanText(field, text)).filter(text => text !== '') : value;
}

/** Tells which values were written otherwise than they came. A letter whose parts were put together is none of these. */
export function cleanedNotes(given: readonly Given[], clean: readonly Given[]): string[] {
  const changed = given
    .filter(({ value }, n) => !isComposed(String(value), String(clean[n]?.value)))
    .map(one => one.argument);
  return changed.length > 0 ? [`Taken without characters that nobody sees: ${changed.join(', ')}.`] : [];
}

/** True if a clean text is what came, but for letters that came in several parts. */
function isComposed(came: string, clean: string): boolean {
  return came === clean || (hasFewMarks(came) && came.normalize('NFC') === clean);
}

/** Asks about characters that were lost or changed on their way: what is there would be stored instead. */
export function lostCharacters({ argument, field, value }: Given): string[] {
  const texts = [value].flat().map(String);
  const ask = 'ask how it is written, and give it anew.';
  // A lone half of a character becomes this sign.
  if (texts.some(text => text.toWellFormed().includes('\uFFFD'))) {
    return [`${argument} has a \uFFFD where a character was lost: ${ask}`];
  }
  const isName = field.meaning === 'name';
  return isName && texts.some(text => garbled.test(text))
    ? [`${argument} has characters that were garbled: ${ask}`]
    : [];
}

/** UTF-8 read as Latin letters (`SiÃ¢n`), a letter that became `?`, and signs escaped for HTML (`O&#039;Dwyer`). */
const garbled = /[\u00C2-\u00C5][\u0080-\u00BF]|\u00E2\u20AC|\p{L}\?\p{L}|&#?\w{1,10};/u;

function cleanText({ meaning }: Field, text: string): string {
  const typed = typedText(text).trim();
  if (meaning === 'name') return typed.replace(/ {2,}/g, ' ');
  if (inWords.includes(meaning)) return typed;
  // An address holds no space, so one that nobody sees isn't part of it, either.
  return (meaning === 'e-mail' ? withoutUnseenSpaces(text) : typed).normalize('NFKC');
}

/** A space of another kind came along with the copy; a plain one was typed, and may stand between two addresses. */
function withoutUnseenSpaces(text: string): string {
  const kept = text.replace(/[^\S \n\t]/g, '');
  return typedText(kept).trim();
}
