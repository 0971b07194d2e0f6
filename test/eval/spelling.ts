import { plain } from '../../src/sandbox/person.ts';

/** A name's letters: `Zoë Smith-Jones` is `zoesmithjones`. */
export function letters(name: string): string {
  return plain(name)
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');
}

/** Text without case, accents and spaces, with straight apostrophes: what is compared when wording doesn't matter. */
export function squeezed(text: string): string {
  return plain(text).toLowerCase().replaceAll('’', "'").replace(/\s+/g, '');
}

/** Whether a word or phrase of letters and straight apostrophes stands in a text, not merely inside a longer word. */
export function hasWord(text: string, word: string): boolean {
  const whole = new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'iu');
  return whole.test(text.replaceAll('’', "'"));
}

/** The digits of a number, however it is grouped. */
export function digits(number: string): string {
  return number.replace(/\D/g, '');
}
