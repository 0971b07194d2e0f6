import { expect, test } from 'vitest';
import { copiesUnderLoad } from '../../support/copies-under-load.ts';

test('4,000 calls of 50 clients through nginx, while the copies are killed, stopped and started again', async () => {
  const report = await copiesUnderLoad({ calls: 4000, clients: 50 });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  expect(report).toMatchObject({ lost: [], wrong: [], doubled: [] });
}, 900_000);
