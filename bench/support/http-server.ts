import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerStart } from './mcp-process.ts';
import { type Memory, memoryOf } from './memory.ts';

const longestStartMs = 15_000;

/** What a collection lets go of may hold more, which goes with the next: connections that idle, buffers outside of the heap. */
const collections = 3;
const idleMs = 2_000;

/** A server that listens on a port of 127.0.0.1. Ended with this process, should nobody close it before. */
export class HttpServerProcess {
  readonly url: string;
  readonly #child: ChildProcess;
  readonly #kill = () => void this.#child.kill('SIGKILL');

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    process.once('exit', this.#kill);
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @param startOn how it is started on a port
   */
  static async start(startOn: (port: number) => ServerStart): Promise<HttpServerProcess> {
    const port = await freePort();
    const { command, args, env = {} } = startOn(port);
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(command, args, { env: { PATH, HOME, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', text => {
      stderr = (stderr + text).slice(-2000);
    });
    const server = new HttpServerProcess(child, `http://127.0.0.1:${port}/mcp`);
    const deadline = performance.now() + longestStartMs;
    while (!(await accepts(port))) {
      if (child.exitCode !== null) throw new Error(`it ended with exit code ${child.exitCode}: ${stderr.trim()}`);
      if (performance.now() > deadline) throw new Error(`it listens on no port: ${stderr.trim()}`);
      await delay(50);
    }
    return server;
  }

  /** The memory of a process started `withCollector`, once it was idle and all garbage was collected, several times. */
  async settledMemory(): Promise<Memory> {
    for (let turn = 0; turn < collections; turn++) {
      this.#child.kill('SIGUSR2');
      await delay(idleMs);
    }
    return memoryOf(this.#child.pid ?? 0);
  }

  async close(): Promise<void> {
    process.removeListener('exit', this.#kill);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exit = once(this.#child, 'exit');
    this.#kill();
    await exit;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => server.close(resolve));
  return port;
}

function accepts(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
