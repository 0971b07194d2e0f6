import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import type { Config } from '../../src/settings/config.ts';
import { atEnd } from './lifetime.ts';
import { identity, ledgerOn, type RedisServer, secret, useRedisServer } from './redis.ts';
import { settingsFor, useSandbox } from './sandbox.ts';
import { type Tools, useTools } from './tools.ts';

/** What a copy of a service works with. */
export interface CopyParts {
  readonly sandbox: Sandbox;
  readonly server: RedisServer;
  readonly identity?: string;
  readonly config?: Partial<Config>;
  readonly log?: string[];
}

/** Two copies of a service, which share a Redis, on one system; the log is of their ledgers. */
export async function useCopies(config: Partial<Config> = {}) {
  const parts = { sandbox: await useSandbox(), server: await useRedisServer(), config, log: [] as string[] };
  return { ...parts, one: await useCopy(parts), two: await useCopy(parts) };
}

/** A copy of a service in this process. */
export async function useCopy({ sandbox, server, config = {}, ...ledger }: CopyParts): Promise<Tools> {
  return useTools(sandbox, { config, ledger: await ledgerOn(server.url, ledger) });
}

/** Lets a copy in a process of its own add somebody; the function returned kills it. */
export function startCopy(sandbox: Sandbox, server: RedisServer, person: object): () => Promise<void> {
  const program = ['--import', 'tsx', 'test/support/copy.ts', server.url, identity, secret, JSON.stringify(person)];
  const env = { ...process.env, ...settingsFor(sandbox), TSX_DISABLE_CACHE: '1' };
  const copy = spawn(process.execPath, program, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(copy, 'exit');
  const kill = async () => {
    copy.kill('SIGKILL');
    await exited;
  };
  atEnd(kill);
  return kill;
}
