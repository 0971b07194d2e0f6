import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/people/adding/ledger.ts';
import { describeWithRedis, ledgerOn, useRedis, useRedisServer } from '../../support/redis.ts';

const forever = new AbortController().signal;

describeWithRedis('a turn', () => {
  test('is waited for until the signal aborts', async () => {
    const { url } = await useRedisServer();
    const [one, two] = [await ledgerOn(url), await ledgerOn(url)];
    const caller = new AbortController();
    const isRun: string[] = [];
    await one.inTurn(forever, async () => {
      const waiting = ['first', 'second'].map(name => two.inTurn(caller.signal, async () => isRun.push(name)));
      caller.abort(new Error('gone'));
      const gone = { status: 'rejected', reason: caller.signal.reason };
      expect(await Promise.allSettled(waiting)).toEqual([gone, gone]);
    });
    expect(isRun).toEqual([]);
    expect(await two.inTurn(forever, async () => 'mine')).toBe('mine');
  });

  test('is kept for as long as it lasts, and over when what was sent in it has ended', async () => {
    const server = await useRedisServer();
    const redis = await useRedis(server.url);
    const [one, two] = [await ledgerOn(server.url), await ledgerOn(server.url)];
    const create = { fingerprint: 'k', nameKey: 'n', confirmToken: undefined };
    let answer = (_: Outcome) => {};
    await one.inTurn(forever, async () => {
      await new Promise<void>(begun => {
        void one.send(create, { namesakes: [], isPartial: false }, () => {
          begun();
          return new Promise(resolve => {
            answer = resolve;
          });
        });
      });
    });
    const [turn = ''] = (await redis.run('KEYS', '*:turn')) as string[];
    await redis.run('PEXPIRE', turn, '5000');
    const later = two.inTurn(forever, () => two.find(create));
    await expect.poll(() => redis.run('PTTL', turn), { timeout: 6000 }).toBeGreaterThan(6000);
    const doubt = two.hasDoubt('n');
    answer({ status: 'created', id: 7 });
    expect(await later).toMatchObject({ outcome: { status: 'created', id: 7 }, isSameToken: true });
    expect(await doubt).toBe(false);
  });

  test('is given back by who stops', async () => {
    const server = await useRedisServer();
    const ledger = await ledgerOn(server.url);
    void ledger.inTurn(forever, async () => undefined);
    await ledger.settle(5000);
    expect(await server.dump()).toBe('');
  });
});
