import { isAscii } from 'node:buffer';
import { TextDecoder } from 'node:util';
import type { BodyReader, TextReader } from './answer.ts';
import { brokenText, unknownCharset } from './body-failures.ts';

/** The longest byte order mark that tells a charset. */
const longestMark = 3;

/**
 * Reads a body as text in the charset that its byte order mark or its `Content-Type` names, in UTF-8 where neither does.
 *
 * @param isFailure of an answer that failed anyway, what can't be read is shown by replacement characters
 * @throws CharitylogError `unreadable` for a charset that isn't known, and for a body that isn't in it
 */
export function readText(contentType: string, reader: TextReader, isFailure = false): BodyReader {
  let decoder: TextDecoder | undefined;
  let charset: string | undefined;
  let beginning: Uint8Array = new Uint8Array();
  /** A byte order mark that comes later is a letter of the text. */
  let hasBegun = false;
  const take = (chunk: Uint8Array, stream: boolean) => {
    charset ??= charsetOf(beginning, contentType);
    decoder ??= decoderFor(ofOneByte.test(charset) && isUtf8(chunk) ? 'utf-8' : charset, isFailure, hasBegun);
    const text = decode(decoder, chunk, stream);
    if (text !== '') reader.write(text);
  };
  /** Hands on what is the same in every charset: the first other letter tells which one it is. */
  const passAscii = (length: number) => {
    const { buffer, byteOffset } = beginning;
    hasBegun ||= length > 0;
    if (length > 0) reader.write(Buffer.from(buffer, byteOffset, length).toString('latin1'));
    beginning = beginning.subarray(length);
  };
  return {
    write(chunk) {
      if (decoder) return take(chunk, true);
      beginning = beginning.length === 0 ? chunk : Buffer.concat([beginning, chunk]);
      if (beginning.length < longestMark) return;
      charset ??= charsetOf(beginning, contentType);
      // PHP escapes all other letters in its JSON unless told.
      if ((ofUtf8.test(charset) || ofOneByte.test(charset)) && isAscii(beginning)) return passAscii(beginning.length);
      if (ofOneByte.test(charset)) passAscii(beginning.findIndex(byte => byte >= 0x80));
      if (!ofOneByte.test(charset) || beginning.length >= longestLetter) take(beginning, true);
    },
    end() {
      if (decoder || beginning.length > 0) take(decoder ? new Uint8Array() : beginning, false);
      return reader.end();
    },
  };
}

/** Labels of one byte a letter: servers put them by default on PHP's JSON, which is UTF-8 always. */
const ofOneByte = /^(?:iso-?8859-\d+|latin-?1|(?:windows|cp)-?125\d|(?:us-)?ascii)$/i;

const ofUtf8 = /^utf-?8$/i;

/** A letter of UTF-8 has so many bytes at most. */
const longestLetter = 4;

/** True for bytes that are letters of UTF-8, the last one perhaps in part: in no other charset do they happen to be. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    return /[^\0-\x7f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    return false;
  }
}

function charsetOf(beginning: Uint8Array, contentType: string): string {
  const [first, second, third] = beginning;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*["']?([^\s;,"']+)/i.exec(contentType) ?? [];
  return charset;
}

function decoderFor(charset: string, isFailure: boolean, hasBegun: boolean): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: !isFailure, ignoreBOM: hasBegun && ofUtf8.test(charset) });
  } catch {
    if (isFailure) return new TextDecoder('utf-8', { ignoreBOM: hasBegun });
    throw unknownCharset(charset);
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream });
  } catch {
    throw brokenText(decoder.encoding);
  }
}
