const newline = 10;

/** Cuts a stream of bytes into its lines, and holds no more of one than may be taken. */
export class Lines {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that end in this chunk, without their end; `undefined` in place of one that is too long. */
  *add(chunk: Buffer): Generator<Buffer | undefined> {
    let begin = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, begin)) {
      this.#keep(chunk.subarray(begin, end));
      yield this.#take();
      begin = end + 1;
    }
    this.#keep(chunk.subarray(begin));
  }

  #keep(part: Buffer): void {
    this.#size += part.length;
    if (this.#size > this.#maxBytes) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #take(): Buffer | undefined {
    const [first = Buffer.alloc(0), ...rest] = this.#parts;
    const line = rest.length === 0 ? first : Buffer.concat(this.#parts);
    const isTooLong = this.#size > this.#maxBytes;
    this.#parts = [];
    this.#size = 0;
    return isTooLong ? undefined : line;
  }
}
