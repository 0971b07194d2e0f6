import { describe, expect, test } from 'vitest';
import { type ConfigFlags, loadConfig, missingKeys, settingOrigins } from '../../src/settings/config.ts';

const keys = { CHARITYLOG_SOURCE_KEY: 'source-1', CHARITYLOG_ORG_KEY: 'org-1', CHARITYLOG_USER_KEY: 'user-1' };

const oauth = {
  CHARITYLOG_CALLERS: 'callers.json',
  CHARITYLOG_OAUTH_ISSUER: 'https://id.example.org/tenant/',
  CHARITYLOG_OAUTH_AUDIENCE: 'https://mcp.example.org/mcp; 6f1c0e9a-0000-4000-8000-5d2f7b1c9e11',
};

function problemOf(environment: Record<string, string>, flags: ConfigFlags = {}): string {
  try {
    loadConfig(environment, flags);
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
      createMark: undefined,
      recordUrl: undefined,
      maskedFields: [],
      requiredFields: [],
      auditLog: undefined,
      auditRequired: false,
      auditSyslog: undefined,
      exportDir: undefined,
      createMethod: 'POST',
      createEncoding: 'form',
      createVia: 'clients',
      referralSource: undefined,
      referralRole: undefined,
      referralDescription: undefined,
      confirm: 'duplicates',
      elicitation: 'on',
      callers: undefined,
      oauthIssuer: undefined,
      oauthAudience: [],
      allowedHosts: [],
      redisUrl: undefined,
      callsPerMinute: 300,
      callsInFlight: 32,
      token: '',
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
    ['CHARITYLOG_OAUTH_ISSUER', 'http://id.example.org', 'https'],
    ['CHARITYLOG_OAUTH_ISSUER', 'https://id.example.org/?tenant=7', 'https'],
    ['CHARITYLOG_OAUTH_AUDIENCE', '6f1c0e9a-0000-4000-8000-5d2f7b1c9e11', 'public address'],
    ['CHARITYLOG_OAUTH_AUDIENCE', 'https://mcp.example.org/mcp;', 'public address'],
    ['CHARITYLOG_OAUTH_AUDIENCE', 'https://mcp.example.org/mcp#part', 'public address'],
    ['CHARITYLOG_ALLOWED_HOSTS', 'https://mcp.example.org', 'host names'],
    ['CHARITYLOG_ALLOWED_HOSTS', 'mcp.example.org:8080', 'without scheme, port'],
    ['CHARITYLOG_ALLOWED_HOSTS', 'mcp.example.org/mcp', 'host names'],
    ['CHARITYLOG_ALLOWED_HOSTS', '*.example.org', 'wildcards'],
    ['CHARITYLOG_ALLOWED_HOSTS', 'mcp.example.org;;other.example.org', 'host names'],
    ['CHARITYLOG_ALLOWED_HOSTS', '127.1', 'host names'],
    ['CHARITYLOG_REDIS_URL', 'https://:secret@cache.example.org', 'redis://'],
    ['CHARITYLOG_REDIS_URL', 'cache.example.org:6379', 'redis://'],
    ['CHARITYLOG_CALLS_PER_MINUTE', '1000001', 'from 1 to 1000000'],
    ['CHARITYLOG_CALLS_IN_FLIGHT', '1001', 'from 1 to 1000'],
    ['CHARITYLOG_TOKEN', 'two words', 'one line'],
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

  test('the settings of the HTTP service are kept as they were given', () => {
    const config = loadConfig({
      ...oauth,
      CHARITYLOG_ALLOWED_HOSTS: 'MCP.example.org, charitylog_mcp;[::1]',
      CHARITYLOG_REDIS_URL: 'rediss://user:secret@cache.example.org:6380/2',
      CHARITYLOG_CALLS_PER_MINUTE: '100000',
      CHARITYLOG_CALLS_IN_FLIGHT: '1',
      CHARITYLOG_TOKEN: 'x'.repeat(4000),
    });
    expect(config).toMatchObject({
      callers: 'callers.json',
      oauthIssuer: 'https://id.example.org/tenant/',
      oauthAudience: ['https://mcp.example.org/mcp', '6f1c0e9a-0000-4000-8000-5d2f7b1c9e11'],
      allowedHosts: ['mcp.example.org', 'charitylog_mcp', '[::1]'],
      redisUrl: 'rediss://user:secret@cache.example.org:6380/2',
      callsPerMinute: 100_000,
      callsInFlight: 1,
      token: 'x'.repeat(4000),
    });
  });

  test('the issuer may be on loopback over plain http', () => {
    const issuer = 'http://127.0.0.1:8080/tenant';
    expect(loadConfig({ ...oauth, CHARITYLOG_OAUTH_ISSUER: issuer }).oauthIssuer).toBe(issuer);
  });

  test.each([
    ['CHARITYLOG_OAUTH_AUDIENCE', 'CHARITYLOG_OAUTH_ISSUER needs CHARITYLOG_OAUTH_AUDIENCE beside it.'],
    ['CHARITYLOG_OAUTH_ISSUER', 'CHARITYLOG_OAUTH_AUDIENCE needs CHARITYLOG_OAUTH_ISSUER beside it.'],
    ['CHARITYLOG_CALLERS', 'CHARITYLOG_OAUTH_ISSUER needs CHARITYLOG_CALLERS beside it.'],
  ])('OAuth without %s is refused', (missing, problem) => {
    expect(problemOf({ ...oauth, [missing]: '' })).toBe(problem);
  });

  test('what needs another setting is not missing it where that one is wrong, or where it is off itself', () => {
    expect(problemOf({ ...oauth, CHARITYLOG_OAUTH_ISSUER: 'nonsense' })).toMatch(/^CHARITYLOG_OAUTH_ISSUER must.*$/);
    expect(problemOf({ CHARITYLOG_AUDIT_REQUIRED: 'false' })).toBe('accepted');
    expect(problemOf({ CHARITYLOG_AUDIT_REQUIRED: 'true' })).toBe(
      'CHARITYLOG_AUDIT_REQUIRED needs CHARITYLOG_AUDIT_LOG beside it.',
    );
  });

  test('a flag wins over its variable, even over a wrong one', () => {
    expect(loadConfig({ CHARITYLOG_READ_ONLY: 'false' }, { readOnly: 'true' }).readOnly).toBe(true);
    expect(loadConfig({ CHARITYLOG_ALLOWED_HOSTS: '*' }, { allowedHosts: 'a.example' }).allowedHosts).toEqual([
      'a.example',
    ]);
  });

  test('a blank flag leaves its variable in force', () => {
    expect(loadConfig({ CHARITYLOG_CALLERS: 'a.json' }, { callers: ' ' }).callers).toBe('a.json');
  });

  test('a wrong flag is refused by its own name, without its value', () => {
    const problem = problemOf({}, { allowedHosts: 'https://mcp.example.org/x', oauthIssuer: 'nonsense' });
    expect(problem).toMatch(/^--oauth-issuer must be the https address.*\n--allowed-hosts must be host names/m);
    expect(problem).not.toMatch(/nonsense|org\/x|CHARITYLOG_ALLOWED_HOSTS/);
  });
});

test('settingOrigins tells where each setting came from', () => {
  const origins = settingOrigins(
    { ...keys, CHARITYLOG_USER_KEY: '', CHARITYLOG_CALLERS: 'a.json' },
    { readOnly: 'true', callers: 'b.json' },
  );
  expect(origins.get('CHARITYLOG_ORG_KEY')).toBe('environment');
  expect(origins.get('CHARITYLOG_USER_KEY')).toBe('not set');
  expect(origins.get('CHARITYLOG_OAUTH_AUDIENCE')).toBe('not set');
  expect(origins.get('CHARITYLOG_READ_ONLY')).toBe('flag');
  expect(origins.get('CHARITYLOG_CALLERS')).toBe('flag');
  expect(origins.get('CHARITYLOG_TIMEOUT_MS')).toBe('default');
});
