import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** One answer: a short body as a string, a long one in parts that are made while they are sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Iterable<string>;
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
  const { status, headers, body } = answer;
  const long = typeof body !== 'string' || Buffer.byteLength(body) > compressedFromBytes;
  if (!long) {
    response.writeHead(status, headers).end(body);
  } else if (/\bgzip\b/.test(acceptEncoding)) {
    response.writeHead(status, { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' });
    await pipeline(Readable.from(body), createGzip({ level: 1 }), response);
  } else {
    response.writeHead(status, headers);
    await pipeline(Readable.from(body), response);
  }
}

/** Sends the head and half of the body, uncompressed, and calls `sent` when the half has left. The answer stays unfinished. */
export function sendHalf(response: ServerResponse, answer: Answer, sent: () => void): void {
  const text = typeof answer.body === 'string' ? answer.body : [...answer.body].join('');
  response.writeHead(answer.status, answer.headers);
  response.flushHeaders();
  response.write(text.slice(0, Math.ceil(text.length / 2)), sent);
}
