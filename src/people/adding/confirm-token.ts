import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { steadyNow } from '../../base/clock.ts';
import type { Config } from '../../settings/config.ts';

/** The key of a configuration's tokens: the secret that is set, or one derived from the API keys. */
export function tokenSecret({ secret, keys }: Pick<Config, 'secret' | 'keys'>): string {
  if (secret !== '') return secret;
  return createHash('sha256')
    .update(JSON.stringify(['confirm', keys.source, keys.org, keys.user]))
    .digest('base64url');
}

/** How long a token is good, in milliseconds. */
const goodForMs = 600_000;

/** How {@link ConfirmTokens} are made. */
export interface ConfirmTokensOptions {
  /** Gives the key of the MACs when one is made: hashing is not for start-up. */
  readonly secret: () => string;
  /** Whose records these are. */
  readonly identity: string;
  /** The clock, in milliseconds. */
  readonly now?: (() => number) | undefined;
}

/** What was shown with a token: whoever has it has seen this. */
export interface Shown {
  readonly candidateIds: readonly number[];
  /** True where it was told that a person of this name was sent before, and that the outcome isn't known. */
  readonly hasDoubt?: boolean;
}

/**
 * Tokens by which a caller shows that it saw what was shown for exactly this record: short MACs over the values, the
 * identity, the candidates, the doubt and an expiry, keyed by a secret that all copies of a service share. Nothing is stored, and a
 * record made with a token becomes a candidate itself, which voids the token.
 *
 * A token proves that the tools' answer was seen, not that a person agreed: an assistant can pass it on by itself.
 */
export class ConfirmTokens {
  readonly #secret: () => string;
  readonly #identity: string;
  readonly #now: () => number;

  constructor({ secret, identity, now = steadyNow }: ConfirmTokensOptions) {
    this.#secret = secret;
    this.#identity = identity;
    this.#now = now;
  }

  mint(record: ReadonlyMap<string, string>, shown: Shown): string {
    const expiry = this.#now() + goodForMs;
    return `${expiry.toString(36)}.${this.#mac(expiry, record, shown)}`;
  }

  /**
   * When a token for exactly these values, and for what is to be shown, was made, in milliseconds; `undefined` for any other text, and
   * for one that is too old.
   */
  mintedAt(token: string, record: ReadonlyMap<string, string>, shown: Shown): number | undefined {
    const [, time = '', mac = ''] = /^([0-9a-z]{1,9})\.([\w-]{22})$/.exec(token.trim()) ?? [];
    const expiry = Number.parseInt(time, 36);
    const expected = this.#mac(expiry, record, shown);
    return isSame(mac, expected) && expiry > this.#now() ? expiry - goodForMs : undefined;
  }

  #mac(expiry: number, record: ReadonlyMap<string, string>, { candidateIds, hasDoubt = false }: Shown): string {
    const values = [...record].sort(([a], [b]) => (a < b ? -1 : 1));
    const ids = [...candidateIds].sort((a, b) => a - b);
    const mac = createHmac('sha256', this.#secret()).update(
      JSON.stringify(['consent', this.#identity, expiry, values, ids, hasDoubt]),
    );
    return mac.digest().subarray(0, 16).toString('base64url');
  }
}

function isSame(text: string, expected: string): boolean {
  const [a, b] = [Buffer.from(text), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
