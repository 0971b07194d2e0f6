/** What records hold in fields of no kind of their own. */

/** A recorded number; `undefined` for what is none. */
export function plainNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^\s*-?\d{1,15}(?:\.\d{1,6})?\s*$/.test(value) ? Number(value) : undefined;
}

/** A value as one text: the parts of a list divided by `; `, what is nested deeper as JSON. */
export function plainText(value: unknown): string {
  if (typeof value !== 'object') return String(value);
  const isList = Array.isArray(value) && value.every(item => typeof item !== 'object');
  return isList ? value.join('; ') : JSON.stringify(value);
}
