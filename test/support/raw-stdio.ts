import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { atEnd } from './lifetime.ts';

/** The built program over stdio, spoken to by hand. */
export interface RawStdio {
  /** Writes a line, or the bytes of one. */
  say(line: string | Uint8Array): void;
  /** Resolves with the next line, whatever was said before. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  next(): Promise<any>;
  /** Ends its stdin; resolves with its exit code. */
  end(): Promise<number | null>;
}

/** Starts `charitylog-mcp` without a handshake; killed with the test, or the file, that uses it. */
export function startRaw(env: Readonly<Record<string, string>>, args: readonly string[] = []): RawStdio {
  const child = spawn(process.execPath, ['dist/cli.js', ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  atEnd(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    say: line => void child.stdin.write(Buffer.concat([Buffer.from(line), Buffer.from('\n')])),
    next: async () => {
      const { value, done } = await lines.next();
      if (done) throw new Error('the program has ended');
      return JSON.parse(value);
    },
    end: () => {
      child.stdin.end();
      return exited;
    },
  };
}

/** The handshake of an older revision. */
export function handshake(protocolVersion = '2025-06-18', id: unknown = 0): string {
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
  return JSON.stringify({ jsonrpc: '2.0', id, method: 'initialize', params });
}
