import { expect, test } from 'vitest';
import type { Fault, Sandbox } from '../../src/sandbox/sandbox.ts';
import { clients } from '../support/clients.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

const ines = { first_name: 'Ines', surname: 'Quarmby', type: 'Clients', email: 'ines@example.org' };
const isPost = ({ method }: { method: string }) => method === 'POST';

/** A new program on a system where the one before was killed between sending a record and its answer. */
async function afterKill(fault: Fault) {
  const sandbox = await useSandbox({ people: 60 });
  const first = await clients['v1 client']({ env: settingsFor(sandbox) });
  sandbox.misbehave({ ...fault, method: 'POST', times: 1 });
  const [arrived, ended] = [sandbox.nextRequest(isPost), endOfPost(sandbox)];
  const call = first.call('create_person', ines).catch(() => undefined);
  await arrived;
  process.kill(first.serverPid, 'SIGKILL');
  await Promise.all([call, ended]);
  const second = await clients['v1 client']({ env: settingsFor(sandbox) });
  const records = () => sandbox.people.filter(({ surname }) => surname === ines.surname).map(({ id }) => id);
  return { second, records };
}

function endOfPost(sandbox: Sandbox): Promise<void> {
  return new Promise(resolve => {
    const stop = sandbox.onRequest(request => {
      if (!isPost(request)) return;
      stop();
      resolve();
    });
  });
}

test('killed while the record was made, and asked the same again: the record is a candidate, and no second one is made', async () => {
  const { second, records } = await afterKill({ kind: 'slow', ms: 200 });
  const [made] = records();
  const { data } = await second.call('create_person', ines);
  expect(data.status).toBe('possible_duplicates');
  expect(data.candidates).toEqual([expect.objectContaining({ id: made, name: 'Ines Quarmby' })]);
  expect(records()).toEqual([made]);
});

test('killed before the record was made, and asked the same again: it is made, once', async () => {
  const { second, records } = await afterKill({ kind: 'hang' });
  expect(records()).toEqual([]);
  const { data } = await second.call('create_person', ines);
  expect(data.status).toBe('created');
  expect(records()).toEqual([data.id]);
});
