import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';

/** How an answer leaves: in so many parts, so far apart in milliseconds. */
const [parts, apartMs] = [5, 600];

/** The settings to reach an API that takes three seconds for an answer on any machine, and its end. */
export interface SlowApi {
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Starts a sandbox of whose answers a part leaves now and then. */
export async function startSlowApi(): Promise<SlowApi> {
  const sandbox = await startSandbox({ people: 10_000 });
  const server = createServer((incoming, outgoing) => {
    handOn(incoming, outgoing, sandbox).catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { source, org, user } = sandbox.keys;
  return {
    settings: {
      CHARITYLOG_BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
      CHARITYLOG_SOURCE_KEY: source,
      CHARITYLOG_ORG_KEY: org,
      CHARITYLOG_USER_KEY: user,
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await sandbox.close();
    },
  };
}

async function handOn(incoming: IncomingMessage, outgoing: ServerResponse, sandbox: Sandbox): Promise<void> {
  const { host: _, connection: __, 'accept-encoding': ___, ...headers } = incoming.headers;
  const { statusCode, body } = await request(new URL(incoming.url ?? '/', sandbox.url), { headers });
  const text = await body.text();
  outgoing.writeHead(statusCode, { 'content-type': 'application/json' });
  const length = Math.ceil(text.length / parts);
  for (let from = 0; from < text.length; from += length) {
    outgoing.write(text.slice(from, from + length));
    if (text.length > 100_000) await delay(apartMs);
  }
  outgoing.end();
}
