// Preloaded into a server (`node --import`): tells its parent, whenever asked, the longest turns of its event loop since the last look.
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

let busiest = 0;
let usedBefore = usedMs();
let lookedAt = performance.now();
setInterval(look, 1).unref();

process.on('message', () => {
  look();
  process.send({ stoodStillMs: delay.max / 1e6, busyMs: busiest });
  delay.reset();
  busiest = 0;
});
process.channel.unref();

/** A turn is no longer than the time that passed: threads beside the event loop use the processor, too. */
function look() {
  const [used, now] = [usedMs(), performance.now()];
  busiest = Math.max(busiest, Math.min(used - usedBefore, now - lookedAt));
  [usedBefore, lookedAt] = [used, now];
}

/** What this process has used of the processor. */
function usedMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
