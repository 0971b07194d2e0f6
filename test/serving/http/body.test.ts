import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { Budget, Share } from '../../../src/base/budget.ts';
import { readBody } from '../../../src/serving/http/body.ts';

const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 6\r\n\r\n';

/** A request as a server gets it, of which this much was sent. */
async function requestWith(sent: string): Promise<{ request: IncomingMessage; socket: Socket }> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(sent);
  const [request] = await once(server, 'request');
  return { request, socket };
}

function room(bytes: number) {
  return new Share(new Budget(4 * bytes)).hold();
}

test('a body that comes in parts is read whole', async () => {
  const { request, socket } = await requestWith(`${head}abc`);
  const body = readBody(request, 6, room(100));
  socket.write('def');
  expect(String(await body)).toBe('abcdef');
});

test('a body whose sender leaves is cut off, whether it is being read or not yet', async () => {
  const early = await requestWith(`${head}abc`);
  const body = readBody(early.request, 6, room(100));
  early.socket.destroy();
  expect(await body).toBe('cut off');

  const late = await requestWith(`${head}abc`);
  late.socket.destroy();
  await new Promise(resolve => late.request.once('close', resolve));
  expect(await readBody(late.request, 6, room(100))).toBe('cut off');
});

test('a body that is too large, or has no room beside others, is told so', async () => {
  const whole = await requestWith(`${head}abcdef`);
  expect(await readBody(whole.request, 5, room(100))).toBe('too large');
  const announced = await requestWith(head);
  expect(await readBody(announced.request, 0, room(100))).toBe('too large');
  const crowded = await requestWith(`${head}abc`);
  expect(await readBody(crowded.request, 6, room(2))).toBe('no room');
  // Nothing holds what was read.
  expect(crowded.request.listenerCount('data')).toBe(0);
});
