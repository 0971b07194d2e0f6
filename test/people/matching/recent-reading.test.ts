import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openShares } from '../../../src/base/budget.ts';
import type { Collector } from '../../../src/charitylog/api.ts';
import { PackedPeople } from '../../../src/people/matching/packed-people.ts';
import { RecentReading } from '../../../src/people/matching/recent-reading.ts';
import { useTools } from '../../support/tools.ts';

const readings = (lines: string[]) => lines.filter(line => line.startsWith('GET /clients/field/'));
const row = (n: number) => ({ first_name: `Ines${n}`, surname: 'Quarmby', type: 'Clients' });

describe('dry runs in a row', () => {
  test('share one reading of everybody, whatever their rows give, and find the same people', async () => {
    const tools = await useTools({ people: 200 });
    const rows = [
      ...Array.from({ length: 8 }, (_, n) => row(n)),
      { ...row(8), email: 'JSmith@example.com' },
      { first_name: 'Jon', surname: 'Smith', date_of_birth: '1948-05-17', type: 'Clients' },
    ];
    const answers = [];
    for (const values of rows) answers.push(await tools.call('create_person', { ...values, dry_run: true }));
    expect(answers.map(({ data }) => data.candidates?.[0]?.id)).toEqual([...Array(8).fill(undefined), 1, 1]);
    expect(readings(tools.newRequests())).toHaveLength(1);
  });

  test('share it at the same moment, too', async () => {
    const tools = await useTools({ people: 200 });
    await Promise.all([1, 2, 3].map(n => tools.call('create_person', { ...row(n), dry_run: true })));
    expect(readings(tools.newRequests())).toHaveLength(1);
  });

  test('see who was added here meanwhile', async () => {
    const tools = await useTools({ people: 200 });
    await tools.call('create_person', { ...row(1), dry_run: true });
    const { data } = await tools.call('create_person', { ...row(1), email: 'ines@example.org' });
    const again = await tools.call('create_person', { ...row(1), dry_run: true });
    expect(again.data.candidates).toMatchObject([{ id: data.id, matches: 'same name' }]);
  });

  test('a create looks afresh', async () => {
    const tools = await useTools({ people: 200 });
    await tools.call('create_person', { ...row(1), dry_run: true });
    tools.newRequests();
    await tools.call('create_person', row(1));
    expect(readings(tools.newRequests())).toHaveLength(1);
  });

  test('read anew where a reading took too long', async () => {
    const tools = await useTools({ people: 200 }, { timeoutMs: 300 });
    const heal = tools.sandbox.misbehave({ kind: 'hang', path: '/clients/field/' });
    const known = { first_name: 'John', surname: 'Smith', dry_run: true, type: 'Clients' };
    await tools.call('create_person', { ...known, email: 'ines@example.org' });
    heal();
    expect((await tools.call('create_person', known)).data.candidates).toContainEqual(
      expect.objectContaining({ id: 1, matches: 'same name' }),
    );
  });

  test('read anew where a reading fails', async () => {
    const tools = await useTools({ people: 200 });
    tools.sandbox.misbehave({ kind: 'status', status: 403, path: '/clients/field/', times: 1 });
    expect((await tools.call('create_person', { ...row(1), dry_run: true })).isError).toBe(true);
    expect((await tools.call('create_person', { ...row(1), dry_run: true })).data.status).toBe('dry_run');
  });
});

describe('a reading', () => {
  const fields = ['first_name', 'surname', 'type'];
  const people = Array.from({ length: 1_500 }, (_, n) => ({
    id: n + 1,
    first_name: `Łucja ${n}`,
    surname: n % 2 === 0 ? 'Nowak' : undefined,
    type: [1, 7],
  }));

  /** Reads everybody, or tells who is kept. */
  function ask(reading: RecentReading, asked = fields, meanwhile = () => {}) {
    const ways = {
      byKept: async (packed: PackedPeople): Promise<PackedPeople | 'read'> => packed,
      byReading: async (collector: Collector): Promise<PackedPeople | 'read'> => {
        for (const person of people) collector.add(person);
        meanwhile();
        return 'read';
      },
    };
    return reading.answer(asked, ways, AbortSignal.timeout(10_000));
  }

  test('gives back everybody as they were', async () => {
    const reading = new RecentReading();
    await ask(reading);
    const packed = await ask(reading);
    const given = [];
    if (packed !== 'read') for await (const part of packed.parts()) given.push(...part);
    expect(given).toEqual(people.map(person => ({ ...person, surname: person.surname ?? null })));
    expect(await ask(reading, ['first_name'])).toBe('read');
  });

  test('is weighed, and gone at its time', async () => {
    const shares = openShares();
    const reading = new RecentReading({ share: shares.everybody, forMs: 20 });
    const free = shares.everybody.most;
    await ask(reading);
    expect(reading.bytes).toBeGreaterThan(0);
    expect(await ask(reading)).toBeInstanceOf(PackedPeople);
    while (reading.bytes > 0) await delay(5);
    expect(shares.everybody.most).toBe(free);
  });

  test('that began before somebody was added is not kept', async () => {
    const reading = new RecentReading();
    await ask(reading, fields, () => reading.clear());
    expect(await ask(reading)).toBe('read');
  });

  test('that does not fit is not kept, and takes nothing', async () => {
    const shares = openShares();
    const taken = shares.everybody.hold();
    taken.resize(shares.everybody.most - 1_000);
    const reading = new RecentReading({ share: shares.everybody });
    await ask(reading);
    expect(await ask(reading)).toBe('read');
    expect(taken.resize(taken.bytes + 500)).toBe(true);
  });
});
