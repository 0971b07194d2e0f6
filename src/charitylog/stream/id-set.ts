const idsPerBlock = 1024;

/** A set of ids that takes about a bit for each where they lie close together, as record ids do. */
export class IdSet {
  readonly #blocks = new Map<number, Uint32Array>();

  /** Adds an id; false where it was there already. */
  add(id: number): boolean {
    const number = Math.floor(id / idsPerBlock);
    let block = this.#blocks.get(number);
    if (!block) {
      block = new Uint32Array(idsPerBlock / 32);
      this.#blocks.set(number, block);
    }
    const position = id % idsPerBlock;
    const word = position >>> 5;
    const bit = 1 << (position & 31);
    const before = block[word] ?? 0;
    block[word] = before | bit;
    return (before & bit) === 0;
  }

  has(id: number): boolean {
    const block = this.#blocks.get(Math.floor(id / idsPerBlock));
    const position = id % idsPerBlock;
    return (((block?.[position >>> 5] ?? 0) >>> (position & 31)) & 1) === 1;
  }
}
