/** A document as another server has it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Reads a document of another server: what {@link outboundRead} makes. */
export type Read = (url: string, signal: AbortSignal) => Promise<Answer>;

/** How long connecting may take, in milliseconds. */
const connectTimeoutMs = 5000;

/** The largest document that is read, in bytes. */
const largestDocument = 1_000_000;

/**
 * Reaches other servers than Charitylog's the same way: direct on loopback, else through `HTTPS_PROXY` and `NO_PROXY`;
 * trusting the certificates of `CHARITYLOG_CA_FILE` too. Redirects aren't followed.
 *
 * The reader rejects with a CharitylogError `config` where the CA file can't be used.
 */
export function outboundRead(caFile: string | undefined): Read {
  return async (url, signal) => {
    const { exchange, openDispatcher } = await import('../../charitylog/connections.ts');
    const dispatcher = await openDispatcher(url, { caFile, timeoutMs: connectTimeoutMs, connections: 1 });
    const { origin, pathname, search } = new URL(url);
    const headers = { accept: 'application/json' };
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    const write = (chunk: Uint8Array) => {
      bytes += chunk.length;
      if (bytes > largestDocument) throw new Error(`it answered with more than ${largestDocument} bytes`);
      chunks.push(chunk);
    };
    try {
      const request = { origin, path: pathname + search, method: 'GET', headers } as const;
      const { status } = await exchange(dispatcher, request, signal, () => ({ write }));
      return { status, text: Buffer.concat(chunks).toString('utf8') };
    } finally {
      // There is minutes' time between two requests.
      void dispatcher.close();
    }
  };
}
