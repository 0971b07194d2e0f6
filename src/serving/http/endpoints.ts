import type { AuditSink } from '../../audit/audit-sink.ts';
import { type Budgets, openShares } from '../../base/budget.ts';
import { memoizeByObject } from '../../base/memoize.ts';
import type { Observer } from '../../base/observer.ts';
import type { CreateLedger } from '../../people/adding/ledger.ts';
import type { Config } from '../../settings/config.ts';
import { credentialOf } from '../callers/authenticate.ts';
import type { Caller, CallersFile } from '../callers/callers-file.ts';
import { longestCreateMs } from '../copies/ledgers.ts';
import type { SharedRate } from '../copies/shared-rate.ts';
import { openIdentity } from '../identity.ts';
import { Endpoint } from './endpoint.ts';
import { CallLimit } from './limits.ts';
import type { Purpose } from './open-requests.ts';

/** What the endpoint of each caller is made with. */
export interface EndpointsOptions {
  readonly config: Config;
  /** What all callers may keep together. */
  readonly budgets: Budgets;
  /** The observer of one caller's calls. */
  readonly observerOf: (caller: string) => Observer;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
  /** Where audit lines go besides the file. */
  readonly collector: AuditSink | undefined;
  /** The ledger of a caller's creates; the name is blank where there are no callers. */
  readonly ledgerFor: (config: Config, caller: string) => CreateLedger;
  /** What all copies count of a caller's calls, where they share it. */
  readonly sharedRateFor: (config: Config, caller: string) => SharedRate | undefined;
}

/** The endpoints of all callers, each opened when its caller first comes. */
export class Endpoints {
  readonly #options: EndpointsOptions;
  /** With the callers who came to each, by what let them in: a new token doesn't change an identity. */
  readonly #endpoints = new Map<string, { readonly endpoint: Endpoint; readonly admitted: Map<string, Caller> }>();
  /** Services that are closing: their creates still have to end. */
  readonly #closing = new Set<Endpoint>();

  constructor(options: EndpointsOptions) {
    this.#options = options;
  }

  /** The endpoint of a caller; of the keys in the environment where there are no callers. */
  for(caller: Caller | undefined): Endpoint {
    const key = caller ? identityOf(caller) : '';
    let known = this.#endpoints.get(key);
    if (!known) {
      known = { endpoint: this.#open(caller), admitted: new Map() };
      this.#endpoints.set(key, known);
    }
    if (caller) known.admitted.set(credentialOf(caller), caller);
    return known.endpoint;
  }

  /** Ends the open requests of callers who were removed, or whose token or rights changed. */
  async keepOnly(current: CallersFile): Promise<void> {
    const identities = new Set(current.callers.map(identityOf));
    const closing: Endpoint[] = [];
    for (const [key, { endpoint, admitted }] of this.#endpoints) {
      for (const [credential, caller] of admitted) {
        const now = current.asOfNow(caller);
        if (now && identityOf(now) === key) continue;
        admitted.delete(credential);
        endpoint.open.abort(request => request.credential === credential);
      }
      if (key === '' || admitted.size > 0 || identities.has(key)) continue;
      this.#endpoints.delete(key);
      closing.push(endpoint);
    }
    await Promise.all(closing.map(endpoint => this.#closeWhenSettled(endpoint)));
  }

  /** How many requests are being answered. */
  get underWay(): number {
    return this.#all.reduce((sum, { open }) => sum + open.size, 0);
  }

  /** Aborts the requests of some purposes. */
  abort(...purposes: Purpose[]): void {
    for (const { open } of this.#all) open.abort(({ purpose }) => purposes.includes(purpose));
  }

  /** Resolves when nothing is under way, or after `ms` milliseconds. */
  async settled(ms: number): Promise<void> {
    const signal = AbortSignal.timeout(ms);
    await Promise.all(this.#all.map(({ open }) => open.settled(signal)));
  }

  /** Closes everything; returns how many writes were still under way. */
  async close(): Promise<number> {
    const left = await Promise.all(this.#all.map(({ identity }) => identity.api.settleWrites(0)));
    await Promise.all(this.#all.map(endpoint => endpoint.close()));
    return left.reduce((sum, one) => sum + one, 0);
  }

  async #closeWhenSettled(endpoint: Endpoint): Promise<void> {
    this.#closing.add(endpoint);
    await endpoint.identity.ledger.settle(longestCreateMs);
    await endpoint.close();
    this.#closing.delete(endpoint);
  }

  get #all(): Endpoint[] {
    return [...[...this.#endpoints.values()].map(({ endpoint }) => endpoint), ...this.#closing];
  }

  #open(caller: Caller | undefined): Endpoint {
    const { config, budgets, observerOf, ledgerFor, sharedRateFor, collector, report } = this.#options;
    const name = caller?.name ?? 'environment';
    const own = caller ? configOf(caller, config) : config;
    const limit = new CallLimit(config, sharedRateFor(own, caller?.name ?? ''));
    const ledger = ledgerFor(own, caller?.name ?? '');
    const identity = openIdentity(own, {
      observer: observerOf(name),
      report,
      collector,
      ledger,
      shares: openShares(budgets),
      ...(caller && { name }),
    });
    const stop = identity.catalogue.onFields(() => {
      stop();
      const { misspeltHiddenFields } = identity.catalogue;
      if (misspeltHiddenFields.length === 0) return;
      report(
        `${name}: hidden fields that this system does not have: ${misspeltHiddenFields.join(', ')}; check their spelling`,
      );
    });
    return new Endpoint({ enter: () => limit.enter(), ...identity }, error => report(`protocol fault: ${error.name}`));
  }
}

/** Equal for callers who share an identity, and never blank. A new token doesn't change it. */
const identityOf = memoizeByObject(({ name, org, user, readOnly, hiddenFields }: Caller) =>
  JSON.stringify([name, org, user, readOnly, hiddenFields]),
);

/** The operator's limits hold for every caller; a caller's own come on top. */
function configOf({ org, user, readOnly, hiddenFields }: Caller, config: Config): Config {
  return Object.freeze({
    ...config,
    keys: Object.freeze({ source: config.keys.source, org, user }),
    readOnly: config.readOnly || readOnly,
    hiddenFields: [...config.hiddenFields, ...hiddenFields],
  });
}
