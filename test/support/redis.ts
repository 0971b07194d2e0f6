import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { describe } from 'vitest';
import { openRedis, type Redis } from '../../src/serving/copies/redis.ts';
import { sinceKeyOf } from '../../src/serving/copies/redis-entries.ts';
import { RedisLedger } from '../../src/serving/copies/redis-ledger.ts';
import { atEnd } from './lifetime.ts';

/** Whose creates the ledgers of the tests have, unless told, and the key of their MACs. */
export const identity = 'an identity';
export const secret = 'a secret of the tests';
export const system = 'a system';

/** True where the machine has a redis-server. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Tests that need a redis-server: skipped where there is none, but not in CI. */
export const describeWithRedis = describe.skipIf(!hasRedis && !process.env.CI);

/** A redis-server of a test, without anything on the disk. */
export interface RedisServer {
  readonly url: string;
  /** Ends it at once; what it held is gone. */
  stop(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  /** As if it had been there for long. */
  age(): Promise<void>;
  /** Makes it silent, with its connections open, until it is thawed. */
  freeze(): void;
  thaw(): void;
  /** Everything that it holds of creates, as text. */
  dump(): Promise<string>;
}

/** Starts a redis-server on a free port of 127.0.0.1, which remembers since long ago; it ends with the test. */
export async function useRedisServer(password?: string, oldFor = system): Promise<RedisServer> {
  const port = await freePort();
  let child = await startServer(port, password);
  await age(port, password, oldFor);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
  atEnd(stop);
  const url = `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`;
  return {
    url,
    stop,
    start: async () => {
      child = await startServer(port, password);
    },
    age: () => age(port, password, oldFor),
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    dump: async () => dumpOf(await useRedis(url)),
  };
}

/** A connection that ends with the test. */
export async function useRedis(url: string, log: (line: string) => void = () => undefined): Promise<Redis> {
  const redis = await openRedis(url, log);
  atEnd(() => redis.close());
  return redis;
}

/** A ledger as one copy of a service has it, on a connection of its own. */
export async function ledgerOn(url: string, parts: { identity?: string; log?: string[] } = {}): Promise<RedisLedger> {
  const redis = await useRedis(url);
  return new RedisLedger({ redis, identity, system, secret, ...parts, log: line => parts.log?.push(line) });
}

async function startServer(port: number, password = ''): Promise<ChildProcess> {
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', requirepass: password };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface(child.stdout)) {
    if (!line.includes('Ready to accept connections')) continue;
    child.stdout.resume();
    return child;
  }
  throw new Error('redis-server did not start');
}

/**
 * A port of 127.0.0.1 that nobody listens on. It is none that the system gives out by itself: a server that is ended and
 * started again finds it free.
 */
export async function freePort(): Promise<number> {
  const port = 15_000 + Math.floor(Math.random() * 15_000);
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return freePort();
  await once(server.close(), 'close');
  return port;
}

/** As if it had been there for long: a system of which it has just begun to remember gets nobody added. */
async function age(port: number, password = '', of: string): Promise<void> {
  const args = [
    '-p',
    String(port),
    ...(password ? ['-a', password, '--no-auth-warning'] : []),
    'SET',
    sinceKeyOf(of),
    '0',
  ];
  spawnSync('redis-cli', args);
}

async function dumpOf(redis: Redis): Promise<string> {
  const reading: Record<string, string> = { string: 'GET', hash: 'HGETALL', set: 'SMEMBERS' };
  const keys = ((await redis.run('KEYS', '*')) as string[]).filter(key => !key.endsWith(':since'));
  const lines = keys.sort().map(async key => {
    const command = reading[String(await redis.run('TYPE', key))];
    return `${key} ${command ? await redis.run(command, key) : 'of another type'}`;
  });
  return (await Promise.all(lines)).join('\n');
}
