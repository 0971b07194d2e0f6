import { describe, expect, test, vi } from 'vitest';
import { auditFile } from '../../support/audit-file.ts';
import { atEnd } from '../../support/lifetime.ts';
import { useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
const slow = { kind: 'slow', ms: 400, method: 'POST' } as const;
const isPost = ({ method }: { method: string }) => method === 'POST';

/** The longest that a call may take, in milliseconds. */
const longestCallMs = 50_000;

describe('a create that is under way when its call ends', () => {
  test('by its time is "unknown", and told to the audit log when it has ended', async () => {
    const { audit, lines } = await auditFile();
    // The requests to the API have a time of their own, which doesn't end first.
    const tools = await useTools({}, { audit, timeoutMs: 2 * longestCallMs });
    tools.sandbox.misbehave({ ...slow, times: 1 });
    const arrived = tools.sandbox.nextRequest(isPost);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    atEnd(() => void vi.useRealTimers());
    const answer = tools.call('create_person', jo);
    await arrived;
    vi.advanceTimersByTime(longestCallMs);
    expect((await answer).data).toEqual({
      status: 'unknown',
      next: expect.stringContaining('Repeat the same call'),
    });
    const { data } = await tools.call('create_person', jo);
    expect(data).toMatchObject({ status: 'created', id: tools.sandbox.people.at(-1)?.id });
    const [sending, unknown, late, repeated] = await lines();
    expect(sending).toMatchObject({ outcome: 'sending', create: expect.any(String) });
    expect(unknown).toMatchObject({ outcome: 'unknown', create: sending.create });
    expect(late).toMatchObject({ outcome: 'created', ids: [data.id], late: true, create: sending.create });
    expect(repeated).toMatchObject({ outcome: 'created', ids: [data.id] });
    expect(repeated).not.toHaveProperty('create');
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
