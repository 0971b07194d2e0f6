/**
 * A caller who does all that one may do to the service, in a process of its own: calls, halves of bodies, trickles. Prints a
 * line when it begins.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { head, speak } from './raw-http.ts';
import { toolCall } from './service.ts';

const [url = '', token = ''] = process.argv.slice(2);
const dispatcher = new Agent({ connections: 16 });
const fields = ['email', 'postcode', 'telephone', 'address_line_1'];
const everybody = JSON.stringify(toolCall('search_people', { fields, limit: 50 }));
const headers = {
  'content-type': 'application/json',
  accept: 'application/json',
  authorization: `Bearer ${token}`,
};

async function callAndCall(): Promise<void> {
  for (;;) {
    const answer = await request(url, { dispatcher, method: 'POST', headers, body: everybody });
    await answer.body.dump();
  }
}

async function beginBodies(bytes: number): Promise<void> {
  const half = `${head(`Authorization: Bearer ${token}`, 'Content-Length: 1000000')}${' '.repeat(bytes)}`;
  for (;;) {
    await speak(url, half).catch(() => undefined);
    await delay(50);
  }
}

process.stdout.write('begins\n');
for (let n = 0; n < 16; n++) callAndCall().catch(() => process.exit(1));
for (let n = 0; n < 12; n++) void beginBodies(900_000);
for (let n = 0; n < 28; n++) void beginBodies(100);
