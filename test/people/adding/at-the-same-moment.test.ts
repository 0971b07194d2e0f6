import { describe, expect, test } from 'vitest';
import { LocalLedger } from '../../../src/people/adding/local-ledger.ts';
import type { Switches } from '../../../src/sandbox/sandbox.ts';
import { useTools } from '../../support/tools.ts';

const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Clients', date_of_birth: '1951-03-02' };

/** Two programs of their own on one system, whose records are made a while after they were sent. */
async function twoPrograms() {
  const one = await useTools({ people: 40 });
  const two = await useTools(one.sandbox, { ledger: new LocalLedger() });
  one.sandbox.misbehave({ kind: 'slow', ms: 400, method: 'POST' });
  return { one, two, sandbox: one.sandbox };
}

describe('two programs that add the same person at the same moment', () => {
  test('make two records, and whoever comes second is told of the other one', async () => {
    const { one, two, sandbox } = await twoPrograms();
    const answers = await Promise.all([one.call('create_person', ines), two.call('create_person', ines)]);
    const ids = sandbox.people.filter(({ surname }) => surname === 'Quarmby').map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(answers.map(({ data }) => data.id).sort()).toEqual(ids);
    const told = answers.filter(({ data }) => data.candidates !== undefined);
    expect(told.length).toBeGreaterThan(0);
    for (const { data } of told) {
      const other = ids.find(id => id !== data.id);
      expect(data.status).toBe('created');
      expect(data.candidates).toEqual([expect.objectContaining({ id: other, name: 'Ines Quarmby' })]);
      expect(data.next).toContain(`added the same person at the same moment, as it seems: id ${other}.`);
    }
    const last = answers.find(({ data }) => data.id === ids[1]);
    expect(last?.data.candidates).toBeDefined();
  });

  test('the same call again tells it again, and sends nothing', async () => {
    const { one, two, sandbox } = await twoPrograms();
    await Promise.all([one.call('create_person', ines), two.call('create_person', ines)]);
    const count = sandbox.people.length;
    const answers = [await one.call('create_person', ines), await two.call('create_person', ines)];
    expect(answers.map(({ data }) => data.candidates?.length)).toEqual([1, 1]);
    expect(sandbox.people).toHaveLength(count);
  });

  test('of two people, neither is told of the other', async () => {
    const { one, two } = await twoPrograms();
    const answers = await Promise.all([
      one.call('create_person', ines),
      two.call('create_person', { ...ines, first_name: 'Gwilym', surname: 'Tansley', date_of_birth: '1980-07-07' }),
    ]);
    expect(answers.map(({ data }) => data.candidates)).toEqual([undefined, undefined]);
    expect(answers.map(({ data }) => data.next)).toEqual([undefined, undefined]);
  });
});

test('it takes no request more than reading the record back does', async () => {
  const tools = await useTools();
  tools.newRequests();
  const { data } = await tools.call('create_person', ines);
  const lines = tools.newRequests();
  const after = lines.slice(lines.findIndex(line => line.startsWith('POST')) + 1);
  expect(after).toEqual([expect.stringContaining(`/clients/id/${data.id};${data.id - 1};${data.id + 1};`)]);
});

describe('where a system does not give several records by their ids, the record is read back alone', () => {
  test.each<[string, Partial<Switches>]>([
    ['it takes the first value alone', { values: 'first' }],
    ['it takes the last value alone', { values: 'last' }],
    ['it finds nobody by several', { values: 'literal' }],
    ['it ignores the filter', { ignores: 'id' }],
  ])('%s', async (_, system) => {
    const tools = await useTools({ people: 40, system });
    expect((await tools.call('create_person', ines)).data).toMatchObject({
      status: 'created',
      stored_fields: { surname: 'Quarmby' },
    });
  });

  test('it fails at them', async () => {
    const tools = await useTools({ people: 40 });
    tools.sandbox.misbehave({ kind: 'status', status: 400, path: ';39;' });
    expect((await tools.call('create_person', ines)).data.status).toBe('created');
  });
});

test('somebody who was there before, and whom nobody was asked about, is not told as new', async () => {
  const tools = await useTools({ people: 40 });
  const first = (await tools.call('create_person', ines)).data;
  const asked = (await tools.call('create_person', { ...ines, postcode: 'ZZ1 1ZZ' })).data;
  expect(asked.candidates).toEqual([expect.objectContaining({ id: first.id })]);
  const { confirm_token } = asked;
  const { data } = await tools.call('create_person', { ...ines, postcode: 'ZZ1 1ZZ', confirm_token });
  expect(data.status).toBe('created');
  expect(data.candidates).toBeUndefined();
});
