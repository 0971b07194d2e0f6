import { expect, test } from 'vitest';
import { Budget, Share } from '../../src/base/budget.ts';
import { Cached } from '../../src/catalogue/cached.ts';

const { signal } = new AbortController();
const list = ['Eastwick', 'Westbrook'];

test('a list that nobody asks for any more is gone at its time, and loaded again for who asks then', async () => {
  const budget = new Budget(100_000);
  let loads = 0;
  const cached = new Cached(async () => [...list, ++loads], { share: new Share(budget), unusedForMs: 20 });
  expect(await cached.get({ signal })).toEqual([...list, 1]);
  await expect.poll(() => cached.latest).toBeUndefined();
  expect(budget.taken).toBe(0);
  expect(await cached.get({ signal })).toEqual([...list, 2]);
});

test('a list that does not fit is handed out each time, and not kept', async () => {
  const budget = new Budget(1000);
  let loads = 0;
  const cached = new Cached(async () => [list.join().repeat(20), ++loads], { share: new Share(budget) });
  expect([(await cached.get({ signal }))[1], (await cached.get({ signal }))[1]]).toEqual([1, 2]);
  expect([cached.latest, budget.taken]).toEqual([undefined, 0]);
});
