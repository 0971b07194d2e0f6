/** One request and its answer, which is handed on while it arrives. */
import { type Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { untilAborted } from '../../base/deadlines.ts';
import type { AnswerHead, BodySink } from './answer.ts';
import { brokenAnswer, unknownCoding } from './body-failures.ts';

/**
 * Sends a request, and hands its answer to what `sinkOf` gives for its head. Its signal ends it at once, also while it waits
 * for its turn.
 *
 * @returns the head, when all of the body was taken
 * @throws CharitylogError `unreadable` for a body that can't be decompressed; the signal's reason, what `sinkOf` or the
 *   sink throws, and the errors of undici
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.RequestOptions & { readonly signal: AbortSignal },
  sinkOf: (head: AnswerHead) => BodySink,
): Promise<AnswerHead> {
  const { signal } = request;
  signal.throwIfAborted();
  const { statusCode, headers, body } = await untilAborted(dispatcher.request(request), signal);
  const contentType = firstOf(headers['content-type']) ?? '';
  const head = { status: statusCode, contentType, retryAfter: firstOf(headers['retry-after']), headers };
  // The stage that fails first is the cause; the others then end with errors of their own.
  let failure: { readonly stage: object; readonly cause: unknown } | undefined;
  let decompressors: Decompressor[] = [];
  try {
    const sink = sinkOf(head);
    decompressors = decompressorsFor(String(headers['content-encoding'] ?? ''));
    if (decompressors.length === 0) {
      for await (const chunk of body) {
        await sink.ready?.(chunk);
        sink.write(chunk);
      }
      return head;
    }
    const stages = [body, ...decompressors, takerFor(sink)];
    for (const stage of stages) stage.on('error', cause => (failure ??= { stage, cause }));
    await pipeline(stages);
  } catch (error) {
    body.on('error', () => undefined).destroy();
    const cause = failure?.cause ?? error;
    const decompressor = decompressors.find(stage => stage === failure?.stage);
    if (!decompressor) throw cause;
    if (!isEmptyBody(decompressor, cause)) throw brokenAnswer(cause);
  }
  return head;
}

/** A body of no bytes at all, e.g. of a 204, is no broken one. */
function isEmptyBody({ bytesWritten }: Decompressor, cause: unknown): boolean {
  return bytesWritten === 0 && (cause as NodeJS.ErrnoException).code === 'Z_BUF_ERROR';
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

type Decompressor = Transform & { readonly bytesWritten: number };

const codings = new Map<string, () => Decompressor>([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['deflate', createInflate],
]);

/** Values that mean no coding: PHP pages set them by mistake, where they mean `Content-Type`. */
const unpacked = ['', 'identity', 'none', 'utf-8'];

/** The decompressors for a `Content-Encoding`, in the order in which to apply them: the last coding first. */
function decompressorsFor(contentEncoding: string): Decompressor[] {
  if (contentEncoding === '') return [];
  const applied = contentEncoding
    .toLowerCase()
    .split(',')
    .map(coding => coding.trim())
    .filter(coding => !unpacked.includes(coding));
  return applied.reverse().map(coding => {
    const open = codings.get(coding);
    if (!open || applied.length > 2) throw unknownCoding(coding);
    return open();
  });
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
