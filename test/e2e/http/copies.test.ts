import { expect, test } from 'vitest';
import { copiesUnderLoad } from '../../support/copies-under-load.ts';
import { hasNginx } from '../../support/nginx.ts';
import { hasRedis } from '../../support/redis.ts';

// Skipped where nginx or redis-server isn't installed, but not in CI. `npm run load` does the same at length.
test.skipIf(!(hasNginx && hasRedis) && !process.env.CI)(
  'two copies behind nginx lose no call, answer none wrongly and double nobody while each is ended and started again',
  async () => {
    const report = await copiesUnderLoad({ calls: 120, clients: 6 });
    expect(report).toMatchObject({ lost: [], wrong: [], doubled: [] });
    expect(report.creates.created).toBeGreaterThan(0);
  },
  120_000,
);
