import { describe, expect, test } from 'vitest';
import { loadConfig, missingKeys, settingOrigins } from '../src/config.ts';

const keys = { CHARITYLOG_SOURCE_KEY: 'source-1', CHARITYLOG_ORG_KEY: 'org-1', CHARITYLOG_USER_KEY: 'user-1' };

function problemOf(environment: Record<string, string>): string {
  try {
    loadConfig(environment);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

describe('loadConfig', () => {
  test('an empty environment gives every default, frozen', () => {
    const config = loadConfig({});
    expect(config).toEqual({
      keys: { source: '', org: '', user: '' },
      baseUrl: 'https://api.dizions.co.uk/v2',
      timeoutMs: 20_000,
      caFile: undefined,
      readOnly: false,
      hiddenFields: [],
      requiredFields: [],
      auditLog: undefined,
      auditRequired: false,
      createMethod: 'POST',
      createEncoding: 'form',
      createVia: 'clients',
      referralSource: undefined,
      referralRole: undefined,
      referralDescription: undefined,
      confirm: 'duplicates',
      elicitation: 'on',
      secret: '',
    });
    expect(Object.isFrozen(config) && Object.isFrozen(config.keys)).toBe(true);
  });

  test('spaces around a value are no part of it', () => {
    expect(loadConfig({ ...keys, CHARITYLOG_ORG_KEY: '  org-1\n' }).keys.org).toBe('org-1');
  });

  test.each(['', '   ', '${CHARITYLOG_ORG_KEY}', '${user_config.org_key}'])('%j counts as unset', value => {
    const config = loadConfig({ ...keys, CHARITYLOG_ORG_KEY: value, CHARITYLOG_TIMEOUT_MS: value });
    expect(missingKeys(config.keys)).toEqual(['CHARITYLOG_ORG_KEY']);
    expect(config.timeoutMs).toBe(20_000);
  });

  test.each([
    ['CHARITYLOG_BASE_URL', 'http://api.dizions.co.uk/v2', 'https'],
    ['CHARITYLOG_BASE_URL', 'http://127.0.0.1.evil.example/v2', 'https'],
    ['CHARITYLOG_BASE_URL', 'https://user:secret@api.dizions.co.uk', 'https'],
    ['CHARITYLOG_BASE_URL', 'nonsense', 'https'],
    ['CHARITYLOG_TIMEOUT_MS', '20s', 'milliseconds'],
    ['CHARITYLOG_TIMEOUT_MS', '99', 'milliseconds'],
    ['CHARITYLOG_READ_ONLY', 'maybe', 'true or false'],
    ['CHARITYLOG_HIDDEN_FIELDS', 'notes;surname', 'names of fields'],
    ['CHARITYLOG_CREATE_METHOD', 'PATCH', 'POST or PUT'],
    ['CHARITYLOG_CREATE_ENCODING', 'xml', 'form or json'],
    ['CHARITYLOG_USER_KEY', 'two\nlines', 'one line'],
  ])('%s=%s is refused by name, without its value, saying what is right', (variable, value, right) => {
    const problem = problemOf({ [variable]: value });
    expect(problem).toContain(variable);
    expect(problem).toContain(right);
    expect(problem.replace(variable, '')).not.toContain(value);
  });

  test('every wrong setting is named at once', () => {
    const problem = problemOf({ CHARITYLOG_READ_ONLY: 'maybe', CHARITYLOG_TIMEOUT_MS: 'soon' });
    expect(problem).toMatch(/CHARITYLOG_TIMEOUT_MS.*CHARITYLOG_READ_ONLY/s);
  });

  test('a misspelt setting is refused with the one that was meant', () => {
    expect(problemOf({ CHARITYLOG_READONLY: 'true' })).toBe(
      'CHARITYLOG_READONLY is not a setting; did you mean CHARITYLOG_READ_ONLY?',
    );
  });

  test.each(['http://localhost:8080/v2', 'http://127.0.0.1:1/v2/', 'http://[::1]:9/v2', 'https://replica.example/v2'])(
    'the base URL may be %s',
    url => {
      expect(loadConfig({ CHARITYLOG_BASE_URL: url }).baseUrl).toBe(url.replace(/\/$/, ''));
    },
  );

  test('a flag wins over its variable', () => {
    expect(loadConfig({ CHARITYLOG_READ_ONLY: 'false' }, { readOnly: true }).readOnly).toBe(true);
  });
});

test('settingOrigins tells where each setting came from', () => {
  const origins = settingOrigins({ ...keys, CHARITYLOG_USER_KEY: '' }, { readOnly: true });
  expect(origins.get('CHARITYLOG_ORG_KEY')).toBe('environment');
  expect(origins.get('CHARITYLOG_USER_KEY')).toBe('not set');
  expect(origins.get('CHARITYLOG_READ_ONLY')).toBe('flag');
  expect(origins.get('CHARITYLOG_TIMEOUT_MS')).toBe('default');
});
