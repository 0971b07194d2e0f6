import { describe, expect, test } from 'vitest';
import { createPersonFor } from '../../../src/mcp/tools/create-person.ts';
import { type Tools, useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
const slow = { kind: 'slow', ms: 400, method: 'POST' } as const;
const isPost = ({ method }: { method: string }) => method === 'POST';

describe('a create that is under way when its call ends', () => {
  test('by its time is "unknown", and told to the audit log when it has ended', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ ...slow, times: 1 });
    const late: Record<string, unknown>[] = [];
    const arrived = tools.sandbox.nextRequest(isPost);
    const deadline = new AbortController();
    const answer = create(tools, deadline.signal, outcome => late.push(outcome));
    await arrived;
    deadline.abort(new DOMException('the time for this call is up', 'TimeoutError'));
    expect(await answer).toEqual({ status: 'unknown', next: expect.stringContaining('Repeat the same call') });
    const { data } = await tools.call('create_person', jo);
    expect(data).toMatchObject({ status: 'created', id: tools.sandbox.people.at(-1)?.id });
    expect(late).toEqual([{ status: 'created', id: data.id }]);
    expect(tools.newRequests().filter(line => line.startsWith('POST'))).toHaveLength(1);
  });

  test('by a cancellation is waited for by who adds the same person in another spelling', async () => {
    const tools = await useTools();
    tools.sandbox.misbehave({ ...slow, times: 1 });
    const caller = new AbortController();
    const arrived = tools.sandbox.nextRequest(isPost);
    const cancelled = tools.client
      .callTool({ name: 'create_person', arguments: jo }, { signal: caller.signal })
      .catch(() => undefined);
    const other = tools.call('create_person', { ...jo, first_name: 'JO' });
    await arrived;
    caller.abort();
    await cancelled;
    const { data } = await other;
    expect(data).toMatchObject({
      status: 'possible_duplicates',
      candidates: [{ id: tools.sandbox.people.at(-1)?.id }],
    });
  });
});

/** A call of create_person with a signal of its own. */
function create(
  { options }: Tools,
  signal: AbortSignal,
  reportLateOutcome: (outcome: Record<string, unknown>) => void,
) {
  const user = { canAsk: false, answer: undefined, state: undefined };
  return createPersonFor([]).call(jo, { ...options, user, signal, reportLateOutcome, progress: () => undefined });
}
