import { connect, type Socket } from 'node:net';

/** Sends tool calls over one connection at once, and reads none of their answers; the connection stays open until it is destroyed. */
export function askDeafly(url: string, token: string, calls: readonly object[]): Socket {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname).pause();
  socket.on('error', () => undefined);
  for (const [id, params] of calls.entries()) {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params });
    const head = [
      `POST ${pathname} HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${token}`,
      'Accept: application/json, text/event-stream',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  return socket;
}
