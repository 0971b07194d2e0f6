import type { Reach } from '../outbound.ts';

const reachableForMs = 30_000;
const unreachableForMs = 5_000;
const longestTryMs = 3_000;

/** Tells whether the Charitylog API can be reached. It is asked without keys and seldom: any answer counts. */
export type IsReachable = () => Promise<boolean>;

/** Asks this address, in the way of `reach`. */
export function reachability(url: string, reach: Reach): IsReachable {
  let latest = { isReachable: false, until: 0 };
  let asking: Promise<boolean> | undefined;
  const ask = async () => {
    const tried = reach(url, AbortSignal.timeout(longestTryMs));
    const isReachable = await tried.then(
      () => true,
      () => false,
    );
    latest = { isReachable, until: performance.now() + (isReachable ? reachableForMs : unreachableForMs) };
    asking = undefined;
    return isReachable;
  };
  return async () => {
    if (performance.now() < latest.until) return latest.isReachable;
    asking ??= ask();
    return asking;
  };
}
