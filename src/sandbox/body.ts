import { ApiError } from './api-error.ts';

/**
 * Decodes a request body by its Content-Type: JSON, or x-www-form-urlencoded with PHP's brackets for nesting, as in
 * `0[first_name]=Alice`, which gives `[{ first_name: 'Alice' }]`.
 *
 * @throws ApiError 400 when the body isn't what its type says, 415 for other types and charsets.
 */
export function decodeBody(contentType: string | undefined, text: string): unknown {
  const [type, ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map(part => part.trim());
  const charset = parameters.find(parameter => parameter.startsWith('charset='));
  if (charset && !/^charset="?utf-8"?$/.test(charset)) throw new ApiError(415, 'send the body in UTF-8');
  if (type === 'application/json') return parseJson(text);
  if (type === 'application/x-www-form-urlencoded') return parseForm(text);
  throw new ApiError(415, 'send the body as application/x-www-form-urlencoded or application/json');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'the body is not valid JSON');
  }
}

function parseForm(text: string): unknown {
  const entries = text.split('&').map(decodePair);
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new ApiError(400, `${twice} is given twice`);
  return nest(entries);
}

function decodePair(pair: string): [name: string, value: string] {
  const [, name, value = ''] = /^([\w.*+%[\]-]+)=([\w.*+%~!'()-]*)$/.exec(pair) ?? [];
  if (name === undefined) throw notAForm();
  try {
    return [decodeURIComponent(name.replaceAll('+', ' ')), decodeURIComponent(value.replaceAll('+', ' '))];
  } catch {
    throw notAForm();
  }
}

function notAForm(): ApiError {
  return new ApiError(400, 'the body is not a form: send name=value&name=value, percent-encoded as UTF-8');
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
  const [, brackets = ''] = /^[^[]*((?:\[[^[\]]*\])+)$/.exec(name) ?? [];
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
