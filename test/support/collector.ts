import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { generate } from 'selfsigned';
import { atEnd } from './lifetime.ts';

/** A collector of syslog on loopback; it ends with the test. */
export interface Collector {
  readonly address: string;
  /** The certificate that it shows, for TLS. */
  readonly ca: string[];
  /** Messages that nobody took yet, without the length before each. */
  readonly arrived: readonly string[];
  /** Takes the next message. */
  next(): Promise<string>;
  /** Ends every connection. */
  hangUp(): void;
}

export async function useCollector(kind: 'tcp' | 'tls' | 'udp'): Promise<Collector> {
  const arrived: string[] = [];
  const arrivals = new EventEmitter();
  const take = (message: string) => {
    arrived.push(message);
    arrivals.emit('message');
  };
  const next = async () => {
    while (arrived.length === 0) await once(arrivals, 'message');
    return arrived.shift() ?? '';
  };
  if (kind === 'udp') {
    const socket = createSocket('udp4', bytes => take(bytes.toString()));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    atEnd(() => socket.close());
    return { address: `udp://127.0.0.1:${socket.address().port}`, ca: [], arrived, next, hangUp: () => undefined };
  }
  const names = [{ type: 7 as const, ip: '127.0.0.1' }];
  const extensions = [{ name: 'subjectAltName' as const, altNames: names }];
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], { extensions });
  const sockets = new Set<Socket>();
  const onSocket = (socket: Socket) => {
    sockets.add(socket);
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', chunk => {
      bytes = Buffer.concat([bytes, chunk]);
      for (;;) {
        const space = bytes.indexOf(' ');
        const end = space + 1 + Number(bytes.subarray(0, Math.max(0, space)));
        if (space < 0 || bytes.length < end) return;
        take(bytes.subarray(space + 1, end).toString());
        bytes = bytes.subarray(end);
      }
    });
  };
  const server: Server = kind === 'tls' ? createTlsServer({ key, cert }, onSocket) : createServer(onSocket);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const hangUp = () => {
    for (const socket of sockets) socket.destroy();
  };
  atEnd(() => {
    hangUp();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { address: `${kind}://127.0.0.1:${port}`, ca: [cert], arrived, next, hangUp };
}
