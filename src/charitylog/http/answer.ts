/** An answer, and what reads its body. */
import type { Hold } from '../../base/budget.ts';
import { parseJson } from '../json-text.ts';
import { parseInTurns } from '../stream/json-in-turns.ts';

/** The beginning of an answer. */
export interface AnswerHead {
  readonly status: number;
  readonly contentType: string;
  /** The `Retry-After` header, or `undefined`. */
  readonly retryAfter: string | undefined;
  /** All headers, by their names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** True for a status that says that all went well. */
export function isSuccess({ status }: { status: number }): boolean {
  return status >= 200 && status < 300;
}

/** What takes the body of an answer. */
export interface BodySink {
  /** Takes the next part, decompressed. What it throws ends the request. */
  write(chunk: Uint8Array): void;
  /** Resolves when this part may be taken; `undefined` where it may at once. What it rejects with ends the request. */
  readonly ready?: ((next: Uint8Array) => Promise<void> | undefined) | undefined;
}

/** What reads the body of an answer. */
export interface BodyReader extends BodySink {
  /** The text of the body, without the parts that were handed on. */
  end(): string;
}

/** One answer, read whole. */
export type HttpAnswer = AnswerHead & { readonly text: string };

/** Keeps a text of at most so many characters; a longer one ends its request with the error that `tooLarge` makes. */
export function wholeText(maxLength: number, tooLarge: (maxLength: number) => Error): KeepingReader {
  const parts: string[] = [];
  let length = 0;
  return {
    write(part) {
      length += part.length;
      if (length > maxLength) throw tooLarge(maxLength);
      parts.push(part);
    },
    end: () => parts.join(''),
    kept: () => length,
  };
}

/** Keeps the beginning of a text: at most so many characters. */
export function beginningOf(maxLength: number): TextReader {
  let kept = '';
  return {
    write(part) {
      if (kept.length < maxLength) kept += part.slice(0, maxLength - kept.length);
    },
    end: () => kept,
  };
}

/** Stands for a body that is not JSON. */
export const notJson = Symbol('not JSON');

/** An answer's JSON, or `undefined` where the body is blank; {@link notJson} where it is neither. */
export function jsonOf(answer: HttpAnswer): unknown | typeof notJson {
  const text = answer.text.trim();
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    return orNotJson(error);
  }
}

/** The same for a long answer, whose rows are read by and by. */
export async function jsonInTurns(answer: HttpAnswer): Promise<unknown | typeof notJson> {
  const text = answer.text.trim();
  if (text === '') return undefined;
  return parseInTurns(text).catch(orNotJson);
}

function orNotJson(error: unknown): typeof notJson {
  if (error instanceof SyntaxError) return notJson;
  throw error;
}

/** What reads the text of an answer. */
export interface TextReader {
  write(part: string): void;
  /** The text of the body, without the parts that were handed on. */
  end(): string;
}

/** One that tells how many characters it keeps. */
export interface KeepingReader extends TextReader {
  kept(): number;
}

/** The same reader, which ends its request where what it keeps doesn't fit any more, two bytes a character. */
export function weighed(reader: KeepingReader, hold: Hold, noRoom: () => Error): TextReader {
  return {
    write(part) {
      reader.write(part);
      if (!hold.resize(2 * reader.kept())) throw noRoom();
    },
    end: () => reader.end(),
  };
}
