import { expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startCopy, useCopies, useCopy } from '../../support/copies.ts';
import { describeWithRedis, useRedis } from '../../support/redis.ts';
import type { Tools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
const isPost = ({ method }: { method: string }) => method === 'POST';
const writes = (sandbox: Sandbox) => sandbox.requests.filter(({ method }) => method !== 'GET').length;

describeWithRedis('creates of two copies', () => {
  test('50 identical ones at once make one record, which all are told of', async () => {
    const { one, two, sandbox } = await useCopies();
    const calls = Array.from({ length: 25 }, () => [one.call('create_person', jo), two.call('create_person', jo)]);
    const answers = await Promise.all(calls.flat());
    const id = sandbox.people.at(-1)?.id;
    for (const { data } of answers) expect(data).toMatchObject({ status: 'created', id });
    expect(writes(sandbox)).toBe(1);
  });

  test.each([
    ['in another spelling', { ...jo, first_name: 'JO', surname: 'fair-weather' }],
    ['of another type', { ...jo, type: 'Volunteers' }],
  ])('the same person %s at once is asked about, as the first record is seen', async (_, other) => {
    const { one, two, sandbox } = await useCopies();
    const answers = await Promise.all([one.call('create_person', jo), two.call('create_person', other)]);
    expect(answers.map(({ data }) => data.status).sort()).toEqual(['created', 'possible_duplicates']);
    expect(answers.flatMap(({ data }) => data.candidates ?? [])).toMatchObject([{ id: sandbox.people.at(-1)?.id }]);
  });

  test('a token of one is good at the other, for one record', async () => {
    const { one, two, sandbox } = await useCopies({ createVia: 'external_referral', confirm: 'always' });
    const asked = await one.call('create_person', jo);
    const confirmed = { ...jo, confirm_token: asked.data.confirm_token };
    const answers = await Promise.all([one.call('create_person', confirmed), two.call('create_person', confirmed)]);
    expect(answers.map(({ data }) => data.status)).toEqual(['staged', 'staged']);
    expect(sandbox.staged).toHaveLength(1);
    const again = await two.call('create_person', { ...jo, dry_run: true });
    const second = await one.call('create_person', { ...jo, confirm_token: again.data.confirm_token });
    expect(second.data.status).toBe('staged');
    expect(sandbox.staged).toHaveLength(2);
  });

  test('one that was refused is forgotten', async () => {
    const { one, two, sandbox } = await useCopies();
    sandbox.misbehave({ kind: 'status', status: 422, method: 'POST', times: 1 });
    expect((await one.call('create_person', jo)).isError).toBe(true);
    expect((await two.call('create_person', jo)).data.status).toBe('created');
  });

  test('a doubtful one is looked up by the other, and is a doubt about its name until it is found', async () => {
    const { one, two, sandbox } = await useCopies();
    sandbox.misbehave({ kind: 'reset', stage: 'before-handling', method: 'POST', times: 1 });
    expect((await one.call('create_person', jo)).data.status).toBe('unknown');
    const doubt = expect.stringMatching(/not known|is unknown/);
    expect((await two.call('create_person', { ...jo, dry_run: true })).data.next).toEqual(doubt);
    const other = await two.call('create_person', { ...jo, type: 'Volunteers' });
    expect(other.data).toMatchObject({ status: 'needs_confirmation', next: doubt });
    const early = await two.call('create_person', jo);
    expect(early.data).toMatchObject({ status: 'unknown', next: expect.stringContaining('No new record') });
    expect(writes(sandbox)).toBe(1);
    const id = await appear(two);
    const late = await two.call('create_person', jo);
    expect(late.data).toMatchObject({ status: 'created', id, next: expect.stringContaining('was found') });
    expect((await one.call('create_person', jo)).data).toMatchObject({ status: 'created', id });
    expect((await one.call('create_person', { ...jo, dry_run: true })).data.next).not.toEqual(doubt);
  });

  test('one whose copy was killed is unknown to the other, and looked up', async () => {
    const { two, sandbox, server } = await useCopies();
    const redis = await useRedis(server.url);
    sandbox.misbehave({ kind: 'hang', method: 'POST', times: 1 });
    const sent = sandbox.nextRequest(isPost);
    const kill = startCopy(sandbox, server, jo);
    await sent;
    await kill();
    const [turn = ''] = (await redis.run('KEYS', '*:turn')) as string[];
    const left = Number(await redis.run('PTTL', turn));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(15_000);
    // The rest of the dead copy's turn passes.
    await redis.run('PEXPIRE', turn, '1');
    expect((await two.call('create_person', jo)).data.status).toBe('unknown');
    expect(writes(sandbox)).toBe(1);
    const id = await appear(two);
    expect((await two.call('create_person', jo)).data).toMatchObject({ status: 'created', id });
  });

  test('take turns fairly: many at one copy do not keep the other waiting', async () => {
    const { one, two, sandbox } = await useCopies();
    const first = sandbox.nextRequest(isPost);
    const many = Array.from({ length: 8 }, (_, n) => one.call('create_person', { ...jo, surname: `Fairweather${n}` }));
    await first;
    const { data } = await two.call('create_person', jo);
    await Promise.all(many);
    expect(data.status).toBe('created');
    expect(sandbox.people.at(-1)?.id).toBeGreaterThan(data.id + 3);
  });

  test('of different identities do not see each other', async () => {
    const { one, two, ...parts } = await useCopies({ createVia: 'external_referral' });
    const other = await useCopy({ ...parts, identity: 'another' });
    await one.call('create_person', jo);
    await two.call('create_person', jo);
    await other.call('create_person', jo);
    expect(parts.sandbox.staged).toHaveLength(2);
  });
});

describeWithRedis('while Redis is away', () => {
  test('nobody is added, and people are read', async () => {
    const { one, sandbox, server } = await useCopies();
    await server.stop();
    for (const args of [jo, { ...jo, dry_run: true }]) {
      const { isError, text } = await one.call('create_person', args);
      expect(isError).toBe(true);
      expect(text).toMatch(/^Nothing was written: .*Redis.* Try again shortly; .*CHARITYLOG_REDIS_URL/);
    }
    expect(writes(sandbox)).toBe(0);
    expect((await one.call('search_people', { name: 'Smith' })).isError).toBe(false);
    expect(one.log).toContainEqual(expect.stringMatching(/^create_person: unavailable \(redis: /));
    await server.start();
    const adding = (expected: RegExp) =>
      expect
        .poll(async () => (await one.call('create_person', jo)).text, { timeout: 10_000, interval: 200 })
        .toMatch(expected);
    // What another copy was sending when Redis lost its memory isn't known for a while.
    await adding(/^Nothing was written: .*started a short time ago.* Wait \d+ s\./);
    expect(writes(sandbox)).toBe(0);
    await server.age();
    await adding(/"status":"created"/);
    expect(writes(sandbox)).toBe(1);
  });

  test('a copy that lost its turn sends nothing', async () => {
    const { one, sandbox, server } = await useCopies();
    const redis = await useRedis(server.url);
    sandbox.misbehave({ kind: 'slow', ms: 300, path: '/clients/field/' });
    const checking = sandbox.nextRequest(({ url }) => url.includes('/clients/field/'));
    const answer = one.call('create_person', jo);
    await checking;
    await redis.run('FLUSHALL');
    await server.age();
    expect(await answer).toMatchObject({
      isError: true,
      text: expect.stringMatching(/^Nothing was written: .*cut off/),
    });
    expect(writes(sandbox)).toBe(0);
  });

  test('a record made meanwhile is told as created, and to the other copy when Redis is back', async () => {
    const { one, two, sandbox, server, log } = await useCopies();
    sandbox.misbehave({ kind: 'slow', ms: 300, method: 'POST' });
    const sent = sandbox.nextRequest(isPost);
    const answer = one.call('create_person', jo);
    await sent;
    server.freeze();
    const { data } = await answer;
    expect(data).toMatchObject({ status: 'created', id: sandbox.people.at(-1)?.id });
    await expect
      .poll(() => log.join(), { timeout: 5000 })
      .toContain('the outcome of a create is not in the ledger yet');
    expect((await two.call('create_person', jo)).isError).toBe(true);
    server.thaw();
    await expect
      .poll(async () => (await two.call('create_person', jo)).data, { timeout: 20_000, interval: 200 })
      .toMatchObject({ status: 'created', id: data.id, next: expect.not.stringContaining('was found') });
    expect(writes(sandbox)).toBe(1);
  });

  test('a staged person that Redis has forgotten is remembered again', async () => {
    const { one, two, sandbox, server } = await useCopies({ createVia: 'external_referral' });
    sandbox.misbehave({ kind: 'slow', ms: 300, method: 'PUT' });
    const sent = sandbox.nextRequest(({ method }) => method === 'PUT');
    const answer = one.call('create_person', jo);
    await sent;
    await server.stop();
    expect((await answer).data.status).toBe('staged');
    await server.start();
    await expect.poll(() => server.dump(), { timeout: 10_000, interval: 200 }).toContain('staged');
    await expect
      .poll(async () => (await two.call('create_person', jo)).data?.next, { timeout: 10_000, interval: 200 })
      .toContain('nothing was sent again');
    expect(sandbox.staged).toHaveLength(1);
  });
});

/** The record that a request was about is there after all; returns its id. */
function appear({ people }: Tools): Promise<number> {
  return people.createPerson(new Map(Object.entries(jo)));
}
