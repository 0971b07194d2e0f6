import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Agent } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AnswerHead } from '../../../src/charitylog/http/answer.ts';
import { exchange } from '../../../src/charitylog/http/exchange.ts';

const never = new AbortController().signal;

/** Serves on loopback for this test, and gives what sends one request there over one connection. */
async function useServer(handle: RequestListener) {
  const server = createServer(handle);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const dispatcher = new Agent({ connections: 1 });
  onTestFinished(async () => {
    await dispatcher.destroy();
    server.closeAllConnections();
    server.close();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async (
    signal = never,
    write = (_chunk: Uint8Array) => {},
    ready: (() => Promise<void> | undefined) | undefined = undefined,
  ) => {
    const chunks: Uint8Array[] = [];
    let head: AnswerHead | undefined;
    const sink = {
      write(chunk: Uint8Array) {
        write(chunk);
        chunks.push(chunk);
      },
      ready,
    };
    const sinkOf = (begun: AnswerHead) => {
      head = begun;
      return sink;
    };
    await exchange(dispatcher, { origin, path: '/', method: 'GET', signal }, sinkOf);
    return { ...head, body: Buffer.concat(chunks) };
  };
}

function packed(contentEncoding: string, body: Buffer) {
  return (_: unknown, response: ServerResponse) =>
    response.writeHead(200, { 'content-encoding': contentEncoding }).end(body);
}

const answers = { short: Buffer.from('[{"id":1}]'), long: randomBytes(300_000), dense: Buffer.alloc(5_000_000, 'a') };

describe.each(Object.entries(answers))('a %s answer', (_, answer) => {
  test.each([
    ['gzip', gzipSync(answer)],
    ['GZIP', gzipSync(answer)],
    ['x-gzip', gzipSync(answer)],
    ['br', brotliCompressSync(answer)],
    ['Br', brotliCompressSync(answer)],
    ['deflate', deflateSync(answer)],
    ['identity', answer],
    ['Identity, GZip', gzipSync(answer)],
    ['gzip, br', brotliCompressSync(gzipSync(answer))],
    ['', answer],
    ['UTF-8', answer],
  ])('with Content-Encoding "%s" is read', async (contentEncoding, body) => {
    const ask = await useServer(packed(contentEncoding, body));
    expect((await ask()).body.equals(answer)).toBe(true);
  });

  test.each([
    ['gzip that ends early', 'gzip', gzipSync(answer).subarray(0, -5)],
    ['brotli that ends early', 'br', brotliCompressSync(answer).subarray(0, -5)],
    ['what is not packed at all', 'gzip', answer],
    ['another coding than it says', 'gzip', brotliCompressSync(answer)],
    ['deflate without its frame', 'deflate', deflateRawSync(answer)],
  ])('that holds %s is broken', async (_, contentEncoding, body) => {
    const ask = await useServer(packed(contentEncoding, body));
    await expect(ask()).rejects.toMatchObject({ kind: 'unreadable', message: expect.stringContaining('broken') });
  });

  test('of which a part is refused ends with the refusal', async () => {
    for (const [contentEncoding, body] of [['gzip', gzipSync(answer)] as const, ['identity', answer] as const]) {
      const ask = await useServer(packed(contentEncoding, body));
      const refuse = () => {
        throw new Error('too much');
      };
      await expect(ask(never, refuse)).rejects.toThrow('too much');
    }
  });
});

test.each(['zstd', 'compress', 'gzip, zstd', 'gzip, gzip, gzip', 'a\tb'])(
  'an answer packed as "%s" is refused',
  async contentEncoding => {
    const ask = await useServer(packed(contentEncoding, Buffer.from('[]')));
    await expect(ask()).rejects.toMatchObject({ kind: 'unreadable', logText: 'unknown Content-Encoding' });
  },
);

test.each(['gzip', 'br', 'deflate'])('nothing at all is no broken %s', async contentEncoding => {
  const ask = await useServer(packed(contentEncoding, Buffer.alloc(0)));
  expect((await ask()).body).toHaveLength(0);
});

test('a connection that ends within a packed answer is a fault of the network', async () => {
  const body = gzipSync(answers.long);
  const ask = await useServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': body.length });
    response.write(body.subarray(0, 1000), () => response.destroy());
  });
  await expect(ask()).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
});

