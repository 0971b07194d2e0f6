import { createHash } from 'node:crypto';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Issuer } from '../../support/issuer.ts';
import { startOnce } from '../../support/lifetime.ts';
import { aud, startOAuthService } from '../../support/oauth-service.ts';
import { run } from '../../support/run.ts';
import { httpClients, post, type Service, toolCall } from '../../support/service.ts';

const sub = 'user-1';
/** A subject that is written as the hash of another caller's token is. */
const hash = createHash('sha256').update('a-token-of-the-file').digest('hex');
const both = 'people:read people:create';
const newPerson = toolCall('create_person', { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' });
let sandbox: Sandbox;
let issuer: Issuer;
let service: Service;

startOnce(async () => {
  ({ sandbox, issuer, service } = await startOAuthService(keys => [
    { name: 'reception', subject: sub, ...keys },
    { name: 'dashboard', token: 'a-token-of-the-file', read_only: true, ...keys },
    { name: 'double', subject: hash, ...keys },
  ]));
});

const as = (token: string) => ({ authorization: `Bearer ${token}` });
const metadataUrl = 'http://127.0.0.1/.well-known/oauth-protected-resource/mcp';

describe('an access token', () => {
  test('with both scopes may read and add', async () => {
    const token = await issuer.token({ sub, aud, scope: both });
    const client = await httpClients['modern era, v2 client'](service.url, token);
    expect((await client.listTools()).map(tool => tool.name)).toContain('create_person');
    const answer = await post(service.url, newPerson, as(token));
    expect(await answer.json()).toMatchObject({ result: { structuredContent: { status: 'created' } } });
  });

  test('without people:create has no create_person, and is told what it needs', async () => {
    const before = sandbox.people.length;
    const token = await issuer.token({ sub, aud, scope: 'people:read' });
    const client = await httpClients['v1 client'](service.url, token);
    expect((await client.listTools()).map(tool => tool.name)).not.toContain('create_person');
    const refused = await post(service.url, newPerson, as(token));
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope".*scope="people:read people:create".*resource_metadata="/,
    );
    expect(sandbox.people).toHaveLength(before);
  });

  test('without people:read is refused with 403', async () => {
    const refused = await post(service.url, toolCall('list_client_types'), as(await issuer.token({ sub, aud })));
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
  });

  test('of somebody who is no caller is refused with 403, and what to do about it', async () => {
    const token = await issuer.token({ sub: 'somebody', aud, scope: both });
    const refused = await post(service.url, toolCall('list_client_types'), as(token));
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ error_description: expect.stringContaining('callers file') });
  });

  test.each<[string, () => Promise<string>]>([
    ['that has expired', () => issuer.token({ sub, aud, scope: both, exp: Math.floor(Date.now() / 1000) - 60 })],
    ['for another service', () => issuer.token({ sub, aud: 'https://other.example/mcp', scope: both })],
    ['of another issuer', () => issuer.token({ sub, aud, scope: both, iss: 'https://other.example' })],
    [
      'signed by somebody else',
      async () => issuer.token({ sub, aud, scope: both }, (await generateKeyPair('ES256')).privateKey),
    ],
    [
      'without a signature',
      async () => new UnsecuredJWT({ sub, aud, iss: issuer.url, scope: both }).setExpirationTime('1h').encode(),
    ],
    ['that is cut off', async () => (await issuer.token({ sub, aud, scope: both })).slice(0, -20)],
  ])('%s is refused with 401, and where to get a good one', async (_, make) => {
    const token = await make();
    const refused = await post(service.url, toolCall('list_client_types'), as(token));
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(`error="invalid_token"`);
    expect(refused.headers.get('www-authenticate')).toContain(`resource_metadata="${metadataUrl}"`);
    expect(await refused.text()).not.toContain(token);
    expect(JSON.stringify(service.log)).not.toContain(token);
    expect(JSON.stringify(sandbox.requests)).not.toContain(token);
  });
});

test('a token of the callers file is as good beside OAuth', async () => {
  const answer = await post(service.url, toolCall('list_client_types'), as('a-token-of-the-file'));
  expect(answer.status).toBe(200);
});

test('a subject that looks like the hash of a token is the caller of its own', async () => {
  const connect = httpClients['modern era, v2 client'];
  const names = async (token: string) => (await (await connect(service.url, token)).listTools()).map(tool => tool.name);
  expect(await names(await issuer.token({ sub: hash, aud, scope: both }))).toContain('create_person');
  expect(await names('a-token-of-the-file')).not.toContain('create_person');
});

test('the scheme may be written in any case, with more than one space behind it', async () => {
  const headers = { authorization: 'bEARER   a-token-of-the-file ' };
  expect((await post(service.url, toolCall('list_client_types'), headers)).status).toBe(200);
});

test.each(['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'])(
  '%s tells whom to ask for tokens',
  async path => {
    const response = await fetch(service.at(path));
    expect(await response.json()).toMatchObject({
      resource: aud,
      authorization_servers: [issuer.url],
      scopes_supported: ['people:read', 'people:create'],
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  },
);

test('a browser may ask whether it may read that, whatever headers its client sends', async () => {
  const asked = await fetch(service.at('/.well-known/oauth-protected-resource/mcp'), {
    method: 'OPTIONS',
    headers: {
      origin: 'https://inspector.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'mcp-protocol-version',
    },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  expect(asked.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
});

test('no token is refused with 401 and where to get one, and without an error', async () => {
  const refused = await post(service.url, toolCall('list_client_types'));
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toBe(
    `Bearer scope="people:read", resource_metadata="${metadataUrl}"`,
  );
});

test('check --url says that it needs a token, and with one looks at everything', async () => {
  const { port } = new URL(service.url);
  const alone = await run(['check', '--url', service.url]);
  expect(alone).toMatchObject({ code: 1, stdout: expect.stringMatching(/ok .*401.*set CHARITYLOG_TOKEN/s) });
  // The metadata names the public address, which this one is not.
  expect(alone.stdout).toContain(`names ${aud} as the resource, not http://127.0.0.1:${port}/mcp`);
  const known = await run(['check', '--url', service.url], { CHARITYLOG_TOKEN: 'a-token-of-the-file' });
  expect(known.stdout).toMatch(/ok .*2026-07-28 .*6 tools.*ok .*older revisions/s);
});
