import { expect } from 'vitest';
import type { Fault } from '../../src/sandbox/sandbox.ts';
import { ledgerOn, useRedisServer } from './redis.ts';
import { type Tools, useTools } from './tools.ts';

/** Asks one server for people, so many times whatever may go wrong: see {@link tryRequests}. */
export async function createsOfOne(rounds: number): Promise<void> {
  const tools = await useTools({ people: 60 }, { timeoutMs: 150 });
  await tryRequests(rounds, tools, tools);
}

/** The same of two copies of a service, which share a Redis. */
export async function createsOfTwo(rounds: number): Promise<void> {
  const { url } = await useRedisServer();
  const one = await useTools({ people: 60 }, { timeoutMs: 150, ledger: await ledgerOn(url) });
  const two = await useTools(one.sandbox, { timeoutMs: 150, ledger: await ledgerOn(url) });
  await tryRequests(rounds, one, two);
}

/** What may go wrong with a create, at each of its stages. */
const faults: readonly (Fault | undefined)[] = [
  undefined,
  { kind: 'reset', stage: 'before-body', method: 'POST', times: 1 },
  { kind: 'reset', stage: 'before-handling', method: 'POST', times: 1 },
  { kind: 'reset', stage: 'after-handling', method: 'POST', times: 1 },
  { kind: 'cut', method: 'POST', times: 1 },
  { kind: 'stall', method: 'POST', times: 1 },
  { kind: 'hang', method: 'POST', times: 1 },
  { kind: 'slow', ms: 30, method: 'POST', times: 1 },
  { kind: 'status', status: 500, body: 'html', method: 'POST', times: 1 },
  { kind: 'status', status: 422, method: 'POST', times: 1 },
  { kind: 'garbage', method: 'POST', times: 1 },
  { kind: 'status', status: 500, method: 'GET', path: '/clients/id/', times: 1 },
  { kind: 'status', status: 400, method: 'GET', path: '/clients/id/', times: 1 },
  { kind: 'reset', stage: 'before-handling', method: 'GET', path: '/clients/id/', times: 1 },
  { kind: 'cut', method: 'GET', path: '/clients/id/', times: 1 },
  { kind: 'json', value: [], method: 'GET', path: '/clients/id/', times: 1 },
  { kind: 'garbage', method: 'GET', path: '/clients/id/', times: 1 },
];

/** How often the same person is asked for. */
const ways = ['once', 'doubled', 'repeated', 'cancelled and repeated'];

/**
 * Asks for people in each of the ways with each of the faults, all of it so many times: one request never makes two records,
 * and no answer claims what isn't so.
 */
async function tryRequests(rounds: number, { sandbox, call, client, people }: Tools, other: Tools): Promise<void> {
  const each = ways.flatMap(way => faults.map(fault => ({ way, fault })));
  const requests = Array.from({ length: rounds }, () => each).flat();
  for (const [index, { way, fault }] of requests.entries()) {
    const person = { first_name: `Run${index}`, surname: `Number-${index}`, type: 'Clients' };
    if (fault) sandbox.misbehave(fault);
    const answers = [];
    if (way === 'doubled') {
      answers.push(...(await Promise.all([call('create_person', person), other.call('create_person', person)])));
    } else if (way === 'cancelled and repeated') {
      const caller = new AbortController();
      const arrived = sandbox.nextRequest(({ method }) => method === 'POST');
      const cancelled = client
        .callTool({ name: 'create_person', arguments: person }, { signal: caller.signal })
        .catch(() => undefined);
      await Promise.race([arrived, cancelled]);
      caller.abort();
      await cancelled;
      answers.push(await other.call('create_person', person));
    } else {
      answers.push(await call('create_person', person));
      if (way === 'repeated') answers.push(await other.call('create_person', person));
    }
    await people.settleWrites(5000);
    await other.people.settleWrites(5000);
    sandbox.behave();
    const records = sandbox.people.filter(({ surname }) => surname === person.surname);
    const told = `request ${index}, ${fault?.kind ?? 'no fault'}, ${way}: ${answers.map(answer => answer.text).join(' | ')}`;
    expect(records.length, told).toBeLessThanOrEqual(1);
    for (const { isError, data } of answers) {
      if (data?.status === 'created')
        expect(
          records.map(({ id }) => id),
          told,
        ).toEqual([data.id]);
      else if (isError && answers.length === 1) expect(records, told).toEqual([]);
    }
    // Nobody is told "unknown" of a record that is there and could be seen.
    if (answers.at(-1)?.data?.status === 'unknown') expect(records, told).toEqual([]);
  }
}
