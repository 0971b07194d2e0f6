import { fetch } from 'undici';
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
      return (await fetch(url, { ...init, dispatcher })) as Response;
    } finally {
      // It ends with the answer's body: there is minutes' time between two requests.
      void dispatcher.close();
    }
  };
}
