import { ApiError } from './api-error.ts';

/**
 * Decodes a request body by its Content-Type: JSON, or x-www-form-urlencoded with PHP's brackets for nesting, as in
 * `0[first_name]=Alice`, which gives `[{ first_name: 'Alice' }]`. A form whose only key or value is a JSON text gives what that
 * text says, since the manual prints JSON under "x-www-form-urlencoded" (API external referrals).
 *
 * @throws ApiError 400 when the body isn't what its type says, 415 for other types.
 */
export function decodeBody(contentType: string | undefined, text: string): unknown {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return parseJson(text);
  if (type === 'application/x-www-form-urlencoded') return isJson(text) ? parseJson(text) : parseForm(text);
  throw new ApiError(415, 'send the body as application/x-www-form-urlencoded or application/json');
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'the body is not valid JSON');
  }
}

function parseForm(text: string): unknown {
  const entries = [...new URLSearchParams(text)];
  const [first] = entries;
  const only = entries.length === 1 ? first?.find(isJson) : undefined;
  return only === undefined ? nest(entries) : parseJson(only);
}

/** A form, or a part of one. It has no prototype, so that no key can mean anything but itself. */
interface FormNode {
  [key: string]: string | FormNode;
}

function newNode(): FormNode {
  return Object.create(null);
}

function nest(entries: readonly (readonly [string, string])[]): unknown {
  const form = newNode();
  for (const [name, value] of entries) insert(form, splitName(name), value);
  const keys = Object.keys(form);
  return keys.length > 0 && keys.every(key => /^\d+$/.test(key)) ? Object.values(form) : form;
}

/** `0[relationships][1]` is `['0', 'relationships', '1']`. */
function splitName(name: string): string[] {
  const brackets = /(?:\[[^\]]*\])+$/.exec(name)?.[0] ?? '';
  const inner = brackets.slice(1, -1);
  return [name.slice(0, name.length - brackets.length), ...(brackets ? inner.split('][') : [])];
}

function insert(node: FormNode, [key = '', ...deeper]: readonly string[], value: string): void {
  if (deeper.length === 0) {
    node[key] = value;
    return;
  }
  const child = node[key];
  const branch = typeof child === 'object' ? child : newNode();
  node[key] = branch;
  insert(branch, deeper, value);
}
