/** What an object, or a list, takes beside what is in it, and a place in it, in bytes. */
const [container, place] = [48, 16];

/**
 * About how many bytes a value of plain JSON, maps and sets takes in memory: hardly less than it does, as each character
 * counts for two bytes. Where that is more than `enough`, counting stops.
 */
export function weightOf(value: unknown, enough: number): number {
  if (typeof value === 'string') return container + 2 * value.length;
  const open: object[] = isContainer(value) ? [value] : [];
  let bytes = open.length * container;
  for (let one = open.pop(); one && bytes <= enough; one = open.pop()) {
    for (const part of partsOf(one)) {
      bytes += place;
      // Most parts are texts and numbers: only what holds more is put by.
      if (typeof part === 'string') bytes += container + 2 * part.length;
      else if (isContainer(part)) {
        bytes += container;
        open.push(part);
      }
      if (bytes > enough) break;
    }
  }
  return bytes;
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  return value instanceof Map ? [...value].flat(1) : Object.values(value);
}
