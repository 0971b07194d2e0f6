import { expect, test } from 'vitest';
import { OnePerPass } from '../../src/base/turns.ts';

test('one who has much to do does a piece in a pass of the event loop, and others theirs between', async () => {
  const [greedy, other] = [new OnePerPass(), new OnePerPass()];
  const order: string[] = [];
  const work = (passes: OnePerPass, name: string) => passes.next().then(() => order.push(name));
  const all = Array.from({ length: 20 }, (_, n) => work(greedy, `greedy ${n}`));
  await work(other, 'other');
  expect(order.indexOf('other')).toBeLessThan(2);
  await Promise.all(all);
  expect(order.filter(name => name !== 'other')).toEqual(all.map((_, n) => `greedy ${n}`));
});
