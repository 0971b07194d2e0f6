/** How the API writes single values. */
import { isObject } from '../base/json.ts';

/** An id as a positive whole number, from a number or a numeric string. */
export function integerId(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\s*\d{1,15}\s*$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** A yes/no value as the API may write it (`Y`, `N`, 1, "true", ...), or `undefined` for anything else. */
export function decodeYesNo(value: unknown): boolean | undefined {
  const word = String(value).trim().toLowerCase();
  if (['y', 'yes', 'true', '1'].includes(word)) return true;
  return ['n', 'no', 'false', '0'].includes(word) ? false : undefined;
}

/** A person's type ids (or names), from one id, a list, ids joined by `;` or `,`, or `{id, name}`; each once. */
export function decodeTypes(value: unknown): string[] {
  return [...new Set(typesOf(value))];
}

function typesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(typesOf);
  if (typeof value === 'number') return [String(value)];
  if (typeof value === 'string') {
    return value
      .split(/[;,]/)
      .map(part => part.trim())
      .filter(part => part !== '');
  }
  if (!isObject(value)) return [];
  return 'id' in value ? typesOf(value.id) : Object.keys(value);
}
