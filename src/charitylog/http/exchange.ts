/** One request and its answer, which is handed on while it arrives. */
import type { Dispatcher } from 'undici';
import { Unpacker } from './unpacker.ts';

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

type Headers = Parameters<NonNullable<Dispatcher.DispatchHandler['onResponseStart']>>[2];

/**
 * Sends a request, and hands its answer to what `sinkOf` gives for its head.
 *
 * @param signal ends it at once, also while it waits for its turn
 * @returns the head, when all of the body was taken
 * @throws the signal's reason, what `sinkOf` or the sink throws, and the errors of undici and zlib
 */
export function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  signal: AbortSignal,
  sinkOf: (head: AnswerHead) => BodySink,
): Promise<AnswerHead> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else dispatcher.dispatch(request, new Exchange(signal, sinkOf, resolve, reject));
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #sinkOf: (head: AnswerHead) => BodySink;
  readonly #resolve: (head: AnswerHead) => void;
  readonly #reject: (reason: unknown) => void;
  readonly #giveUp = () => this.#fail(this.#signal.reason);
  #controller: Dispatcher.DispatchController | undefined;
  #failure: { readonly reason: Error } | undefined;
  #head: AnswerHead | undefined;
  #sink: BodySink | undefined;
  #unpacker: Unpacker | undefined;

  constructor(
    signal: AbortSignal,
    sinkOf: (head: AnswerHead) => BodySink,
    resolve: (head: AnswerHead) => void,
    reject: (reason: unknown) => void,
  ) {
    this.#signal = signal;
    this.#sinkOf = sinkOf;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#giveUp, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#failure) controller.abort(this.#failure.reason);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    if (status < 200) return;
    const [contentType = '', retryAfter, encoding] = ['content-type', 'retry-after', 'content-encoding'].map(name =>
      firstOf(headers[name]),
    );
    this.#head = { status, contentType, retryAfter };
    this.#sink = this.#sinkOf(this.#head);
    if (encoding !== 'br' && encoding !== 'gzip') return;
    this.#unpacker = new Unpacker(encoding, {
      data: chunk => this.#sink?.write(chunk),
      drain: () => controller.resume(),
      end: () => this.#end(),
      error: error => this.#fail(error),
    });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#unpacker) this.#sink?.write(chunk);
    else if (!this.#unpacker.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#unpacker) this.#unpacker.end();
    else this.#end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#fail(error);
  }

  #end(): void {
    this.#signal.removeEventListener('abort', this.#giveUp);
    if (this.#head) this.#resolve(this.#head);
  }

  #fail(reason: Error): void {
    if (this.#failure) return;
    this.#failure = { reason };
    this.#signal.removeEventListener('abort', this.#giveUp);
    this.#reject(reason);
    this.#unpacker?.destroy();
    this.#controller?.abort(reason);
  }
}

function firstOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
