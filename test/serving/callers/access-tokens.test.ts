import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OAuthError } from '@modelcontextprotocol/server';
import fc from 'fast-check';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { AccessTokens } from '../../../src/serving/callers/access-tokens.ts';
import { outboundRead } from '../../../src/serving/outbound.ts';
import { codePoint } from '../../support/code-point.ts';
import { atEnd } from '../../support/lifetime.ts';

const audience = 'https://mcp.example.org/mcp';

interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

let key: SigningKey;
let otherKey: SigningKey;

beforeAll(async () => {
  [key, otherKey] = await Promise.all([newKey('first', 'ES256'), newKey('second', 'ES256')]);
});

describe('a right token', () => {
  test('tells its subject, scopes and end', async () => {
    const { issuer, tokens } = await startIssuer();
    const exp = Math.floor(Date.now() / 1000) + 60;
    const token = await signed(issuer, { exp, scope: 'people:read people:create' });
    expect(await tokens.verify(token)).toMatchObject({
      subject: 'jo@example.org',
      scopes: ['people:read', 'people:create'],
      expiresAt: exp,
    });
  });

  test.each([
    [{ scp: 'a b' }, ['a', 'b']],
    [{ scp: ['a', 'b'] }, ['a', 'b']],
    [{ scope: '' }, []],
    [{ scope: { a: 1 }, scp: 7 }, []],
    [{}, []],
  ])('with %j has the scopes %j', async (claims, scopes) => {
    const { issuer, tokens } = await startIssuer();
    expect(await tokens.verify(await signed(issuer, claims))).toMatchObject({ scopes });
  });

  test.each(['RS256', 'PS384', 'ES256', 'ES384', 'ES512', 'EdDSA'])('may be signed with %s', async alg => {
    const signingKey = await newKey('k', alg);
    const { issuer, tokens } = await startIssuer({ keys: [key, signingKey] });
    expect(await tokens.verify(await signed(issuer, {}, { key: signingKey }))).toMatchObject({
      subject: 'jo@example.org',
    });
  });

  test.each([undefined, 'JWT', 'jwt', 'at+jwt', 'application/at+jwt'])('may have the type %s', async typ => {
    const { issuer, tokens } = await startIssuer();
    await expect(tokens.verify(await signed(issuer, {}, { typ }))).resolves.toBeDefined();
  });

  test.each([
    ['one of the audiences', 'application-id'],
    ['one of the audiences among others', ['https://other.example', audience]],
    ['the address with a slash at its end', `${audience}/`],
  ])('may be for %s', async (_, aud) => {
    const { issuer, tokens } = await startIssuer();
    await expect(tokens.verify(await signed(issuer, { aud }))).resolves.toBeDefined();
  });

  test('counts a few seconds after its end, and before its beginning, as clocks differ', async () => {
    const { issuer, tokens } = await startIssuer();
    const now = Math.floor(Date.now() / 1000);
    await expect(tokens.verify(await signed(issuer, { exp: now - 3, nbf: now + 5 }))).resolves.toBeDefined();
  });
});

