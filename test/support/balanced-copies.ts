import { systemKey } from '../../src/serving/identity.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { startNginx } from './nginx.ts';
import { freePort, useRedisServer } from './redis.ts';
import { callersFile, type Service, startService, type TestCaller } from './service.ts';

/** Two copies of the service behind nginx, as `deploy/` has them, with a shared Redis. */
export interface BalancedCopies {
  /** The MCP endpoint of the balancer. */
  readonly url: string;
  readonly copies: readonly [Service, Service];
  /** Starts a copy that was ended again, where the balancer looks for it. */
  start(copy: 0 | 1): Promise<Service>;
}

/**
 * Starts them all; they end with the test.
 *
 * @param system the settings with which the copies reach the API
 * @param more further settings of the copies
 */
export async function useBalancedCopies(
  system: Readonly<Record<string, string>>,
  callers: readonly TestCaller[],
  more: Readonly<Record<string, string>> = {},
): Promise<BalancedCopies> {
  const ports = [await freePort(), await freePort()] as const;
  const file = await callersFile(callers);
  const redis = await useRedisServer(undefined, systemKey(loadConfig(system)));
  const settings = {
    ...system,
    CHARITYLOG_CALLERS: file.path,
    CHARITYLOG_REDIS_URL: redis.url,
    CHARITYLOG_SECRET: 'shared-by-both-copies',
    ...more,
  };
  const start = (copy: 0 | 1): Promise<Service> => startService(settings, ['--port', String(ports[copy])]);
  return { copies: [await start(0), await start(1)], url: await startNginx(ports), start };
}
