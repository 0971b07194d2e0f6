import { expect, test } from 'vitest';
import { check } from '../../src/checking/check.ts';
import { reportText } from '../../src/checking/report.ts';
import type { Fault } from '../../src/sandbox/sandbox.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

/** The report on a sandbox. */
async function checked(env: Record<string, string> = {}, fault?: Fault) {
  const sandbox = await useSandbox();
  if (fault) sandbox.misbehave(fault);
  return check({ ...settingsFor(sandbox), ...env }, {});
}

test('the report names the origin of each setting, and each step', async () => {
  expect(await checked()).toMatchObject({
    ok: true,
    settings: { CHARITYLOG_USER_KEY: 'environment' },
    steps: ['Node', 'settings', 'keys', 'client types', 'filterable fields', 'selectable fields'].map(name => ({
      name,
    })),
  });
});

test('without keys it says which are missing, and asks nothing further', async () => {
  expect(reportText(await check({}, {}))).toMatch(/failed +keys.*CHARITYLOG_SOURCE_KEY.*skipped +client types/s);
});

test.each<[string, Record<string, string>, Fault | undefined, RegExp]>([
  ['wrong keys', { CHARITYLOG_ORG_KEY: 'wrong' }, undefined, /failed +keys.*refused the API keys/s],
  [
    'a list that is missing, and goes on',
    {},
    { kind: 'status', status: 404, path: 'filterable_fields' },
    /failed +filterable fields.*ok +selectable fields/s,
  ],
  [
    'a hidden or required field that the system does not have',
    { CHARITYLOG_HIDDEN_FIELDS: 'sensitive;nots', CHARITYLOG_REQUIRED_FIELDS: 'birthday' },
    undefined,
    /CHARITYLOG_HIDDEN_FIELDS names nots; .*which this system does not have/,
  ],
  [
    'an audit log that cannot be written',
    { CHARITYLOG_AUDIT_LOG: '/dev/null/audit.jsonl' },
    undefined,
    /failed +audit log/,
  ],
  [
    'a collector that cannot be reached without the certificates, and goes on',
    { CHARITYLOG_AUDIT_SYSLOG: 'tls://localhost:6514', CHARITYLOG_CA_FILE: '/dev/null/ca.pem' },
    undefined,
    /failed +audit syslog .*CHARITYLOG_CA_FILE.*failed +keys/s,
  ],
  [
    'an export folder that is not there',
    { CHARITYLOG_EXPORT_DIR: '/dev/null/exports' },
    undefined,
    /failed +export folder .*not a directory \(ENOTDIR\)/,
  ],
  [
    'a wrong setting',
    { CHARITYLOG_BASE_URL: 'http://api.dizions.co.uk/v2' },
    undefined,
    /failed +settings +CHARITYLOG_BASE_URL must be an https address/,
  ],
])('it tells of %s', async (_, env, fault, problem) => {
  const report = await checked(env, fault);
  expect(report.ok).toBe(false);
  expect(reportText(report)).toMatch(problem);
});
