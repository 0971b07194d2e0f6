/** Bodies that are packed as their `Content-Encoding` says, and unpacked while they arrive. */
import { Readable, type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  brotliDecompressSync,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  gunzipSync,
  inflateSync,
  type ZlibOptions,
} from 'node:zlib';
import type { BodySink } from './answer.ts';
import { brokenAnswer, unknownCoding } from './body-failures.ts';

/** What is unpacked at once: so many bytes, while they become no more than so many. */
const mostAtOnce = { packed: 16_384, unpacked: 131_072 };

/** What is handed on at once of what was unpacked at once, in bytes: others have their turn between two parts, as with a stream's. */
const partLength = 16_384;

/**
 * Hands on a body as it arrives, unpacked.
 *
 * @param contentEncoding the header of that name
 * @throws CharitylogError `unreadable` for a body that isn't packed so; what the sink throws, and the errors of undici
 */
export async function handOnBody(body: Readable, contentEncoding: string, sink: BodySink): Promise<void> {
  const codings = codingsOf(contentEncoding);
  if (codings.length > 0) return handOnUnpacked(body, codings, sink);
  for await (const part of body) await handOn(part, sink);
}

async function handOn(part: Uint8Array, sink: BodySink): Promise<void> {
  await sink.ready?.(part);
  sink.write(part);
}

async function handOnInParts(unpacked: Buffer, sink: BodySink): Promise<void> {
  for (let at = 0; at < unpacked.length; at += partLength) await handOn(unpacked.subarray(at, at + partLength), sink);
}

async function handOnUnpacked(body: Readable, codings: readonly Coding[], sink: BodySink): Promise<void> {
  const short = await wholeIfShort(body);
  // A body of no bytes at all, e.g. of a 204, is no broken one.
  if (short?.length === 0) return;
  const unpacked = short && unpackAtOnce(short, codings);
  if (unpacked) return handOnInParts(unpacked, sink);
  const unpackers = codings.map(({ open }) => open());
  const stages = [short ? Readable.from([short]) : body, ...unpackers, takerFor(sink)];
  // The stage that fails first is the cause; the others then end with errors of their own.
  let failure: { readonly isBroken: boolean; readonly cause: unknown } | undefined;
  for (const stage of stages) {
    stage.on('error', cause => (failure ??= { isBroken: unpackers.includes(stage as Transform), cause }));
  }
  await pipeline(stages).catch(error => {
    throw failure?.isBroken ? brokenAnswer(failure.cause) : (failure?.cause ?? error);
  });
}

/** The whole of a short body; `undefined` for a longer one, of which nothing is taken then. */
async function wholeIfShort(body: Readable): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body.iterator({ destroyOnReturn: false })) {
    parts.push(part);
    length += part.length;
    if (length <= mostAtOnce.packed) continue;
    body.unshift(Buffer.concat(parts));
    return undefined;
  }
  return Buffer.concat(parts);
}

/**
 * A short body, unpacked without the streams that take longer to make than it does; `undefined` where it grows long.
 *
 * @throws CharitylogError `unreadable` for a broken one
 */
function unpackAtOnce(short: Buffer, codings: readonly Coding[]): Buffer | undefined {
  try {
    return codings.reduce((packed, { unpack }) => unpack(packed, { maxOutputLength: mostAtOnce.unpacked }), short);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw brokenAnswer(cause);
  }
}

function takerFor(sink: BodySink): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      new Promise(resolve => resolve(sink.ready?.(chunk)))
        .then(() => this.destroyed || sink.write(chunk))
        .then(() => done(), done);
    },
  });
}

/** How a coding is taken away: as a stream, or at once. */
interface Coding {
  readonly open: () => Transform;
  readonly unpack: (packed: Buffer, options: ZlibOptions) => Buffer;
}

const gzip: Coding = { open: createGunzip, unpack: gunzipSync };
const knownCodings = new Map<string, Coding>([
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['br', { open: createBrotliDecompress, unpack: brotliDecompressSync }],
  ['deflate', { open: createInflate, unpack: inflateSync }],
]);

/** Values that mean no coding: PHP pages set them by mistake, where they mean `Content-Type`. */
const noCodings = ['', 'identity', 'none', 'utf-8'];

/** The codings that a `Content-Encoding` names, in the order in which they are taken away: the last one first. */
function codingsOf(contentEncoding: string): Coding[] {
  if (contentEncoding === '') return [];
  const applied = contentEncoding
    .toLowerCase()
    .split(',')
    .map(name => name.trim())
    .filter(name => !noCodings.includes(name));
  return applied.reverse().map(name => {
    const coding = knownCodings.get(name);
    if (!coding || applied.length > 2) throw unknownCoding(name);
    return coding;
  });
}
