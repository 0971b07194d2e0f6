import { createHmac } from 'node:crypto';
import { AuditLog } from '../audit/audit-log.ts';
import type { AuditSink } from '../audit/audit-sink.ts';
import { openShares, type Shares } from '../base/budget.ts';
import type { Observer } from '../base/observer.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CharitylogClient } from '../charitylog/client.ts';
import type { ServerOptions } from '../mcp/server.ts';
import { ConfirmTokens, tokenSecret } from '../people/adding/confirm-token.ts';
import type { CreateLedger } from '../people/adding/ledger.ts';
import { LocalLedger } from '../people/adding/local-ledger.ts';
import { RecentAnswers } from '../people/asking/recent-answers.ts';
import { Heeding } from '../people/heeding.ts';
import { RecentReading } from '../people/matching/recent-reading.ts';
import { Writing } from '../people/writing.ts';
import type { Config } from '../settings/config.ts';

/** What is kept for one API user with its limits, and never shared with another. */
export interface Identity extends ServerOptions {
  readonly api: CharitylogClient;
  /** What it may keep in memory. */
  readonly shares: Shares;
}

/** What an identity is opened with. */
export interface IdentityOptions {
  readonly observer: Observer;
  /** Takes value-free lines about the audit log. */
  readonly report: (line: string) => void;
  /** The caller's name, where there are several callers. */
  readonly name?: string;
  /** The ledger of its creates, where that isn't this process's own. */
  readonly ledger?: CreateLedger | undefined;
  /** The collector of its audit lines, where there is one. */
  readonly collector?: AuditSink | undefined;
  /** What it may keep; of budgets of its own unless told. */
  readonly shares?: Shares;
}

/** Opens what is kept for the identity of these settings. Nothing is asked of the API yet. */
export function openIdentity(
  config: Config,
  {
    observer,
    report,
    name = '',
    collector,
    shares = openShares(),
    ledger = new LocalLedger({ share: shares.creates }),
  }: IdentityOptions,
): Identity {
  const api = new CharitylogClient(config, observer, shares.arriving);
  const answers = new RecentAnswers({ share: shares.answers, observer });
  const recentReading = new RecentReading({ share: shares.everybody });
  const identity = identityKey(config, name);
  const isAudited = config.auditLog !== undefined || collector !== undefined;
  const audited = () => ({ file: config.auditLog, collector, identity: name || hashOf(config), report });
  return {
    api,
    shares,
    catalogue: new Catalogue(api, {
      hiddenFields: config.hiddenFields,
      maskedFields: config.maskedFields,
      observer,
      share: shares.lists,
    }),
    heeding: new Heeding(),
    writing: new Writing(config),
    answers,
    recentReading,
    forgetAnswers() {
      answers.clear();
      recentReading.clear();
    },
    ledger,
    tokens: new ConfirmTokens({ secret: () => tokenSecret(config), identity }),
    questionSecret: () => secretFor('question', config, identity).toString('hex'),
    cursorSecret: () => secretFor('cursor', config, identity),
    settings: config,
    isReadOnly: config.readOnly,
    isAuditRequired: config.auditRequired,
    audit: isAudited ? new AuditLog(audited()) : undefined,
    observer,
  };
}

/** What only the copies of a service know, another for each purpose and identity: 32 bytes. */
function secretFor(purpose: 'question' | 'cursor', config: Config, identity: string): Buffer {
  return createHmac('sha256', tokenSecret(config))
    .update(JSON.stringify([purpose, identity]))
    .digest();
}

/** A text that is each identity's own: it holds keys, and is never shown or stored as it is. */
export function identityKey({ baseUrl, keys }: Config, name: string): string {
  return JSON.stringify([baseUrl, keys.org, keys.user, name]);
}

/** A text that is each system's own, the same for all identities on it: it holds keys, and is never shown. */
export function systemKey({ baseUrl, keys }: Config): string {
  return JSON.stringify([baseUrl, keys.source, keys.org]);
}

/** A hash that stands for the API user and tells nothing of the keys. */
function hashOf(config: Config): string {
  const { org, user } = config.keys;
  const mac = createHmac('sha256', tokenSecret(config)).update(JSON.stringify([config.baseUrl, org, user]));
  return mac.digest('base64url').slice(0, 12);
}
