import type { Transform } from 'node:stream';

/** How an answer is packed. */
export type Encoding = 'br' | 'gzip';

/** Who is told of what is unpacked. */
export interface UnpackerEvents {
  /** Takes the next part. What it throws is an error of the answer. */
  data(chunk: Uint8Array): void;
  /** The next packed part may come. */
  drain(): void;
  end(): void;
  error(error: Error): void;
}

/** The longest answer that is unpacked at once, in bytes, packed and unpacked. */
const shortPacked = 32_768;
const shortUnpacked = 1_048_576;

/**
 * Unpacks an answer: a long one while it arrives, on another thread; a short one at once when all of it is there, since
 * handing it over would take longer.
 */
export class Unpacker {
  readonly #encoding: Encoding;
  readonly #events: UnpackerEvents;
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;
  #decoder: Transform | undefined;

  constructor(encoding: Encoding, events: UnpackerEvents) {
    this.#encoding = encoding;
    this.#events = events;
  }

  /** Takes the next packed part; false asks for a pause until `drain`. */
  write(chunk: Uint8Array): boolean {
    if (this.#decoder) return this.#decoder.write(chunk);
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes > shortPacked) this.#decoder = this.#openDecoder();
    return true;
  }

  /** Ends the answer: `end` or `error` follows. */
  end(): void {
    if (!this.#decoder && !this.#unpackAtOnce()) this.#decoder = this.#openDecoder();
    this.#decoder?.end();
  }

  /** Unpacks nothing more. */
  destroy(): void {
    this.#decoder?.destroy();
  }

  /** False where it would become too long. */
  #unpackAtOnce(): boolean {
    const { brotliDecompressSync, gunzipSync } = process.getBuiltinModule('node:zlib');
    const unpack = this.#encoding === 'br' ? brotliDecompressSync : gunzipSync;
    try {
      if (this.#bytes > 0) this.#events.data(unpack(Buffer.concat(this.#parts), { maxOutputLength: shortUnpacked }));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return false;
      this.#events.error(error as Error);
      return true;
    }
    this.#events.end();
    return true;
  }

  #openDecoder(): Transform {
    const { createBrotliDecompress, createGunzip } = process.getBuiltinModule('node:zlib');
    const { data, drain, end, error } = this.#events;
    const decoder = this.#encoding === 'br' ? createBrotliDecompress() : createGunzip();
    decoder.on('data', chunk => {
      try {
        data(chunk);
      } catch (thrown) {
        error(thrown as Error);
      }
    });
    decoder.on('drain', drain).on('end', end).on('error', error);
    for (const part of this.#parts.splice(0)) decoder.write(part);
    return decoder;
  }
}