test('a request that waits for its turn is cancelled at once, and never sent', async () => {
  let arrived = 0;
  let answer = () => {};
  const ask = await useServer((_, response) => {
    arrived++;
    answer = () => void response.end('[]');
  });
  const first = ask();
  const caller = new AbortController();
  const second = ask(caller.signal);
  caller.abort(new Error('cancelled'));
  await expect(second).rejects.toThrow('cancelled');
  await expect(ask(caller.signal)).rejects.toThrow('cancelled');
  await expect.poll(() => arrived).toBe(1);
  answer();
  await first;
  const third = ask();
  await expect.poll(() => arrived).toBe(2);
  answer();
  expect((await third).body.toString()).toBe('[]');
});

test('cancelling ends an answer that has begun, with the reason', async () => {
  const caller = new AbortController();
  const ask = await useServer((_, response) => void response.writeHead(200).write('['));
  const reading = ask(caller.signal, () => caller.abort(new Error('cancelled')));
  await expect(reading).rejects.toThrow('cancelled');
});

test('cancelling ends a packed answer of which a part has come, with the reason', async () => {
  const caller = new AbortController();
  const ask = await useServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.write(gzipSync(answers.short).subarray(0, 10), () => caller.abort(new Error('cancelled')));
  });
  await expect(ask(caller.signal)).rejects.toThrow('cancelled');
});

test.each([
  ['gzip', 100_000],
  ['gzip', 5_000_000],
  ['br', 100_000],
  ['br', 5_000_000],
] as const)('little that unpacks to much is handed on in parts: %s, %i bytes', async (coding, length) => {
  const answer = Buffer.alloc(length, 'a');
  const body = coding === 'br' ? brotliCompressSync(answer) : gzipSync(answer);
  expect(body.length).toBeLessThan(16_384);
  const lengths: number[] = [];
  const ask = await useServer(packed(coding, body));
  expect((await ask(never, part => void lengths.push(part.length))).body.equals(answer)).toBe(true);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(16_384);
});

test.each(['', 'gzip'])('cancelling while a part waits hands on nothing more: "%s"', async coding => {
  const caller = new AbortController();
  const answer = Buffer.alloc(100_000, 'a');
  const ask = await useServer(packed(coding, coding === '' ? answer : gzipSync(answer)));
  const taken: Uint8Array[] = [];
  const ready = async () => caller.abort(new Error('cancelled'));
  await expect(ask(caller.signal, part => void taken.push(part), ready)).rejects.toThrow('cancelled');
  expect(taken).toEqual([]);
});

test('a packed answer that comes byte by byte is read', async () => {
  const ask = await useServer(async (_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    for (const byte of gzipSync(answers.short)) await new Promise(sent => response.write(Buffer.of(byte), sent));
    response.end();
  });
  expect((await ask()).body).toEqual(answers.short);
});

test('the head tells the status, the type of the content and when to try again', async () => {
  const ask = await useServer((_, response) =>
    response.writeHead(429, { 'content-type': 'text/html', 'retry-after': '7' }).end('slow'),
  );
  expect(await ask()).toMatchObject({
    status: 429,
    contentType: 'text/html',
    retryAfter: '7',
    headers: { 'retry-after': '7' },
    body: Buffer.from('slow'),
  });
});

test('an answer that breaks off while its next part waits hands on nothing more', async () => {
  const [turn, taken] = [new EventEmitter(), [] as Uint8Array[]];
  const ask = await useServer((_, response) => {
    turn.once('asked for', () => response.destroy());
    response
      .writeHead(200, { 'content-encoding': 'gzip' })
      .write(gzipSync(answers.long.subarray(0, 20_000)).subarray(0, -5));
  });
  const ready = async () => {
    const comes = once(turn, 'comes');
    turn.emit('asked for');
    await comes;
  };
  await expect(ask(never, chunk => void taken.push(chunk), ready)).rejects.toThrow();
  turn.emit('comes');
  await new Promise(resolve => setImmediate(resolve));
  expect(taken).toEqual([]);
});

test.each(['', 'gzip'])('the next part waits until there is room for it: "%s"', async coding => {
  const long = randomBytes(300_000);
  const ask = await useServer(packed(coding, coding === '' ? long : gzipSync(long)));
  let isReady = true;
  const early: number[] = [];
  const write = ({ length }: Uint8Array) => void (isReady || early.push(length));
  const ready = () => {
    isReady = false;
    return new Promise<void>(resolve => {
      setImmediate(() => {
        isReady = true;
        resolve();
      });
    });
  };
  expect((await ask(never, write, ready)).body.equals(long)).toBe(true);
  expect(early).toEqual([]);
  await expect(ask(never, undefined, () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
});
