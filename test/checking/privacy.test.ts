import { expect, test } from 'vitest';
import { privacyReport, privacyText } from '../../src/checking/privacy.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { callersFile } from '../support/service.ts';

async function reported(env: Record<string, string> = {}) {
  return privacyReport(loadConfig({ ...settingsFor(await useSandbox({ people: 5 })), ...env }), env);
}

test('each field of the system is told once, with its kind of data and how it is shown', async () => {
  const { fields, isLive, canAdd } = await reported({
    CHARITYLOG_HIDDEN_FIELDS: 'notes',
    CHARITYLOG_MASKED_FIELDS: 'mobile',
    CHARITYLOG_READ_ONLY: 'true',
  });
  expect({ isLive, canAdd }).toEqual({ isLive: true, canAdd: false });
  const shown = Object.fromEntries(fields.map(({ name, category, shown }) => [name, `${category}: ${shown}`]));
  expect(shown).toMatchObject({
    religion: 'special category: when named',
    mobile: 'identifies or reaches somebody: in part',
    notes: 'identifies or reaches somebody: never',
    surname: 'identifies or reaches somebody: in every row',
    district: 'other: when named, and in a whole record',
  });
  expect(fields).toHaveLength(new Set(fields.map(({ name }) => name)).size);
});

test('it names everybody who gets something, and what a caller of the service never gets', async () => {
  const keys = { org_key: 'sandbox-org-key', user_key: 'sandbox-user-key' };
  const { path } = await callersFile([
    { name: 'dashboard', token: 't', read_only: true, hidden_fields: ['notes'], ...keys },
  ]);
  const text = privacyText(await reported({ CHARITYLOG_CALLERS: path, CHARITYLOG_REDIS_URL: 'redis://:geheim@r/' }));
  expect(text).toMatch(
    /company that runs its model.*127\.0\.0\.1.*Redis.*caller dashboard: only reads; never gets: notes/s,
  );
  expect(text).not.toMatch(/geheim|sandbox-org-key/);
});

test('collectors of audit lines and of traces are named, with what they get', async () => {
  const { recipients } = await reported({
    CHARITYLOG_AUDIT_SYSLOG: 'tls://logs.example.org:6514',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://traces.example.org:4318',
  });
  expect(recipients).toEqual(
    expect.arrayContaining([
      { who: 'logs.example.org:6514', gets: 'names of tools, arguments and fields, and ids; no value' },
      {
        who: 'traces.example.org:4318',
        gets: 'names of tools, methods and statuses of API requests, outcomes and times of the HTTP service',
      },
    ]),
  );
  const { recipients: others } = await reported({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'https://traces.example.org:4318',
    OTEL_SDK_DISABLED: 'true',
  });
  expect(others.map(({ who }) => who)).not.toContain('traces.example.org:4318');
});

test('without keys it tells of the fields of the manual, and asks nobody', async () => {
  const { isLive, fields } = await privacyReport(loadConfig({ CHARITYLOG_HIDDEN_FIELDS: 'sensitive' }), {});
  expect(isLive).toBe(false);
  expect(fields.filter(({ category }) => category === 'special category').map(({ shown }) => shown)).not.toContain(
    'when named',
  );
});
