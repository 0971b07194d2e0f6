import {
  type CryptoKey,
  createRemoteJWKSet,
  customFetch,
  errors,
  type FlattenedJWSInput,
  type JWTHeaderParameters,
  type RemoteJWKSet,
} from 'jose';
import { isSafeAddress } from '../../base/addresses.ts';
import { untilAborted, withDeadline } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';
import { isObject, tryParseJson } from '../../base/json.ts';
import type { Read } from '../outbound.ts';

/** How long one request to the identity provider may take, its body included, in milliseconds. */
const requestTimeoutMs = 5000;

/** How long keys are used before they are fetched again, in milliseconds: so long a withdrawn key goes on to count. */
const keysLastMs = 600_000;

/** How soon after a fetch of the keys an unknown one makes for another, in milliseconds. */
const cooldownMs = 5000;

/** How long a failure stands before the provider is asked again, in milliseconds: bad tokens mustn't flood it. */
const failureStandsMs = 3000;

/**
 * The keys with which an identity provider signs, found by its discovery document (RFC 8414 or OpenID Connect) when the
 * first is asked for. Keys that it changes are picked up; callers who wait at the same time share one load.
 */
export class IssuerKeys {
  readonly #issuer: string;
  readonly #read: Read;
  readonly #keys: RemoteJWKSet;
  #failure: { readonly error: CharitylogError; readonly until: number } | undefined;

  /** @param issuer exactly as the provider calls itself */
  constructor(issuer: string, read: Read) {
    this.#issuer = issuer;
    this.#read = read;
    // The address is a formality: each load asks the discovery document anew where the keys are.
    this.#keys = createRemoteJWKSet(new URL(issuer), {
      cacheMaxAge: keysLastMs,
      cooldownDuration: cooldownMs,
      [customFetch]: async () => Response.json(await this.#load()),
    });
  }

  /**
   * The key that a token says it is signed with.
   *
   * @throws jose's `JWKSNoMatchingKey` or `JWKSMultipleMatchingKeys` where the token names none of the keys
   * @throws CharitylogError `unavailable` where the keys can't be had, `config` where the CA file can't be used
   */
  async keyFor(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    try {
      return await this.#keys(header, token);
    } catch (error) {
      const isOfToken = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
      throw isOfToken || error instanceof CharitylogError ? error : unavailable(['its keys cannot be used'], error);
    }
  }

  async #load(): Promise<unknown> {
    if (this.#failure && performance.now() < this.#failure.until) throw this.#failure.error;
    const task = new AbortController();
    try {
      const keys = await this.#json(await this.#keysAddress(task.signal), task.signal);
      if (!isObject(keys) || !Array.isArray(keys.keys)) throw new Error('its keys are not a JSON Web Key Set');
      return keys;
    } catch (cause) {
      const error = failureOf(cause);
      this.#failure = { error, until: performance.now() + failureStandsMs };
      throw error;
    } finally {
      // Ends the request for the discovery document that came second.
      task.abort();
    }
  }

  /** Where the keys are, by whichever discovery document answers first. */
  #keysAddress(signal: AbortSignal): Promise<string> {
    return Promise.any(
      discoveryAddresses(this.#issuer).map(async address => {
        const document = await this.#json(address, signal);
        if (!isObject(document)) throw new Error('its discovery document is not an object');
        const { issuer, jwks_uri: keys } = document;
        if (issuer !== this.#issuer)
          throw new Error('its issuer is not letter by letter that of CHARITYLOG_OAUTH_ISSUER');
        if (typeof keys !== 'string' || !isKeysAddress(keys)) throw new Error('its jwks_uri is no https address');
        return keys;
      }),
    );
  }

  #json(url: string, signal: AbortSignal): Promise<unknown> {
    return withDeadline(signal, requestTimeoutMs, async ({ signal: bounded }) => {
      const { status, text } = await untilAborted(this.#read(url, bounded), bounded);
      if (status !== 200) throw new Error(`it answered with HTTP ${status}`);
      const json = tryParseJson(text);
      if (json === undefined) throw new Error('its answer is not JSON');
      return json;
    });
  }
}

/** RFC 8414 (3.1) puts the well-known part before the path, OpenID Connect behind it. */
function discoveryAddresses(issuer: string): string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  return [
    `${origin}/.well-known/oauth-authorization-server${path}`,
    `${origin}${path}/.well-known/openid-configuration`,
  ];
}

/** Unlike the issuer's, this address may have a query. */
function isKeysAddress(address: string): boolean {
  return isSafeAddress(address.replace(/\?.*/s, ''));
}

/** The error for a failed load, or for those of both discovery documents. */
function failureOf(cause: unknown): CharitylogError {
  const causes: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [cause];
  const own = causes.find(one => one instanceof CharitylogError);
  return own ?? unavailable([...new Set(causes.map(reasonOf))], cause);
}

/** What went wrong, in words of this program or codes of the system: nothing that the provider said. */
function reasonOf(failure: unknown): string {
  const { name, message, cause } = failure as Error;
  if (name === 'TimeoutError') return `no answer within ${requestTimeoutMs / 1000} seconds`;
  const { code } = (cause ?? failure) as { code?: unknown };
  if (name === 'Error' && code === undefined && cause === undefined) return message;
  return typeof code === 'string' ? `no connection (${code})` : 'no connection';
}

function unavailable(reasons: readonly string[], cause: unknown): CharitylogError {
  const logText = `The identity provider cannot be asked for its keys: ${reasons.join('; ')}`;
  return new CharitylogError(
    'unavailable',
    `${logText}. The access token may be right: try again in a minute. If it goes on, the administrator should check ` +
      'CHARITYLOG_OAUTH_ISSUER, the network and CHARITYLOG_CA_FILE.',
    { logText, cause },
  );
}
