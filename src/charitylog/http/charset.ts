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
  let beginning: Uint8Array = new Uint8Array();
  const take = (chunk: Uint8Array, stream: boolean) => {
    decoder ??= decoderFor(charsetOf(beginning, contentType), isFailure);
    const text = decode(decoder, chunk, stream);
    if (text !== '') reader.write(text);
  };
  return {
    write(chunk) {
      if (decoder) return take(chunk, true);
      beginning = Buffer.concat([beginning, chunk]);
      if (beginning.length >= longestMark) take(beginning, true);
    },
    end() {
      take(decoder ? new Uint8Array() : beginning, false);
      return reader.end();
    },
  };
}

function charsetOf(beginning: Uint8Array, contentType: string): string {
  const [first, second, third] = beginning;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*["']?([^\s;,"']+)/i.exec(contentType) ?? [];
  return charset;
}

function decoderFor(charset: string, isFailure: boolean): TextDecoder {
  try {
    return new TextDecoder(charset, { fatal: !isFailure });
  } catch {
    if (isFailure) return new TextDecoder();
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
