/** One request and its answer, which is handed on while it arrives. */
import type { Dispatcher } from 'undici';
import { untilAborted } from '../../base/deadlines.ts';
import type { AnswerHead, BodySink } from './answer.ts';
import { handOnBody } from './content-coding.ts';

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
  try {
    await handOnBody(body, String(headers['content-encoding'] ?? ''), whileWanted(sinkOf(head), signal));
  } catch (error) {
    body.on('error', () => undefined).destroy();
    throw error;
  }
  return head;
}

/** The same sink, which takes nothing more once `signal` aborts: a part may have waited until then. */
function whileWanted(sink: BodySink, signal: AbortSignal): BodySink {
  const write = (part: Uint8Array) => {
    signal.throwIfAborted();
    sink.write(part);
  };
  return { write, ready: part => sink.ready?.(part) };
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
