import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { request } from 'undici';
import { openDispatcher } from '../../charitylog/dispatcher.ts';

/** A `fetch` that follows no redirects: what {@link outboundFetch} makes, and what Node has as a global. */
export type Fetch = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly redirect: 'manual'; readonly signal: AbortSignal },
) => Promise<Response>;

/** How long connecting may take, in milliseconds. */
const connectTimeoutMs = 5000;

/**
 * Reaches other servers than Charitylog's the same way: direct on loopback, else through `HTTPS_PROXY` and `NO_PROXY`;
 * trusting the certificates of `CHARITYLOG_CA_FILE` too.
 *
 * The fetch rejects with a CharitylogError `config` where the CA file can't be used.
 */
export function outboundFetch(caFile: string | undefined): Fetch {
  return async (url, init) => {
    const dispatcher = await openDispatcher(url, { caFile, timeoutMs: connectTimeoutMs, connections: 1 });
    try {
      const { statusCode, headers, body } = await request(url, {
        method: 'GET',
        headers: init.headers,
        signal: init.signal,
        dispatcher,
      });
      // Who reads is told by the stream; one who stops reading isn't there to be told.
      body.on('error', () => undefined);
      const fields = Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map(one => [name, one]));
      return new Response(Readable.toWeb(body) as ReadableStream, { status: statusCode, headers: fields });
    } finally {
      // It ends with the answer's body: there is minutes' time between two requests.
      void dispatcher.close();
    }
  };
}
