import { once } from 'node:events';
import { connect } from 'node:net';

/** The head of a POST as it goes over the line, with further header lines. */
export const head = (...lines: string[]) =>
  ['POST /mcp HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', ...lines, '', ''].join('\r\n');

/** Speaks HTTP by hand; resolves with all that comes back until the connection ends, by the service or by `signal`. */
export async function speak(url: string, bytes: string | Iterable<string>, signal?: AbortSignal): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let answer = '';
  socket.on('data', chunk => {
    answer += chunk;
  });
  socket.on('error', () => undefined);
  signal?.addEventListener('abort', () => socket.destroy());
  const closed = new Promise(resolve => socket.once('close', resolve));
  await once(socket, 'connect');
  for (const part of typeof bytes === 'string' ? [bytes] : bytes) {
    if (socket.destroyed || !socket.writable) break;
    if (!socket.write(part)) await Promise.race([once(socket, 'drain').catch(() => undefined), closed]);
  }
  await closed;
  return answer;
}
