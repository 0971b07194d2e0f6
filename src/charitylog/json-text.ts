import { decodeHTMLStrict } from 'entities/decode';
import { bounds } from '../base/bounds.ts';
import { CharitylogError } from '../base/errors.ts';
import { hasMoreOf, setOwn } from '../base/json.ts';

/** What they divide takes its time, and long texts hardly any. */
const dividers = [',', '[', '{'];

/**
 * The JSON of a text of the API. PHP pages often escape texts for HTML, as `O&#039;Dwyer`: texts and keys come back as
 * they were meant, unescaped once. A bare `&`, as in `AT&T`, stays.
 *
 * @throws SyntaxError; CharitylogError `unreadable` for a text of so many parts that reading it would keep everybody waiting
 */
export function parseJson(text: string): unknown {
  if (hasMoreOf(dividers, text, bounds.jsonParts)) throw tooManyParts();
  const json: unknown = JSON.parse(text);
  return text.includes('&') || text.includes('\\u0026') ? unescapeTexts(json) : json;
}

/** In place, and without recursion: an answer may be nested deeper than the stack. */
function unescapeTexts(json: unknown): unknown {
  const root = { json };
  const open: object[] = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (!Array.isArray(node)) unescapeKeys(node as Record<string, unknown>);
    for (const [key, value] of Object.entries(node)) {
      if (typeof value === 'object' && value !== null) open.push(value);
      else if (typeof value === 'string' && value.includes('&'))
        setOwn(node as Record<string, unknown>, key, decodeHTMLStrict(value));
    }
  }
  return root.json;
}

/** A key that would become another one of the same object stays as it is. */
function unescapeKeys(node: Record<string, unknown>): void {
  const entries = Object.entries(node);
  if (!entries.some(([key]) => key.includes('&'))) return;
  for (const [key] of entries) delete node[key];
  const taken = new Set(entries.map(([key]) => key));
  for (const [key, value] of entries) {
    const meant = decodeHTMLStrict(key);
    setOwn(node, taken.has(meant) ? key : meant, value);
    taken.add(meant);
  }
}

/** The error for an answer of more parts than are read in one place. */
export function tooManyParts(): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'The answer of Charitylog has very many parts in one place, which is no form that this program knows. Ask a narrower question, ' +
      'or report this to the administrator.',
    { logText: 'too many parts' },
  );
}
