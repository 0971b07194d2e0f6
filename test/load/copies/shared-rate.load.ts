import { expect, test } from 'vitest';
import { describeWithRedis, useRedisServer } from '../../support/redis.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { callersFile, httpClients, startService } from '../../support/service.ts';

/** Two copies that share a Redis, or none, with two callers who may make four calls a minute each. */
async function twoCopies(redisUrl?: string) {
  const sandbox = await useSandbox();
  const { org, user } = sandbox.keys;
  const file = await callersFile(
    ['reception', 'dashboard'].map(name => ({ name, token: `token-of-${name}`, org_key: org, user_key: user })),
  );
  const settings = {
    ...settingsFor(sandbox),
    CHARITYLOG_CALLERS: file.path,
    CHARITYLOG_CALLS_PER_MINUTE: '4',
    CHARITYLOG_SECRET: 'shared-by-both-copies',
    ...(redisUrl !== undefined && { CHARITYLOG_REDIS_URL: redisUrl }),
  };
  const copies = [await startService(settings), await startService(settings)] as const;
  return async (copy: 0 | 1, name = 'reception') => {
    const client = await httpClients['v1 client'](copies[copy].url, `token-of-${name}`);
    const { isError, text } = await client.call('list_client_types');
    return isError ? text : 'answered';
  };
}

const refused = expect.stringMatching(/4 calls in a minute.*Wait \d+ s, then try again; nothing was done/);

describeWithRedis('the limit of calls a minute', () => {
  test('is one for all copies, and for each caller', async () => {
    const call = await twoCopies((await useRedisServer()).url);
    for (const copy of [0, 0, 1, 1] as const) expect(await call(copy)).toBe('answered');
    expect(await call(0)).toEqual(refused);
    expect(await call(1)).toEqual(refused);
    expect(await call(1, 'dashboard')).toBe('answered');
  });

  test.each(['away', 'silent'])("is each copy's own while Redis is %s", async how => {
    const server = await useRedisServer();
    const call = await twoCopies(server.url);
    for (const copy of [0, 0, 1] as const) expect(await call(copy)).toBe('answered');
    if (how === 'away') await server.stop();
    else server.freeze();
    for (const copy of [0, 0, 1, 1, 1] as const) expect(await call(copy)).toBe('answered');
    expect(await call(0)).toEqual(refused);
    expect(await call(1)).toEqual(refused);
  });

  test('is of each copy without Redis', async () => {
    const call = await twoCopies();
    for (const copy of [0, 0, 0, 0, 1] as const) expect(await call(copy)).toBe('answered');
    expect(await call(0)).toEqual(refused);
    expect(await call(1)).toBe('answered');
  });
});
