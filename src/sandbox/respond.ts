import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** One answer: a short body as a string, a long one in parts that are made while they are sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Iterable<string>;
  /** How the characters of the body become bytes. Default: UTF-8. */
  readonly encoding?: 'latin1';
}

const compressedFromBytes = 1024;

/** An answer of JSON text. */
export function jsonText(status: number, body: string | Iterable<string>): Answer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body };
}

/** An answer of one JSON value. */
export function json(status: number, value: unknown): Answer {
  return jsonText(status, JSON.stringify(value));
}

/**
 * Sends an answer no faster than the client reads it, compressed if the client takes gzip and the body is over 1 kB.
 *
 * @throws Error when the client goes away before the end.
 */
export async function sendAnswer(response: ServerResponse, answer: Answer, acceptEncoding = ''): Promise<void> {
  const { status, headers, body, encoding = 'utf8' } = answer;
  const long = typeof body !== 'string' || Buffer.byteLength(body) > compressedFromBytes;
  if (!long) {
    response.writeHead(status, headers).end(body, encoding);
    return;
  }
  const bytes = Readable.from(encoding === 'utf8' ? body : partsInBytes(body, encoding));
  if (/\bgzip\b/.test(acceptEncoding)) {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' });
    await pipeline(bytes, createGzip({ level: 1 }), response);
  } else {
    response.writeHead(status, headers);
    await pipeline(bytes, response);
  }
}

function* partsInBytes(body: string | Iterable<string>, encoding: 'latin1'): Generator<Buffer> {
  for (const part of typeof body === 'string' ? [body] : body) yield Buffer.from(part, encoding);
}

/** Sends the head and half of the body, uncompressed, and calls `sent` when the half has left. The answer stays unfinished. */
export function sendHalf(response: ServerResponse, answer: Answer, sent: () => void): void {
  const { status, headers, body, encoding = 'utf8' } = answer;
  const text = typeof body === 'string' ? body : [...body].join('');
  response.writeHead(status, headers);
  response.flushHeaders();
  response.write(text.slice(0, Math.ceil(text.length / 2)), encoding, sent);
}
