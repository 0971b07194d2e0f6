/** What an object, or a list, takes beside what is in it, and a place in it, in bytes. */
const [container, place] = [48, 16];

/**
 * About how many bytes a value of plain JSON, maps and sets takes in memory: hardly less than it does, as each character
 * counts for two bytes.
 *
 * @param enough where counting may stop: what is heavier may be told as anything above it
 */
export function weightOf(value: unknown, enough: number): number {
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0 && bytes <= enough) {
    const one = open.pop();
    if (typeof one === 'string') bytes += container + 2 * one.length;
    else if (typeof one === 'object' && one !== null) {
      bytes += container;
      for (const part of partsOf(one)) {
        bytes += place;
        open.push(part);
        if (bytes > enough) break;
      }
    }
  }
  return bytes;
}

function partsOf(value: object): Iterable<unknown> {
  if (Array.isArray(value) || value instanceof Set) return value;
  return value instanceof Map ? [...value].flat(1) : Object.values(value);
}
