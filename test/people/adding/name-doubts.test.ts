import { expect, test } from 'vitest';
import { nameDoubts } from '../../../src/people/adding/name-doubts.ts';
import { useTools } from '../../support/tools.ts';

const doubtsOf = (name: string) => nameDoubts(new Map([['first_name', name]]));

test.each(['?', '-', 'N/A', 'n / a', 'Unknown', 'TBC', 'Mr', 'mrs', 'Dr.', 'Mr & Mrs'])('%j is no name', name => {
  expect(doubtsOf(name)).toEqual([`first_name ${JSON.stringify(name)} is no name.`]);
});

test.each(['Jo', 'J', 'M.R.', 'D R', 'M-S', 'Null', 'Na', 'Lord', 'Hon', 'Dean', 'Mr Bean', 'Jo?', '李'])(
  '%j may be a name',
  name => {
    expect(doubtsOf(name)).toEqual([]);
  },
);

test('who has no name is added when the user says so, not before', async () => {
  const { call, sandbox } = await useTools();
  const before = sandbox.people.length;
  const person = { first_name: '-', surname: 'Quex', type: 'Clients' };
  const { data } = await call('create_person', person);
  expect(data).toMatchObject({
    status: 'needs_confirmation',
    next: expect.stringContaining('first_name "-" is no name.'),
  });
  expect(sandbox.people).toHaveLength(before);
  const again = await call('create_person', { ...person, confirm_token: data.confirm_token });
  expect(again.data.status).toBe('created');
  expect(sandbox.people).toHaveLength(before + 1);
});
