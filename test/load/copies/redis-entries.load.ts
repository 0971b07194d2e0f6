import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RedisLedger } from '../../../src/serving/copies/redis-ledger.ts';
import { useCopies } from '../../support/copies.ts';
import { describeWithRedis, identity, secret, system, useRedis, useRedisServer } from '../../support/redis.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
const forever = new AbortController().signal;

describeWithRedis('what is kept in Redis', () => {
  test('has no personal data, no token and no text of the API', async () => {
    const { one, sandbox, server } = await useCopies();
    const person = { ...jo, email: 'jo.f@example.org', nhs_number: '943 476 5919', postcode: 'EW1 1AA' };
    const { data } = await one.call('create_person', { ...person, dry_run: true });
    sandbox.misbehave({ kind: 'status', status: 500, message: 'Sesame', method: 'POST', times: 1 });
    await one.call('create_person', { ...person, confirm_token: data.confirm_token });
    await one.call('create_person', { ...jo, surname: 'Merryweather' });
    const dump = await server.dump();
    expect(dump).toContain('unknown');
    expect(dump).toContain('created');
    const mac = data.confirm_token.split('.')[1];
    for (const secretText of [
      mac,
      identity,
      secret,
      'weather',
      'example',
      '9434765919',
      'EW1',
      'Sesame',
      '127.0.0.1',
    ]) {
      expect(dump.toLowerCase()).not.toContain(secretText.toLowerCase());
    }
  });

  test('is the same whatever the person is like', async () => {
    const server = await useRedisServer();
    const redis = await useRedis(server.url);
    /** What is in Redis, without ids, MACs and times. */
    const shapes = new Set<string>();
    const text = fc.string({ unit: 'grapheme' }).map(end => `Zq7!${end}`);
    await fc.assert(
      fc.asyncProperty(text, text, text, text, text, async (key, name, token, detail, whose) => {
        await redis.run('FLUSHALL');
        await server.age();
        const ledger = new RedisLedger({ redis, identity: whose, system, secret: 'Zq7!', log: () => undefined });
        const outcome = { status: 'unknown', id: 7, detail } as const;
        await ledger.inTurn(forever, () =>
          ledger.send(
            { fingerprint: key, nameKey: name, confirmToken: token },
            { namesakes: [1, 2], isPartial: true },
            async () => outcome,
          ),
        );
        await ledger.settle(5000);
        const dump = await server.dump();
        expect(dump).not.toContain('Zq7!');
        const masked = dump.replace(/[\da-f]{8}(-[\da-f]{4,12}){4}|[\w-]{22}|\d{13}/g, '*');
        shapes.add(masked.split('\n').sort().join('\n'));
      }),
      { numRuns: 50 },
    );
    expect([...shapes]).toHaveLength(1);
  });

  test('goes after ten minutes', async () => {
    const { one, two, server } = await useCopies();
    const redis = await useRedis(server.url);
    await one.call('create_person', jo);
    await one.options.ledger.settle(5000);
    const keys = ((await redis.run('KEYS', '*')) as string[]).filter(key => !key.endsWith(':since'));
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      const left = Number(await redis.run('PTTL', key));
      expect(left).toBeGreaterThan(590_000);
      expect(left).toBeLessThanOrEqual(600_000);
      await redis.run('PEXPIRE', key, '1');
    }
    expect((await two.call('create_person', jo)).data.status).toBe('possible_duplicates');
  });

  test('stays for 30 days where the outcome is not known, and goes ten minutes after it is', async () => {
    const { one, two, sandbox, server } = await useCopies();
    const redis = await useRedis(server.url);
    const lives = async () => {
      const keys = ((await redis.run('KEYS', '*')) as string[]).filter(key => !/:since$|:turn/.test(key));
      return Promise.all(keys.map(async key => Number(await redis.run('PTTL', key))));
    };
    const days = (life: number) => Math.round(life / 86_400_000);
    sandbox.misbehave({ kind: 'reset', stage: 'after-handling', method: 'POST', times: 1 });
    const hidden = sandbox.misbehave({ kind: 'status', status: 422, path: '/clients/field/', skip: 1 });
    const sent = sandbox.nextRequest(({ method }) => method === 'POST');
    const answer = one.call('create_person', jo);
    await sent;
    expect((await lives()).map(days)).toEqual([30, 30]);
    expect((await answer).data.status).toBe('unknown');
    await one.options.ledger.settle(5000);
    expect((await lives()).map(days)).toEqual([30, 30]);
    hidden();
    expect((await two.call('create_person', jo)).data.status).toBe('created');
    const [entry = 0] = (await lives()).sort((a, b) => a - b);
    expect(entry).toBeLessThanOrEqual(600_000);
    expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});
