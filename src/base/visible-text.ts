/**
 * Makes stored text safe to hand to an assistant: characters that nobody sees, or that change how others are seen, are
 * taken out (control, bidirectional, zero-width and tag characters). Letters of every language, emoji and line breaks
 * stay as they are; text is never judged by its words.
 *
 * @example cleanText('Jo\u202Ehn\u200B') // 'John'
 */
export function cleanText(text: string): string {
  if (hasOnlyVisible(text)) return text;
  const lines = text.toWellFormed().replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n');
  if (!invisibleAlone.test(lines)) return lines;
  return lines.replace(neededOrInvisible(), (_, needed: string | undefined) => needed ?? '');
}

/** A text that is to be one line, such as a label: cleaned, each run of spaces and line breaks one space. */
export function visibleLine(text: string): string {
  return hasOnlyVisible(text) ? text : cleanText(text).replace(/\s+/g, ' ').trim();
}

/** Spaces of any width, and the blank of Braille, which are blank for whoever looks. */
const otherSpaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u2800\u3000]/g;

/**
 * What somebody typed or pasted, as it looks: cleaned, with plain spaces and hyphens, and the letters that a ligature or a
 * letter with marks is made of in their usual form.
 */
export function typedText(text: string): string {
  if (/^[\x20-\x7e\n\t]*$/.test(text)) return text;
  const clean = cleanText(text)
    .replace(otherSpaces, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replace(/[\uFB00-\uFB06]/g, letters => letters.normalize('NFKC'));
  return hasFewMarks(clean) ? clean.normalize('NFC') : clean;
}

/** False for a text with a long run of marks: putting one in order takes the square of its length. */
export function hasFewMarks(text: string): boolean {
  return !/\p{M}{30}/u.test(text);
}

/** True for texts of which nothing is ever taken out, as nearly all are: of ASCII and the letters of Western Europe. */
function hasOnlyVisible(text: string): boolean {
  return /^[\x20-\x7e\u00c0-\u017f]*$/.test(text);
}

/** Nothing is looked into deeper; what is nested so would be made to exhaust whoever walks through it. */
const deepest = 64;

/**
 * The same for every text in a value, the names of fields included: all that leaves the program passes this, or
 * {@link cleanJson}. A value with nothing to be taken out of it is given back as it is.
 */
export function cleanValue<T>(value: T): T {
  return isClean(value, 0) ? value : (cleanPart(value, 0) as T);
}

/** A value, cleaned, and its JSON text. */
export function cleanJson<T>(value: T): { readonly json: string; readonly clean: T } {
  const json = JSON.stringify(value);
  // That there is nothing to be taken out, escaped or not, nearly always shows here: looking into the value takes longer.
  if (hasOnlyVisible(json) && !/\\[bfru]/.test(json)) return { json, clean: value };
  const clean = cleanValue(value);
  return { json: JSON.stringify(clean), clean };
}

/** True for a value with nothing to be taken out, as nearly all are: no copy is made of it. */
function isClean(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return cleanText(value) === value;
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.every(part => isClean(part, depth + 1));
  for (const key in value) {
    if (cleanText(key) !== key || !isClean((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

function cleanPart(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '(nested too deep)';
  const inner = (part: unknown) => cleanPart(part, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [cleanText(key), inner(part)]));
}

/** Scripts whose words are spelled with joiners. */
const joiningScripts = (
  'Adlam Arabic Bengali Devanagari Gujarati Gurmukhi Hanifi_Rohingya Kannada Khmer Malayalam Mongolian Myanmar Nko Oriya ' +
  'Sinhala Syriac Tamil Telugu Tibetan'
)
  .split(' ')
  .map(script => `\\p{Script_Extensions=${script}}`)
  .join('');

/** What can't be seen and yet belongs to what can. */
const needed = [
  // the flags of England, Scotland and Wales, which are spelled in tag characters
  '\\u{1F3F4}\\u{E0067}\\u{E0062}(?:\\u{E0065}\\u{E006E}\\u{E0067}|\\u{E0073}\\u{E0063}\\u{E0074}|\\u{E0077}\\u{E006C}\\u{E0073})\\u{E007F}',
  // the joiner inside an emoji, and the selector that makes a sign one
  '(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})',
  '(?<=\\p{Emoji})\\uFE0F',
  // joiners inside a word
  `(?<=[${joiningScripts}])[\\u200C\\u200D](?=[${joiningScripts}])`,
  // the joiner behind a sign that takes a vowel away, and the selector of an ideograph's form
  '(?<=[\\u094D\\u09CD\\u0A4D\\u0ACD\\u0B4D\\u0BCD\\u0C4D\\u0CCD\\u0D4D\\u0DCA])\\u200D',
  '(?<=\\p{Script=Han})[\\u{E0100}-\\u{E01EF}]',
  // the separator of a vowel inside a Mongolian word, and signs around numbers, which are seen
  '(?<=\\p{Script=Mongolian})\\u180E(?=\\p{Script=Mongolian})',
  '[\\u0600-\\u0605\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u{110BD}\\u{110CD}]',
].join('|');

/** Control and format characters (the bidirectional and zero-width ones among them), fillers, selectors, tags, and places of objects. */
const invisible =
  '[^\\P{Cc}\\n\\t]|[\\p{Cf}\\p{Noncharacter_Code_Point}\\uFFFC\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u3164\\uFFA0\\uFE00-\\uFE0F\\u{E0000}-\\u{E0FFF}]';

const invisibleAlone = new RegExp(invisible, 'u');

let pattern: RegExp | undefined;

/** Made when first used: few texts need it, and making it takes a fiftieth of the start. */
function neededOrInvisible(): RegExp {
  pattern ??= new RegExp(`(${needed})|${invisible}`, 'gu');
  return pattern;
}
