/** An answer, and what reads its body. */

/** The beginning of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
  /** The `Retry-After` header, or `undefined`. */
  readonly retryAfter: string | undefined;
}

/** What takes the body of an answer. */
export interface BodySink {
  /** Takes the next part, decompressed. What it throws ends the request. */
  write(chunk: Uint8Array): void;
}

/** What reads the body of an answer. */
export interface BodyReader extends BodySink {
  /** The text of the body, without the parts that were handed on. */
  end(): string;
}

/** One answer, read whole. */
export type HttpAnswer = AnswerHead & { readonly text: string };

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

/** Stands for a body that is not JSON. */
export const notJson = Symbol('not JSON');

/** An answer's JSON, or `undefined` where the body is blank; {@link notJson} where it is neither. */
export function jsonOf(answer: HttpAnswer): unknown | typeof notJson {
  const text = answer.text.replace(/^\uFEFF/, '').trim();
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}
