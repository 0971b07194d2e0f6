import type { BodySink } from './exchange.ts';

/** What reads the body of an answer. */
export interface BodyReader extends BodySink {
  /** The text of all of it, but for what was handed on. */
  end(): string;
}

/** Keeps a body of at most so many bytes; a longer one ends its request with the error that `tooLarge` makes. */
export function wholeBody(maxBytes: number, tooLarge: (maxBytes: number) => Error): BodyReader {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    write(chunk) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    },
    end: () => Buffer.concat(chunks).toString('utf8'),
  };
}
