import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { atEnd } from './lifetime.ts';

/** One address for several systems, as the live API is: the User key decides whose people one sees. */
export async function frontOf(sandboxes: ReadonlyMap<string, Sandbox>): Promise<string> {
  const server = createServer((incoming, outgoing) => {
    const sandbox = sandboxes.get(String(incoming.headers.user));
    if (!sandbox) return void outgoing.writeHead(401).end('{"error":"unknown user"}');
    const headers = { ...incoming.headers, ...sandbox.keys, host: new URL(sandbox.url).host };
    const path = incoming.url ?? '/';
    const forwarded = request(new URL(path, sandbox.url), { method: incoming.method, headers }, answer => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    outgoing.on('close', () => forwarded.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`;
}
