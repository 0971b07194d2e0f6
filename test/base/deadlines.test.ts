import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { untilAborted, type Waiting, withDeadline } from '../../src/base/deadlines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<never>(() => undefined);
const forever = ({ signal }: Waiting) => untilAborted(never, signal);

test('a task ends at its time, however late it asks for its signal', async () => {
  const ended = expect(
    withDeadline(new AbortController().signal, 1000, async waiting => {
      await vi.advanceTimersByTimeAsync(600);
      return forever(waiting);
    }),
  ).rejects.toMatchObject({ name: 'TimeoutError' });
  await vi.advanceTimersByTimeAsync(399);
  expect(vi.getTimerCount()).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  await ended;
});

test('a task ends with whoever waits for it, before and after it asks', async () => {
  const outer = new AbortController();
  const asked = withDeadline(outer.signal, 1000, forever);
  outer.abort(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  await expect(withDeadline(outer.signal, 1000, forever)).rejects.toThrow('gone');
  expect(vi.getTimerCount()).toBe(0);
});

test('a task that has ended leaves nothing behind, and nothing ends what it left running', async () => {
  const outer = new AbortController();
  const early = await withDeadline(outer.signal, 1000, async waiting => [waiting, waiting.signal] as const);
  const late = await withDeadline(outer.signal, 1000, async waiting => waiting);
  expect(late.signal.aborted).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
  outer.abort();
  expect([early[0].signal, early[1], late.signal].map(({ aborted }) => aborted)).toEqual([false, false, false]);
});
