/** The connection to Redis. Import it dynamically: a service without Redis doesn't load the package. */
import { isIP } from 'node:net';
import { createClient } from '@redis/client';
import { within } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';

/** How long a command may take, and the start waits for the connection, in milliseconds. */
const longestCommandMs = 2000;
/** A connection that is silent for longer is broken; a ping goes out often enough to keep a sound one from that. */
const longestSilenceMs = 6000;
const pingEveryMs = 2500;
const longestReconnectWaitMs = 2000;

/** A connection to Redis, kept up in the background: a command fails soon where Redis is away, and none is kept for later. */
export interface Redis {
  /** True while the connection stands. */
  readonly isReady: boolean;
  /**
   * Runs one command. One that fails may have been run, or may still be.
   *
   * @throws CharitylogError `unavailable` within two seconds
   */
  run(...command: readonly string[]): Promise<unknown>;
  /** Runs a Lua script, on its own among all clients' commands; throws as `run` does. */
  script(lua: string, keys: readonly string[], values: readonly string[]): Promise<unknown>;
  /** Ends the connection, and every command with it. */
  close(): void;
}

/**
 * Opens a connection to Redis. Where Redis is away it goes on trying in the background: that is no error here.
 *
 * @param url `redis://` or `rediss://` (TLS), with user, password and number of the database where needed
 * @param log takes value-free lines: when the connection is lost and why, and when it stands again
 * @throws CharitylogError `config` for an address that is none
 */
export async function openRedis(url: string, log: (line: string) => void): Promise<Redis> {
  const client = clientFor(url);
  let lastReason = '';
  const change = (reason: string, line: string) => {
    if (reason !== lastReason) log(line);
    lastReason = reason;
  };
  const firstTry = new Promise<void>(resolve => {
    client.on('ready', () => {
      change('', 'redis: connected again');
      resolve();
    });
    client.on('error', error => {
      change(
        reasonOf(error),
        `redis: not connected (${reasonOf(error)}); nobody can be added until it is, and each copy counts calls by itself`,
      );
      resolve();
    });
  });
  client.connect().catch(() => undefined);
  await inTime(firstTry).catch(() => undefined);
  const run = async (...command: readonly string[]) => {
    try {
      return await inTime(client.sendCommand(command));
    } catch (error) {
      throw unreachable((!client.isReady && lastReason) || reasonOf(error));
    }
  };
  return {
    get isReady() {
      return client.isReady;
    },
    run,
    script: (lua, keys, values) => run('EVAL', lua, String(keys.length), ...keys, ...values),
    close: () => client.destroy(),
  };
}

function clientFor(url: string) {
  try {
    return createClient({
      url,
      RESP: 2,
      disableOfflineQueue: true,
      maintNotifications: 'disabled',
      pingInterval: pingEveryMs,
      commandOptions: { timeout: longestCommandMs },
      socket: {
        ...tlsOptions(new URL(url)),
        connectTimeout: longestCommandMs,
        socketTimeout: longestSilenceMs,
        reconnectStrategy: retries => Math.min(50 * 2 ** retries, longestReconnectWaitMs) * (0.5 + Math.random() / 2),
      },
    });
  } catch {
    throw new CharitylogError(
      'config',
      'CHARITYLOG_REDIS_URL must be an address such as redis://127.0.0.1:6379 or rediss://user:password@redis.example:6380/0, ' +
        'with every special character of the password percent-encoded.',
    );
  }
}

/** The package sends no server name (SNI), and a Redis behind a shared address needs one. */
function tlsOptions({ protocol, hostname }: URL): { tls: true; servername?: string } | undefined {
  if (protocol !== 'rediss:') return undefined;
  return { tls: true, ...(isIP(hostname.replace(/[[\]]/g, '')) === 0 && { servername: hostname }) };
}

/** The package's own time limit ends when a command leaves; this one lasts until the reply. */
function inTime<T>(reply: Promise<T>): Promise<T> {
  return within(longestCommandMs, reply);
}

/** Why a command or a connection failed, in words that hold no address, no credentials and no key. */
function reasonOf(error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (name === 'TimeoutError') return 'no answer in time';
  const [word] = /^[A-Z]{2,}\b/.exec(message ?? '') ?? [];
  return code ?? word ?? 'connection lost';
}

function unreachable(reason: string): CharitylogError {
  return new CharitylogError('unavailable', `Redis cannot be used (${reason}).`, { logText: `redis: ${reason}` });
}
