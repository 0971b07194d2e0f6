/** A sandbox in a process of its own, which does what its parent asks for. Started by `sandbox-process.ts`. */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '../../src/sandbox/sandbox.ts';

const sandbox = await startSandbox({ people: Number(process.argv[2]) });
let requests: string[] = [];
sandbox.onRequest(({ method, url }) => requests.push(`${method} ${url.replace(/^\/v2/, '')}`));

// Staff have User keys of their own, and the sandbox knows one: it takes each as that.
subscribe('http.server.request.start', message => {
  (message as { request: IncomingMessage }).request.headers.user = sandbox.keys.user;
});

/** What the parent may ask for. */
const answers = {
  async newRequests() {
    // A request is logged when its answer has left, which may be a little after the answer was read.
    await delay(20);
    const asked = requests;
    requests = [];
    return asked;
  },

  names: () => sandbox.people.map(({ first_name, surname }) => `${first_name} ${surname}`),

  slowDown(every: number, ms: number) {
    let answered = 0;
    const slowDownOne = () => sandbox.misbehave({ kind: 'slow', ms, skip: every - 1, times: 1 });
    slowDownOne();
    sandbox.onRequest(() => {
      answered++;
      if (answered % every === 0) slowDownOne();
    });
  },
};

export type SandboxAnswers = typeof answers;

process.on('message', async ({ name, args }: { name: keyof SandboxAnswers; args: [number, number] }) => {
  process.send?.({ answer: await answers[name](...args) });
});
process.on('disconnect', () => process.exit());
process.send?.({ url: sandbox.url, keys: sandbox.keys });
