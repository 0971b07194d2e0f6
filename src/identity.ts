import { createHmac } from 'node:crypto';
import { AuditLog } from './audit.ts';
import { Catalogue } from './catalogue/catalogue.ts';
import { CharitylogClient } from './charitylog/client.ts';
import type { Config } from './config.ts';
import type { Observer } from './observer.ts';
import type { ServerParts } from './server.ts';
import { ConfirmTokens, tokenSecret } from './tools/confirm-token.ts';
import { Memory } from './tools/memory.ts';

/** All that is kept for one API user with its limits, and never shared with another. */
export interface Identity extends ServerParts {
  readonly people: CharitylogClient;
}

/**
 * Opens what is kept for an identity. Nothing is asked of the API yet.
 *
 * @param config the settings, with this identity's keys and limits
 * @param observer takes what happens, and lines about the audit log
 */
export function openIdentity(
  config: Config,
  { observer, report, name = '' }: { observer: Observer; report: (line: string) => void; name?: string },
): Identity {
  const people = new CharitylogClient(config, observer);
  const label = name === '' ? hashOf(config) : name;
  return {
    people,
    catalogue: new Catalogue(people, config.hiddenFields, Date.now, observer),
    memory: new Memory(),
    tokens: new ConfirmTokens(
      tokenSecret(config),
      JSON.stringify([config.baseUrl, config.keys.org, config.keys.user, name]),
    ),
    config,
    audit: config.auditLog === undefined ? undefined : new AuditLog({ file: config.auditLog, identity: label, report }),
    observer,
  };
}

/** A hash that stands for the API user and tells nothing of the keys. */
function hashOf(config: Config): string {
  const { org, user } = config.keys;
  const mac = createHmac('sha256', tokenSecret(config)).update(JSON.stringify([config.baseUrl, org, user]));
  return mac.digest('base64url').slice(0, 12);
}
