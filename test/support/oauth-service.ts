import { useIssuer } from './issuer.ts';
import { settingsFor, useSandbox } from './sandbox.ts';
import { callersFile, startService, type TestCaller } from './service.ts';

/** What the service calls itself in access tokens. */
export const aud = 'http://127.0.0.1/mcp';

/** Starts a service with a callers file that takes access tokens, its issuer, and a small system. */
export async function startOAuthService(
  callersOf: (keys: Pick<TestCaller, 'org_key' | 'user_key'>) => readonly TestCaller[],
  more: Readonly<Record<string, string>> = {},
) {
  const sandbox = await useSandbox({ people: 40 });
  const issuer = await useIssuer();
  const file = await callersFile(callersOf({ org_key: sandbox.keys.org, user_key: sandbox.keys.user }));
  const service = await startService({
    ...settingsFor(sandbox),
    CHARITYLOG_CALLERS: file.path,
    CHARITYLOG_OAUTH_ISSUER: issuer.url,
    CHARITYLOG_OAUTH_AUDIENCE: aud,
    ...more,
  });
  return { sandbox, issuer, service };
}