describe('a token is refused without anything of what it holds when it', () => {
  const now = () => Math.floor(Date.now() / 1000);
  test.each<[string, () => object, Signing, RegExp]>([
    ['has expired', () => ({ exp: now() - 60 }), {}, /it has expired/],
    ['is not valid yet', () => ({ nbf: now() + 60 }), {}, /it is not valid yet/],
    ['is of another issuer', () => ({ iss: 'https://evil.example' }), {}, /it is from another issuer/],
    ['is for somebody else', () => ({ aud: 'https://evil.example' }), {}, /it is for another audience/],
    ['is for nobody', () => ({ aud: undefined }), {}, /its claim aud is missing or malformed/],
    ['names nobody', () => ({ sub: undefined }), {}, /its claim sub is missing/],
    ['names a blank', () => ({ sub: '' }), {}, /it names nobody \(sub\)/],
    ['names a number', () => ({ sub: 7 }), {}, /it names nobody \(sub\)/],
    ['has no end', () => ({ exp: undefined }), {}, /its claim exp is missing/],
    ['ends in words', () => ({ exp: 'evil' }), {}, /its claim exp is missing or malformed/],
    ['is another kind of token', () => ({}), { typ: 'logout+jwt' }, /it is not an access token/],
    ['has an unknown extension', () => ({}), { header: { crit: ['evil'], evil: 1 } }, /it is malformed/],
  ])('%s', async (_, claims, signing, reason) => {
    const { issuer, tokens } = await startIssuer();
    const error = await tokens.verify(await signed(issuer, claims(), signing)).catch(thrown => thrown);
    expectRefusal(error, reason);
  });

  test('is signed by somebody else with the name of a right key', async () => {
    const { issuer, tokens } = await startIssuer();
    const token = await signed(issuer, {}, { key: { ...otherKey, kid: key.kid } });
    expectRefusal(await tokens.verify(token).catch(thrown => thrown), /its signature is wrong/);
  });

  test('is signed with a key that the issuer does not have', async () => {
    const { issuer, tokens } = await startIssuer();
    const token = await signed(issuer, {}, { key: otherKey });
    expectRefusal(await tokens.verify(token).catch(thrown => thrown), /a key that its issuer does not have/);
  });

  test('names no key where there are several', async () => {
    const { issuer, tokens } = await startIssuer({ keys: [key, otherKey] });
    const token = await signed(issuer, {}, { header: { kid: undefined } });
    expectRefusal(await tokens.verify(token).catch(thrown => thrown), /it does not say which key/);
  });

  test('is not signed, or with a shared secret such as the public key; the issuer is not even asked', async () => {
    const rsa = await newKey('rsa', 'RS256');
    const { issuer, tokens, asked } = await startIssuer({ keys: [rsa] });
    const claims = claimsOf(issuer, {});
    const publicKey = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'rsa' }).sign(publicKey);
    for (const token of [new UnsecuredJWT(claims).encode(), forged]) {
      expectRefusal(await tokens.verify(token).catch(thrown => thrown), /malformed|its algorithm is not accepted/);
    }
    expect(asked).toEqual([]);
  });

  test('has been cut, changed or made up', async () => {
    const { issuer, tokens } = await startIssuer();
    const token = await signed(issuer, {});
    const [header = '', payload = '', signature = ''] = token.split('.');
    const admin = Buffer.from(JSON.stringify(claimsOf(issuer, { sub: 'admin' }))).toString('base64url');
    const damaged = [
      '',
      'opaque',
      token.slice(0, -5),
      `${header}.${payload}`,
      `${header}.${admin}.${signature}`,
      `${header}.${payload}.`,
      `${token}.x.y`,
      ` ${token}`,
    ];
    for (const one of damaged) expectRefusal(await tokens.verify(one).catch(thrown => thrown), /refused: /);
  });

  test('is random: whatever it is, it is refused as a token', async () => {
    const { issuer, tokens } = await startIssuer();
    const token = await signed(issuer, {});
    const encoded = fc.json().map(json => Buffer.from(json).toString('base64url'));
    const header = fc.record(
      {
        alg: fc.oneof(fc.constantFrom('ES256', 'RS256', 'EdDSA', 'none'), fc.jsonValue()),
        kid: fc.oneof(fc.constant('first'), fc.jsonValue()),
        typ: fc.jsonValue(),
        b64: fc.jsonValue(),
        crit: fc.jsonValue(),
        jwk: fc.constant(otherKey.jwk),
      },
      { requiredKeys: ['alg'] },
    );
    const garbage = fc.oneof(
      fc.string({ unit: codePoint }),
      fc
        .tuple(
          header.map(json => Buffer.from(JSON.stringify(json)).toString('base64url')),
          encoded,
          fc.oneof(fc.constant(token.split('.')[2]), fc.base64String()),
        )
        .map(parts => parts.join('.')),
      fc
        .tuple(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 3 }))
        .map(([at, text]) => token.slice(0, at) + text + token.slice(at + text.length))
        .filter(changed => changed !== token && !changed.startsWith(token.slice(0, -1))),
    );
    await fc.assert(
      fc.asyncProperty(garbage, async one => {
        expectRefusal(await tokens.verify(one).catch(thrown => thrown), /^The access token is refused: /);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the keys', () => {
  test('are fetched for the first token only, once for all who wait', async () => {
    const { issuer, tokens, asked } = await startIssuer();
    expect(asked).toEqual([]);
    const token = await signed(issuer, {});
    await Promise.all(Array.from({ length: 20 }, () => tokens.verify(token)));
    await tokens.verify(token);
    expect(asked.filter(path => path === '/keys')).toHaveLength(1);
    expect(asked).toHaveLength(3);
  });

  test('that the issuer has changed are picked up, and unknown ones do not flood it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    atEnd(() => void vi.useRealTimers());
    const provider = await startIssuer();
    const { issuer, tokens, asked } = provider;
    await tokens.verify(await signed(issuer, {}));
    provider.keys = [otherKey];
    const token = await signed(issuer, {}, { key: otherKey });
    await expect(tokens.verify(token)).rejects.toThrow(/a key that its issuer does not have/);
    expect(asked.filter(path => path === '/keys')).toHaveLength(1);
    vi.setSystemTime(Date.now() + 6000);
    await expect(tokens.verify(token)).resolves.toBeDefined();
    await expect(tokens.verify(await signed(issuer, {}))).rejects.toThrow(OAuthError);
    expect(asked.filter(path => path === '/keys')).toHaveLength(2);
  });

  test.each([
    ['/tenant/v2', '/.well-known/oauth-authorization-server/tenant/v2'],
    ['/tenant/v2', '/tenant/v2/.well-known/openid-configuration'],
    ['/', '/.well-known/oauth-authorization-server'],
    ['/', '/.well-known/openid-configuration'],
    ['', '/.well-known/openid-configuration'],
    ['/tenant/', '/tenant/.well-known/openid-configuration'],
  ])('of an issuer with the path "%s" are found by %s alone', async (path, document) => {
    const { issuer, tokens } = await startIssuer({ path, documents: [document] });
    await expect(tokens.verify(await signed(issuer, {}))).resolves.toBeDefined();
  });
});

