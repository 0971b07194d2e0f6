import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atEnd } from './lifetime.ts';
import { handshake } from './raw-stdio.ts';

/** What became of one request. */
export interface Watched {
  /** The longest that the server's event loop stood still, in milliseconds. */
  readonly stoodStillMs: number;
  /** The most that it worked before others had their turn, in milliseconds of the processor: whatever else the machine does. */
  readonly busyMs: number;
  /** The whole answer as it was sent, in bytes. */
  readonly bytes: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly answer: any;
}

/** The built program over stdio, in a process of its own, whose event loop is watched. */
export interface WatchedServer {
  request(method: string, params: unknown): Promise<Watched>;
  call(tool: string, args: unknown): Promise<Watched>;
}

/** Starts `charitylog-mcp` with these settings; ended with the test, or the file, that uses it. */
export async function watchServer(env: Readonly<Record<string, string>>, cwd = '.'): Promise<WatchedServer> {
  const monitor = new URL('loop-monitor.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', monitor, 'dist/cli.js'], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'ignore', 'ipc'],
  });
  const exited = once(child, 'exit');
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines = createInterface(child.stdout as NodeJS.ReadableStream)[Symbol.asyncIterator]();
  /** The longest turns of the event loop since the last look. */
  const longestTurns = async () => {
    const told = once(child, 'message');
    child.send('?');
    return (await told)[0] as Pick<Watched, 'stoodStillMs' | 'busyMs'>;
  };
  let id = 0;
  const request = async (method: string, params: unknown): Promise<Watched> => {
    await longestTurns();
    const sent = JSON.stringify({ jsonrpc: '2.0', id: ++id, method, params });
    child.stdin?.write(`${sent}\n`);
    for (;;) {
      const { value: line, done } = await lines.next();
      if (done) throw new Error('the program has ended');
      const answer = JSON.parse(line);
      if (!('id' in answer)) continue;
      return { ...(await longestTurns()), bytes: Buffer.byteLength(line), answer };
    }
  };
  child.stdin?.write(`${handshake()}\n`);
  await lines.next();
  child.stdin?.write('{"jsonrpc":"2.0","method":"notifications/initialized"}\n');
  return { request, call: (name, args) => request('tools/call', { name, arguments: args }) };
}
