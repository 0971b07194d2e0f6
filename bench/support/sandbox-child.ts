/** A sandbox in a process of its own, which tells its parent what it was asked. Started by `sandbox-process.ts`. */
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const sandbox = await startSandbox({ people: Number(process.argv[2]) });
let requests: string[] = [];
sandbox.onRequest(({ method, url }) => requests.push(`${method} ${url.replace(/^\/v2/, '')}`));

process.on('message', async () => {
  // A request is logged when its answer has left, which may be a little after the answer was read.
  await delay(20);
  process.send?.({ requests });
  requests = [];
});
process.on('disconnect', () => process.exit());
process.send?.({ url: sandbox.url, keys: sandbox.keys, people: sandbox.people.length });
