import { isWrapper } from '../rows.ts';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [bracket, closingBracket, brace, closingBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Where an answer's records are: in the list or the map that opens at this position. */
export interface Container {
  readonly open: number;
  readonly kind: '[' | '{';
}

/**
 * Finds the records in the beginning of an answer: a list, a map keyed by ids, or one of them in a wrapper such as
 * `{"data": ...}`, behind whatever else the wrapper holds.
 *
 * @returns `undefined` where the text doesn't show them, or not yet
 */
export function findContainer(text: string): Container | undefined {
  let at = afterSpace(text, 0);
  if (text[at] === '[') return { open: at, kind: '[' };
  if (text[at] !== '{') return undefined;
  let open = at++;
  while (at < text.length) {
    const key = readKey(text, at);
    if (!key || key.name === 'id') return undefined;
    const first = text[key.valueAt];
    if (/^\d+$/.test(key.name) && text.slice(open + 1, key.at).trim() === '') return { open, kind: '{' };
    if (first === '[' && isWrapper(key.name)) return { open: key.valueAt, kind: '[' };
    if (first === '{' && isWrapper(key.name)) {
      open = key.valueAt;
      at = open + 1;
      continue;
    }
    let next = afterSpace(text, afterValue(text, key.valueAt));
    // A wrapper that ends without records is none; they may follow it.
    while (text[next] === '}' && open > 0) next = afterSpace(text, next + 1);
    if (text[next] !== ',') return undefined;
    at = next + 1;
  }
  return undefined;
}

interface Key {
  readonly at: number;
  readonly name: string;
  readonly valueAt: number;
}

function readKey(text: string, from: number): Key | undefined {
  const at = afterSpace(text, from);
  if (text[at] !== '"') return undefined;
  const end = afterString(text, at);
  const colon = afterSpace(text, end);
  if (text[colon] !== ':') return undefined;
  const valueAt = afterSpace(text, colon + 1);
  return valueAt < text.length ? { at, name: text.slice(at + 1, end - 1), valueAt } : undefined;
}

/** The position after a value of any kind; the text's length where it doesn't end here. */
function afterValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    // What may be millions of characters long passes here.
    const char = text.charCodeAt(at);
    if (char === quote) {
      at = afterString(text, at) - 1;
      if (depth === 0) return at + 1;
    } else if (char === brace || char === bracket) depth++;
    else if (char === closingBrace || char === closingBracket) {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (char === comma || isSpace(char))) return at;
  }
  return text.length;
}

function afterString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === backslash) at++;
    else if (char === quote) return at + 1;
  }
  return text.length;
}

/** An expression passes millions of spaces in less time than a loop does; byte order marks count, of which there may be two. */
const noSpace = /\S/g;

function afterSpace(text: string, from: number): number {
  noSpace.lastIndex = from;
  return noSpace.test(text) ? noSpace.lastIndex - 1 : text.length;
}

function isSpace(char: number): boolean {
  return char === 0x20 || (char >= 0x09 && char <= 0x0d);
}
