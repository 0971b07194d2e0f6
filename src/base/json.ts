/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a JSON text; `undefined` for any other text. The parser's own error would quote the text. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first keys of an object, at most so many; an object may have very many. */
export function firstKeys(object: Record<string, unknown>, count: number): string[] {
  const keys: string[] = [];
  for (const key in object) {
    if (keys.length >= count) break;
    keys.push(key);
  }
  return keys;
}

/** Objects that are known to have more keys than somebody asked for: listing all of them takes long. */
const large = new WeakMap<object, number>();

/** All keys of an object; `undefined` for one that has more than so many. */
export function keysUpTo(object: Record<string, unknown>, count: number): string[] | undefined {
  if ((large.get(object) ?? 0) > count) return undefined;
  const keys = Object.keys(object);
  if (keys.length <= count) return keys;
  large.set(object, keys.length);
  return undefined;
}

/** True for a text that has these signs more often than so many times: found natively, as a long text has few of them. */
export function hasMoreOf(signs: readonly string[], text: string, most: number): boolean {
  if (text.length <= most) return false;
  let left = most;
  for (const sign of signs) {
    for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) if (--left < 0) return true;
  }
  return false;
}

/** A copy of a value without what is more levels deep than so many: walking through that may exhaust the stack. */
export function cutBelow(levels: number, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const inner = (part: unknown) => cutBelow(levels - 1, part);
  if (Array.isArray(value)) return levels === 0 ? [] : value.map(inner);
  return levels === 0 ? {} : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inner(part)]));
}

/** True for a list or an object with others in it, more levels deep than so many. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const parts = Array.isArray(value) ? value : Object.values(value);
  return levels === 0 || parts.some(inner => isDeeperThan(levels - 1, inner));
}

/** Sets a property of any name, `__proto__` included. */
export function setOwn(node: Record<string, unknown>, key: string, value: unknown): void {
  // Defining one takes much longer.
  if (key !== '__proto__') node[key] = value;
  else Object.defineProperty(node, key, { value, writable: true, enumerable: true, configurable: true });
}