describe('an issuer that cannot be asked says nothing about the token:', () => {
  test.each<[string, Answer, RegExp]>([
    ['an error', response => response.writeHead(503).end(), /HTTP 503/],
    [
      'a document of another issuer',
      response => sendJson(response, { issuer: 'https://evil.example' }),
      /its issuer is not/,
    ],
    ['a page', response => response.end('<html>evil</html>'), /its answer is not JSON/],
    ['a list', response => response.end('[]'), /its discovery document is not an object/],
    ['too much', response => endless(response, 200_000), /more than 1000000 bytes/],
    ['a broken connection', response => response.destroy(), /no connection/],
  ])('%s for the discovery document', async (_, answer, reason) => {
    const { issuer, tokens } = await startIssuer({ answers: { discovery: answer } });
    expectUnavailable(await tokens.verify(await signed(issuer, {})).catch(thrown => thrown), reason);
  });

  test.each<[string, Answer]>([
    ['no end', response => endless(response, 1)],
    ['nothing', () => {}],
  ])('%s for the discovery document within five seconds', async (_, answer) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    atEnd(() => void vi.useRealTimers());
    const { issuer, tokens, asked } = await startIssuer({ answers: { discovery: answer } });
    const error = tokens.verify(await signed(issuer, {})).catch(thrown => thrown);
    await vi.waitUntil(() => asked.length === 2, { interval: 1 });
    vi.advanceTimersByTime(5000);
    expectUnavailable(await error, /no answer within 5 seconds/);
  });

  test.each([undefined, 'http://keys.example/keys', 'ftp://keys.example', 'keys', 7])(
    'a discovery document with %s for the address of the keys',
    async address => {
      const { issuer, tokens } = await startIssuer({ keysAddress: address });
      expectUnavailable(await tokens.verify(await signed(issuer, {})).catch(thrown => thrown), /jwks_uri is no https/);
    },
  );

  test.each<[string, Answer, RegExp]>([
    ['a redirect', response => response.writeHead(302, { location: '/evil' }).end(), /HTTP 302/],
    ['an error', response => response.writeHead(500).end(), /HTTP 500/],
    ['something else', response => sendJson(response, { keys: 'evil' }), /not a JSON Web Key Set/],
    ['keys that are none', response => sendJson(response, { keys: ['evil'] }), /its keys cannot be used/],
    ['a key that is none', response => sendJson(response, { keys: [{ kty: 'EC', crv: 'P-256' }] }), /cannot be used/],
    ['too much', response => endless(response, 200_000), /more than 1000000 bytes/],
  ])('%s for the keys', async (_, answer, reason) => {
    const { issuer, tokens, asked } = await startIssuer({ answers: { keys: answer } });
    const token = await signed(issuer, {}, { header: { kid: undefined } });
    expectUnavailable(await tokens.verify(token).catch(thrown => thrown), reason);
    expect(asked).not.toContain('/evil');
  });

  test('it is asked again a few seconds later, not at each token', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    atEnd(() => void vi.useRealTimers());
    const answers: { keys?: Answer } = { keys: response => response.writeHead(500).end() };
    const { issuer, tokens, asked } = await startIssuer({ answers });
    const token = await signed(issuer, {});
    await expect(tokens.verify(token)).rejects.toMatchObject({ kind: 'unavailable' });
    delete answers.keys;
    await expect(tokens.verify(token)).rejects.toMatchObject({ kind: 'unavailable' });
    expect(asked.filter(path => path === '/keys')).toHaveLength(1);
    vi.advanceTimersByTime(3000);
    await expect(tokens.verify(token)).resolves.toBeDefined();
  });

  test('nobody listens, and then it is up', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    atEnd(() => void vi.useRealTimers());
    const { issuer, tokens, server } = await startIssuer();
    const { port } = server.address() as AddressInfo;
    await new Promise(resolve => server.close(resolve));
    const token = await signed(issuer, {});
    expectUnavailable(await tokens.verify(token).catch(thrown => thrown), /no connection \(ECONNREFUSED\)/);
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    vi.advanceTimersByTime(3000);
    await expect(tokens.verify(token)).resolves.toBeDefined();
  });
});

