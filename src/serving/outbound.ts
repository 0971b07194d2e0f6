import { type AnswerHead, type BodySink, wholeText } from '../charitylog/http/answer.ts';
import { readText } from '../charitylog/http/charset.ts';

/** A document that another server has sent. */
export interface Document {
  readonly status: number;
  readonly text: string;
}

/** Reads a document of another server: what {@link outboundRead} makes. */
export type Read = (url: string, signal: AbortSignal) => Promise<Document>;

/** Resolves when another server answers, whatever it says: what {@link outboundReach} makes. */
export type Reach = (url: string, signal: AbortSignal) => Promise<void>;

/** How long connecting may take, in milliseconds. */
const connectTimeoutMs = 5000;

/** The largest document that is read, in bytes. */
const largestDocument = 1_000_000;

/**
 * Reads documents of other servers, of up to 1 MB.
 *
 * The reader rejects as {@link request} does, and with an Error for a larger document.
 */
export function outboundRead(caFile: string | undefined): Read {
  return async (url, signal) => {
    const text = wholeText(largestDocument, length => new Error(`it answered with more than ${length} bytes`));
    const body = readText('', text, true);
    const { status } = await request(url, caFile, signal, () => body);
    return { status, text: body.end() };
  };
}

/** Tries whether other servers answer. It rejects as {@link request} does. */
export function outboundReach(caFile: string | undefined): Reach {
  return (url, signal) =>
    new Promise((resolve, reject) => {
      const answered = () => {
        resolve();
        return { write() {} };
      };
      request(url, caFile, signal, answered).catch(reject);
    });
}

/**
 * Reaches other servers than Charitylog's the same way: direct on loopback, else through `HTTPS_PROXY` and `NO_PROXY`;
 * trusting the certificates of `CHARITYLOG_CA_FILE` too. Redirects aren't followed.
 *
 * @throws CharitylogError `config` where the CA file can't be used, and as `exchange` does
 */
async function request(
  url: string,
  caFile: string | undefined,
  signal: AbortSignal,
  sinkOf: (head: AnswerHead) => BodySink,
): Promise<AnswerHead> {
  const { openDispatcher } = await import('../charitylog/http/connections.ts');
  const { exchange } = await import('../charitylog/http/exchange.ts');
  const dispatcher = await openDispatcher(url, { caFile, timeoutMs: connectTimeoutMs, connections: 1 });
  const { origin, pathname, search } = new URL(url);
  const headers = { accept: 'application/json' };
  try {
    return await exchange(dispatcher, { origin, path: pathname + search, method: 'GET', headers, signal }, sinkOf);
  } finally {
    // Minutes pass between two requests: a kept connection would idle.
    void dispatcher.close();
  }
}
