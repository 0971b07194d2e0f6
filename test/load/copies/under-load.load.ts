import { expect, test } from 'vitest';
import { copiesUnderLoad } from '../../support/copies-under-load.ts';

test('4,000 calls of 50 clients through nginx, while the copies are killed, stopped and started again', async () => {
  const report = await copiesUnderLoad({ calls: 4000, clients: 50, ends: ['SIGKILL', 'SIGTERM'] });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  expect(report).toMatchObject({ lost: [], wrong: [], doubled: [] });
}, 900_000);

test('a rolling restart under 3,000 calls of 20 clients loses none and doubles no record', async () => {
  const report = await copiesUnderLoad({ calls: 3_000, clients: 20, ends: ['SIGTERM', 'SIGTERM'] });
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  // A connection that the system has taken and the copy not yet is reset: one call in some thousand is sent again.
  expect(report).toMatchObject({ lost: [], wrong: [], doubled: [] });
  expect(report.answeredAtRetry).toBeLessThan(5);
}, 600_000);
