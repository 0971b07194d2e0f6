import { type Budget, Share } from '../../base/budget.ts';
import { tokenSecret } from '../../people/adding/confirm-token.ts';
import type { CreateLedger } from '../../people/adding/ledger.ts';
import { LocalLedger, LocalSystem } from '../../people/adding/local-ledger.ts';
import type { Config } from '../../settings/config.ts';
import { identityKey, systemKey } from '../identity.ts';
import type { Redis } from './redis.ts';
import { RedisLedger } from './redis-ledger.ts';

/** Longer than a create that was sent can take, its look-up included, in milliseconds. */
export const longestCreateMs = 70_000;

/** What ledgers are opened with. */
export interface LedgersOptions {
  /** Where copies of the service share their ledgers. */
  readonly redis: Redis | undefined;
  /** What the ledgers of this process may take together. */
  readonly budget: Budget;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
}

/**
 * The ledgers of a service, one for each identity. They outlive a change of a caller's rights, as what was sent before
 * it may still be unknown.
 */
export class Ledgers {
  readonly #options: LedgersOptions;
  readonly #ledgers = new Map<string, CreateLedger>();
  readonly #systems = new Map<string, LocalSystem>();

  constructor(options: LedgersOptions) {
    this.#options = options;
  }

  /** The ledger of an identity: of the keys in these settings, and its caller's name. */
  for(config: Config, name: string): CreateLedger {
    const identity = identityKey(config, name);
    const ledger = this.#ledgers.get(identity) ?? this.#open(config, identity);
    this.#ledgers.set(identity, ledger);
    return ledger;
  }

  /** Lets no further create begin; resolves when every one that was sent has ended, its look-up included. */
  async end(): Promise<void> {
    for (const ledger of this.#ledgers.values()) ledger.stop();
    await Promise.all([...this.#ledgers.values()].map(ledger => ledger.settle(longestCreateMs)));
  }

  /** Callers of the same system add people to it in turn: else two could add the same one at the same moment. */
  #open(config: Config, identity: string): CreateLedger {
    const { redis, budget, report } = this.#options;
    const key = systemKey(config);
    if (redis) {
      const ledger = new RedisLedger({ redis, identity, system: key, secret: tokenSecret(config), log: report });
      void ledger.prepare();
      return ledger;
    }
    const system = this.#systems.get(key) ?? new LocalSystem();
    this.#systems.set(key, system);
    return new LocalLedger({ system, share: new Share(budget) });
  }
}
