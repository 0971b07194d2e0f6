import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Person } from '../../src/charitylog/api.ts';
import { CharitylogClient, type ClientSettings } from '../../src/charitylog/client.ts';

/** Serves an API of a few lines on loopback for this test, and gives a client for it. */
export async function useApi(
  handle: (request: IncomingMessage, response: ServerResponse, origin: string) => void,
  settings: Partial<ClientSettings> = {},
) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url?.replace(/^\/v2/, '')}`);
    request.resume();
    request.on('end', () => handle(request, response, origin));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = new CharitylogClient({
    baseUrl: `${origin}/v2`,
    keys: { source: 'source-key', org: 'org-key-1', user: 'user-key-1' },
    timeoutMs: 5000,
    caFile: undefined,
    createMethod: 'POST',
    createEncoding: 'form',
    ...settings,
  });
  onTestFinished(async () => {
    await client.close();
    server.closeAllConnections();
    server.close();
  });
  return { client, requests };
}

/** Everybody that a question finds, and what is known of the answer. */
export async function findAll(client: CharitylogClient, fields: readonly string[] = ['surname'], filters = {}) {
  const people: Person[] = [];
  const collector = { restart: () => void people.splice(0), add: (person: Person) => void people.push(person) };
  const query = { filters: new Map<string, string[]>(Object.entries(filters)), fields };
  const read = await client.eachPerson(query, collector, AbortSignal.timeout(20_000));
  return { ...read, people };
}
