/** Servers with a certificate of their own authority, behind a proxy. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { vi } from 'vitest';
import { atEnd } from './lifetime.ts';

export type Certificate = Awaited<ReturnType<typeof generate>>;

/** A certificate for the host that no authority but itself has signed. */
export function certificateFor(host: string): Promise<Certificate> {
  return generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: host }] }],
  });
}

/** Starts a server with the certificate, and a proxy in `HTTPS_PROXY` that leads every name to it. */
export async function serveBehindProxy({ private: key, cert }: Certificate, listener: RequestListener) {
  const tunnels: (string | undefined)[] = [];
  const port = await listen(createHttpsServer({ key, cert }, listener));
  const proxy = createHttpServer().on('connect', (request, socket) => {
    tunnels.push(request.url);
    const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    upstream.pipe(socket).pipe(upstream);
    for (const end of [socket, upstream]) end.on('error', () => end.destroy());
  });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listen(proxy)}`);
  atEnd(() => void vi.unstubAllEnvs());
  return { tunnels };
}

/** A file for `CHARITYLOG_CA_FILE`. */
export async function certificateFile(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charitylog-mcp-'));
  atEnd(() => rm(folder, { recursive: true }));
  const file = join(folder, 'ca.pem');
  await writeFile(file, content);
  return file;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => void server.close());
  return (server.address() as AddressInfo).port;
}
