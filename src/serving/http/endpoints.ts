import type { Observer } from '../../base/observer.ts';
import { tokenSecret } from '../../people/adding/confirm-token.ts';
import type { CreateLedger } from '../../people/adding/ledger.ts';
import { LocalLedger, LocalSystem } from '../../people/adding/local-ledger.ts';
import type { Config } from '../../settings/config.ts';
import { passKeyOf } from '../callers/authenticate.ts';
import type { Caller } from '../callers/callers-file.ts';
import type { Redis } from '../copies/redis.ts';
import { RedisLedger } from '../copies/redis-ledger.ts';
import { identityKey, openIdentity, systemKey } from '../identity.ts';
import { CallerService } from './endpoint.ts';
import { CallLimit } from './limits.ts';
import { Exchanges, type Purpose } from './open-requests.ts';

/** Longer than a create that was sent can take, its look-up included, in milliseconds. */
const longestCreateMs = 70_000;

/** What the service of each caller is made with. */
export interface CallerServicesParts {
  readonly config: Config;
  /** The observer of one caller's calls. */
  readonly observerOf: (caller: string) => Observer;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
  /** Where copies of the service share their ledgers. */
  readonly redis: Redis | undefined;
}

/** The services of all callers, each opened when its caller first comes. */
export class CallerServices {
  readonly #parts: CallerServicesParts;
  readonly #services = new Map<string, CallerService>();
  /** Those that are being closed: what they add still has to end. */
  readonly #closing = new Set<CallerService>();
  /** By identity: they outlive a change of rights, as what was sent before it may still be unknown. */
  readonly #ledgers = new Map<string, CreateLedger>();
  readonly #systems = new Map<string, LocalSystem>();

  constructor(parts: CallerServicesParts) {
    this.#parts = parts;
  }

  /** The service of a caller; of the keys in the environment where there are no callers. */
  for(caller: Caller | undefined): CallerService {
    const key = identityOf(caller);
    const known = this.#services.get(key);
    if (known) return known;
    const service = this.#open(caller);
    this.#services.set(key, service);
    return service;
  }

  /** Ends what callers who are no longer there, or whose token or rights have changed, have under way. */
  async keepOnly(callers: readonly Caller[]): Promise<void> {
    const passes = new Set(callers.map(passKeyOf));
    const identities = new Set(callers.map(identityOf));
    const closing = [...this.#services].filter(([key]) => !identities.has(key));
    for (const [key] of closing) this.#services.delete(key);
    for (const [, { exchanges }] of closing) exchanges.abort(() => true);
    for (const { exchanges } of this.#services.values()) exchanges.abort(({ pass }) => !passes.has(pass));
    await Promise.all(closing.map(([, service]) => this.#closeWhenSettled(service)));
  }

  /** How many requests are being answered. */
  get underWay(): number {
    return this.#all.reduce((sum, { exchanges }) => sum + exchanges.size, 0);
  }

  /** Aborts the requests of some purposes. */
  abort(...purposes: Purpose[]): void {
    for (const { exchanges } of this.#all) exchanges.abort(({ purpose }) => purposes.includes(purpose));
  }

  /** Resolves when nothing is under way, or after `ms` milliseconds. */
  async settled(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    await Promise.all(this.#all.map(({ exchanges }) => exchanges.settled(signal)));
  }

  /** Lets no further create begin; resolves when every one that was sent has ended, its look-up included. */
  async endCreates(): Promise<void> {
    for (const ledger of this.#ledgers.values()) ledger.stop();
    await Promise.all([...this.#ledgers.values()].map(ledger => ledger.settle(longestCreateMs)));
  }

  /** Closes everything; returns how many writes were still under way. */
  async close(): Promise<number> {
    const left = await Promise.all(this.#all.map(({ identity }) => identity.api.settleWrites(0)));
    await Promise.all(this.#all.map(service => service.close()));
    return left.reduce((sum, one) => sum + one, 0);
  }

  async #closeWhenSettled(service: CallerService): Promise<void> {
    this.#closing.add(service);
    await service.identity.ledger.settle(longestCreateMs);
    await service.close();
    this.#closing.delete(service);
  }

  #ledgerFor(own: Config, name: string): CreateLedger {
    const identity = identityKey(own, name);
    const ledger = this.#ledgers.get(identity) ?? this.#newLedger(own, identity);
    this.#ledgers.set(identity, ledger);
    return ledger;
  }

  /** Callers of the same system add people to it in turn: else two could add the same one at the same moment. */
  #newLedger(own: Config, identity: string): CreateLedger {
    const { redis, report } = this.#parts;
    const key = systemKey(own);
    if (redis) {
      const ledger = new RedisLedger({ redis, identity, system: key, secret: tokenSecret(own), log: report });
      void ledger.prepare();
      return ledger;
    }
    const system = this.#systems.get(key) ?? new LocalSystem();
    this.#systems.set(key, system);
    return new LocalLedger({ system });
  }

  get #all(): CallerService[] {
    return [...this.#services.values(), ...this.#closing];
  }

  #open(caller: Caller | undefined): CallerService {
    const { config, observerOf, report } = this.#parts;
    const name = caller?.name ?? 'environment';
    const own = caller ? configOf(caller, config) : config;
    const limit = new CallLimit(config);
    const ledger = this.#ledgerFor(own, name);
    const identity = openIdentity(own, { observer: observerOf(name), report, ledger, ...(caller && { name }) });
    const stop = identity.catalogue.onFields(() => {
      stop();
      const { misspeltHiddenFields } = identity.catalogue;
      if (misspeltHiddenFields.length === 0) return;
      report(
        `${name}: to be hidden, but not fields of this system: ${misspeltHiddenFields.join(', ')}; are they misspelt?`,
      );
    });
    return new CallerService({ ...identity, enter: () => limit.enter() }, new Exchanges(), error =>
      report(`protocol fault: ${error.name}`),
    );
  }
}

/** What makes one caller's identity another's: a new token doesn't. */
function identityOf(caller: Caller | undefined): string {
  if (!caller) return '';
  const { name, org, user, readOnly, hiddenFields } = caller;
  return JSON.stringify([name, org, user, readOnly, hiddenFields]);
}

/** The operator's limits hold for every caller; a caller's own come on top. */
function configOf({ org, user, readOnly, hiddenFields }: Caller, config: Config): Config {
  return Object.freeze({
    ...config,
    keys: Object.freeze({ source: config.keys.source, org, user }),
    readOnly: config.readOnly || readOnly,
    hiddenFields: [...config.hiddenFields, ...hiddenFields],
  });
}
