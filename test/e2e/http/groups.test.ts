import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { auditFile } from '../../support/audit-file.ts';
import type { Issuer } from '../../support/issuer.ts';
import { startOnce } from '../../support/lifetime.ts';
import { aud, startOAuthService } from '../../support/oauth-service.ts';
import { post, type Service, toolCall } from '../../support/service.ts';

const scope = 'people:read people:create';
const reception = '6f1f0b7e-reception';
const managers = '8a2c4d9e-managers';
let sandbox: Sandbox;
let issuer: Issuer;
let service: Service;
let audit: Awaited<ReturnType<typeof auditFile>>;

startOnce(async () => {
  audit = await auditFile();
  ({ sandbox, issuer, service } = await startOAuthService(
    keys => [
      { name: 'managers', claim: { roles: managers }, hidden_fields: ['notes'], ...keys },
      { name: 'reception', claim: { groups: reception }, read_only: true, hidden_fields: ['religion'], ...keys },
      { name: 'others', claim: { groups: 'other-keys' }, ...keys, user_key: 'another-user' },
      { name: 'trap', claim: { constructor: 'x' }, ...keys },
      { name: 'jo', subject: 'jo', ...keys },
    ],
    { CHARITYLOG_AUDIT_LOG: audit.file },
  ));
});

/** Calls as the holder of a token with these claims. */
async function call(claims: Record<string, unknown>, message = toolCall('list_client_types', {})): Promise<Response> {
  const token = await issuer.token({ aud, scope, sub: 'somebody', ...claims });
  return post(service.url, message, { authorization: `Bearer ${token}` });
}

async function toolNames(claims: Record<string, unknown>): Promise<string[]> {
  const answer = await call(claims, { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} } as never);
  const { result } = (await answer.json()) as { result: { tools: { name: string }[] } };
  return result.tools.map(({ name }) => name);
}

describe('a caller by group', () => {
  test('is let in by a claim, a list or a single text, and has its own lines in the audit log', async () => {
    expect((await call({ sub: 'ines', groups: ['x', reception] })).status).toBe(200);
    expect((await call({ sub: 'gwilym', roles: managers })).status).toBe(200);
    const lines = await audit.lines();
    expect(lines.map(({ identity }) => identity)).toEqual(
      expect.arrayContaining(['reception/ines', 'managers/gwilym']),
    );
  });

  test('has the rights of its group, and the most restrictive ones of several', async () => {
    expect(await toolNames({ sub: 'a', roles: [managers] })).toContain('create_person');
    expect(await toolNames({ sub: 'a', roles: [managers], groups: [reception] })).not.toContain('create_person');
    const asked = toolCall('search_people', { fields: ['notes', 'religion'] });
    const answer = await (await call({ sub: 'a', roles: [managers], groups: [reception] }, asked)).json();
    expect(JSON.stringify(answer)).toMatch(/notes.*religion/);
    expect(answer).toMatchObject({ result: { isError: true } });
  });

  test('with an entry of its own keeps its name and keys, and the limits of its groups', async () => {
    expect(await toolNames({ sub: 'jo' })).toContain('create_person');
    expect(await toolNames({ sub: 'jo', groups: [reception, 'other-keys'] })).not.toContain('create_person');
  });

  test.each([
    ['no group of the file', { groups: ['x'] }, /a group that its tokens name/],
    ['groups with different keys', { roles: [managers], groups: ['other-keys'] }, /different keys/],
    ['a group as a part of a text', { groups: `${reception} x` }, /has no access here/],
  ])('is refused with %s, and told what to do', async (_, claims, problem) => {
    const answer = await call(claims);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(problem);
  });
});

test("limits and creates are each person's own", async () => {
  const added = toolCall('create_person', { first_name: 'Ines', surname: 'Quarmby', type: 'Clients' });
  const before = sandbox.people.length;
  expect(await (await call({ sub: 'first', roles: managers }, added)).json()).toMatchObject({
    result: { structuredContent: { status: 'created' } },
  });
  const again = await (await call({ sub: 'first', roles: managers }, added)).json();
  expect(again).toMatchObject({ result: { structuredContent: { status: 'created' } } });
  expect(sandbox.people).toHaveLength(before + 1);
  const other = await (await call({ sub: 'second', roles: managers }, added)).json();
  expect(other).toMatchObject({ result: { structuredContent: { status: 'possible_duplicates' } } });
});
