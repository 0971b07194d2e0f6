import { expect, test } from 'vitest';
import { openRedis } from '../../../src/serving/copies/redis.ts';
import { describeWithRedis, useRedis, useRedisServer } from '../../support/redis.ts';

test.each([
  'http://staff:s3cret@127.0.0.1',
  'staff:s3cret',
  'redis://staff:s3cret%zz@127.0.0.1',
  'redis://h/s3cret',
  '',
])('%j is no address of a Redis, and is not repeated', async url => {
  const error = await openRedis(url, () => undefined).catch(thrown => thrown);
  expect(error).toMatchObject({ kind: 'config', message: expect.stringContaining('CHARITYLOG_REDIS_URL must be') });
  expect(`${error.stack} ${error.cause}`).not.toContain('s3cret');
});

describeWithRedis('a connection to Redis', () => {
  test('runs commands and scripts', async () => {
    const redis = await useRedis((await useRedisServer('pass')).url);
    expect(redis.isReady).toBe(true);
    expect(await redis.run('SET', 'a', '1')).toBe('OK');
    expect(await redis.script("return {redis.call('GET', KEYS[1]), ARGV[1]}", ['a'], ['2'])).toEqual(['1', '2']);
  });

  test('opens where Redis is away, and connects when it is there', async () => {
    const server = await useRedisServer();
    await server.stop();
    const log: string[] = [];
    const redis = await useRedis(server.url, line => log.push(line));
    expect(redis.isReady).toBe(false);
    await expect(redis.run('PING')).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Redis cannot be used (ECONNREFUSED).',
    });
    await server.start();
    await expect.poll(() => redis.isReady, { timeout: 10_000 }).toBe(true);
    expect(await redis.run('PING')).toBe('PONG');
    expect(log).toEqual([expect.stringMatching(/ECONNREFUSED.*nobody can be added/), 'redis: connected again']);
  });

  test('fails each command soon while Redis is silent, and is replaced', async () => {
    const server = await useRedisServer();
    const log: string[] = [];
    const redis = await useRedis(server.url, line => log.push(line));
    server.freeze();
    const startedAt = performance.now();
    await expect(redis.run('PING')).rejects.toThrow('Redis cannot be used (no answer in time).');
    expect(performance.now() - startedAt).toBeLessThan(3000);
    await expect.poll(() => redis.isReady, { timeout: 15_000 }).toBe(false);
    server.thaw();
    await expect.poll(() => redis.isReady, { timeout: 15_000 }).toBe(true);
    expect(await redis.run('PING')).toBe('PONG');
  });

  test('tells of a refused password by name, and shows none', async () => {
    const server = await useRedisServer('pass');
    const log: string[] = [];
    const redis = await useRedis(server.url.replace('pass', 's3cret'), line => log.push(line));
    const error = await redis.run('PING').then(String, thrown => thrown);
    expect(error.message).toBe('Redis cannot be used (WRONGPASS).');
    expect(`${error.stack} ${error.cause} ${log}`).not.toMatch(/s3cret|127\.0\.0\.1/);
  });
});
