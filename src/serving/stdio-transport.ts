import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { cleanJson } from '../base/visible-text.ts';
import type { CleanTransport } from '../mcp/clean-server.ts';
import { Batches } from './messages/batches.ts';
import { type Incoming, maxMessageBytes, type Refused, readIncoming, tooLarge } from './messages/incoming.ts';
import { Lines } from './messages/lines.ts';

const revisionWithBatches = '2025-03-26';

/**
 * MCP on stdin and stdout, a line a message. The SDK's own transport leaves what it can't read unanswered, and its client
 * waiting; this one answers with the error, and goes on.
 */
export class StdioTransport implements CleanTransport {
  readonly cleans = true;
  onmessage?: (message: JSONRPCMessage) => void;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  readonly #lines = new Lines(maxMessageBytes);
  readonly #batches = new Batches();
  #takesBatches = false;
  #isClosed = false;

  async start(): Promise<void> {
    process.stdin.on('data', this.#read);
    process.stdin.on('error', error => this.onerror?.(error));
    for (const event of ['end', 'close']) process.stdin.on(event, this.#end);
    process.stdout.on('error', this.#end);
  }

  /** Called with the revision that was agreed. */
  setProtocolVersion(version: string): void {
    this.#takesBatches = version === revisionWithBatches;
  }

  async send(message: JSONRPCMessage): Promise<void> {
    const id = 'method' in message ? undefined : message.id;
    const batch = id === undefined ? undefined : this.#batches.settle(id, message);
    if (batch !== 'waiting') await this.#write(batch ?? message);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    process.stdin.off('data', this.#read);
    process.stdin.pause();
    process.stdout.uncork();
    this.onclose?.();
  }

  readonly #end = () => void this.close();

  readonly #read = (chunk: Buffer) => {
    for (const line of this.#lines.add(chunk)) {
      if (line === undefined) this.#reply(errorAnswer(tooLarge()));
      else if (!isBlank(line)) this.#take(readIncoming(line, this.#takesBatches));
    }
  };

  #take(incoming: Incoming | readonly Incoming[]): void {
    if ('length' in incoming) this.#takeBatch(incoming);
    else this.#takeOne(incoming);
  }

  #takeOne(incoming: Incoming): void {
    if ('message' in incoming) this.#deliver(incoming.message);
    else if (incoming.refused.isAwaited) this.#reply(errorAnswer(incoming.refused));
    else this.#report(incoming.refused);
  }

  #takeBatch(batch: readonly Incoming[]): void {
    const messages = batch.flatMap(one => ('message' in one ? [one.message] : []));
    const refused = batch.flatMap(one => ('refused' in one ? [one.refused] : []));
    const answers = refused.filter(({ isAwaited }) => isAwaited).map(errorAnswer);
    const ids = messages.flatMap(message => ('method' in message && 'id' in message ? [message.id] : []));
    this.#batches.open(ids, answers);
    if (ids.length === 0 && answers.length > 0) this.#reply(answers);
    for (const one of refused) if (!one.isAwaited) this.#report(one);
    for (const message of messages) this.#deliver(message);
  }

  #deliver(message: JSONRPCMessage): void {
    if ('method' in message && message.method === 'notifications/cancelled') this.#settleCancelled(message.params);
    this.onmessage?.(message);
  }

  /** A cancelled request isn't answered: its batch mustn't wait for it. */
  #settleCancelled({ requestId }: { readonly [key: string]: unknown } = {}): void {
    if (typeof requestId !== 'string' && typeof requestId !== 'number') return;
    const answers = this.#batches.settle(requestId);
    if (answers && answers !== 'waiting' && answers.length > 0) this.#reply(answers);
  }

  #reply(answer: object): void {
    this.#write(answer).catch(error => this.onerror?.(error));
  }

  #report({ problem }: Refused): void {
    const error = new Error(problem);
    error.name = 'a malformed message, to which no answer is due';
    this.onerror?.(error);
  }

  /** Writes together what is ready together: each write wakes the client, which takes longer than the rest of an answer. */
  #write(message: object): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error('the connection is closed'));
    if (process.stdout.writableCorked === 0) {
      process.stdout.cork();
      setImmediate(() => process.stdout.uncork());
    }
    return new Promise((resolve, reject) => {
      process.stdout.write(`${cleanJson(message).json}\n`, error => (error ? reject(error) : resolve()));
    });
  }
}

function errorAnswer({ code, problem, id }: Refused): object {
  return { jsonrpc: '2.0', id, error: { code, message: problem } };
}

function isBlank(line: Buffer): boolean {
  return line.every(byte => byte === 32 || byte === 13 || byte === 9);
}
