import type { OAuthPerson } from './access-tokens.ts';
import type { Caller } from './parse-callers.ts';

/**
 * The caller that a person is, if any: by an entry of their own, by those of their groups, or by both. The limits of all that
 * fit hold together. Keys come from the person's own entry; groups with different keys can't be put in order of their rights.
 */
export function callerOf(person: OAuthPerson, callers: readonly Caller[]): Caller | 'different keys' | undefined {
  const own = callers.find(({ subject }) => subject === person.subject);
  const groups = callers.filter(({ claim }) => claim && person.claims.get(claim.name)?.includes(claim.value));
  const fitting = own ? [own, ...groups] : groups;
  const [first] = fitting;
  if (!first) return undefined;
  const isOfFirst = ({ org, user }: Caller) => org === first.org && user === first.user;
  if (!own && !groups.every(isOfFirst)) return 'different keys';
  return Object.freeze({
    // A person of a group has audit lines, limits, tokens and a ledger of their own.
    name: own ? own.name : `${first.name}/${person.subject}`,
    org: first.org,
    user: first.user,
    readOnly: fitting.some(({ readOnly }) => readOnly),
    hiddenFields: Object.freeze([...new Set(fitting.flatMap(({ hiddenFields }) => hiddenFields))]),
    subject: person.subject,
    person,
  });
}
