/** Names in two scripts, as Cyrillic and Latin: nobody can tell by their letters whether they are one. */
import type { Words } from './known-details.ts';

const latin = /^[a-z0-9]*$/;

/** Scripts that names come in. A name in any other is compared by its letters. */
const scripts = [
  ...['Han', 'Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Hiragana', 'Katakana', 'Hangul', 'Devanagari'],
  ...['Bengali', 'Gurmukhi', 'Gujarati', 'Tamil', 'Telugu', 'Malayalam', 'Kannada', 'Sinhala', 'Thai', 'Khmer'],
  ...['Myanmar', 'Ethiopic', 'Georgian', 'Armenian', 'Thaana', 'Lao', 'Tibetan'],
].map(name => new RegExp(`\\p{Script=${name}}`, 'u'));

/** True for names that have no script in common. Words without a letter have none, and may be anything. */
export function areInOtherScripts(a: Words, b: Words): boolean {
  if ([...a, ...b].every(word => latin.test(word))) return false;
  const [ours, theirs] = [scriptsIn(a), scriptsIn(b)];
  return ours.length > 0 && theirs.length > 0 && !ours.some(script => theirs.includes(script));
}

function scriptsIn(words: Words): readonly RegExp[] {
  const text = words.join('');
  return scripts.filter(script => script.test(text));
}