type Answer = (response: ServerResponse) => unknown;

/** An identity provider on loopback, and {@link AccessTokens} that trust it. */
async function startIssuer({
  path = '',
  keys = [key],
  answers = {},
  ...options
}: {
  path?: string;
  keys?: readonly SigningKey[];
  /** The only paths at which there is a discovery document; all unless told. */
  documents?: readonly string[];
  /** What the document says of where the keys are. */
  keysAddress?: unknown;
  answers?: { discovery?: Answer; keys?: Answer };
} = {}) {
  const asked: string[] = [];
  const sendKeys: Answer = response => sendJson(response, { keys: provider.keys.map(({ jwk }) => jwk) });
  const sendDocument: Answer = response => {
    const address = 'keysAddress' in options ? options.keysAddress : `${origin}/keys`;
    return sendJson(response, { issuer, jwks_uri: address });
  };
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const isDocument = options.documents?.includes(url) ?? url.includes('/.well-known/');
    if (url === '/keys') (answers.keys ?? sendKeys)(response);
    else if (isDocument) (answers.discovery ?? sendDocument)(response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = origin + path;
  const tokens = new AccessTokens({ issuer, audiences: [audience, 'application-id'], read: outboundRead(undefined) });
  const provider = { issuer, tokens, asked, server, keys };
  return provider;
}

function sendJson(response: ServerResponse, json: unknown): ServerResponse {
  return response.setHeader('content-type', 'application/json').end(JSON.stringify(json));
}

/** Sends so many bytes every 20 ms, as long as somebody listens. */
function endless(response: ServerResponse, bytes: number): ServerResponse {
  const timer = setInterval(() => response.write(' '.repeat(bytes)), 20);
  return response.on('close', () => clearInterval(timer));
}

async function newKey(kid: string, alg: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { kid, alg, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

interface Signing {
  readonly key?: SigningKey;
  readonly typ?: string | undefined;
  readonly header?: object;
}

function claimsOf(iss: string, claims: object): Record<string, unknown> {
  const exp = Math.floor(Date.now() / 1000) + 300;
  return { iss, aud: audience, sub: 'jo@example.org', exp, ...claims };
}

function signed(issuer: string, claims: object, { key: signingKey = key, typ, header }: Signing = {}): Promise<string> {
  return new SignJWT(claimsOf(issuer, claims))
    .setProtectedHeader({ alg: signingKey.alg, kid: signingKey.kid, ...(typ && { typ }), ...header })
    .sign(signingKey.privateKey, { crit: { evil: true } });
}

function expectRefusal(error: unknown, reason: RegExp): void {
  expect(error).toBeInstanceOf(OAuthError);
  const { code, message } = error as OAuthError;
  expect(code).toBe('invalid_token');
  expect(message).toMatch(reason);
  expect(message).not.toMatch(/evil|example|jo@/);
}

function expectUnavailable(error: unknown, reason: RegExp): void {
  expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringMatching(reason) });
  const { message, logText } = error as { message: string; logText: string };
  expect(logText).toMatch(reason);
  expect(message).toMatch(/CHARITYLOG_OAUTH_ISSUER/);
  expect(message + logText).not.toMatch(/evil|127\.0\.0\.1/);
}
