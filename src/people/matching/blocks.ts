import { Turn } from '../../base/turns.ts';

/** A key's people are sorted in parts, so that no sort lasts long. */
const partCount = 256;

/** Positions are less than this, and a hash times this is a whole number still. */
const positionLimit = 2 ** 21;

/** People by a key that some of them share, in 8 bytes a person and key. Two keys of one hash are one: that finds more, not less. */
export class Blocks {
  readonly #parts = Array.from({ length: partCount }, () => new Numbers());

  /** @param position of the person among all, less than two million */
  add(key: string, position: number): void {
    const hash = hashOf(key);
    this.#parts[hash % partCount]?.push(hash * positionLimit + position);
  }

  /** Those of each key that several people have, by and by. */
  async *shared(): AsyncGenerator<readonly number[]> {
    const turn = new Turn();
    for (const part of this.#parts) {
      const sorted = part.values().sort();
      for (let start = 0; start < sorted.length; ) {
        const hash = Math.floor((sorted[start] ?? 0) / positionLimit);
        let end = start + 1;
        while (end < sorted.length && Math.floor((sorted[end] ?? 0) / positionLimit) === hash) end++;
        if (end > start + 1) yield [...new Set(Array.from(sorted.subarray(start, end), one => one % positionLimit))];
        start = end;
      }
      if (turn.isOver) await turn.next();
    }
  }
}

/** A list of numbers that grows. */
class Numbers {
  #list = new Float64Array(16);
  #length = 0;

  push(number: number): void {
    if (this.#length === this.#list.length) {
      const list = new Float64Array(this.#length * 2);
      list.set(this.#list);
      this.#list = list;
    }
    this.#list[this.#length++] = number;
  }

  values(): Float64Array {
    return this.#list.subarray(0, this.#length);
  }
}

/** FNV-1a, in 32 bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
