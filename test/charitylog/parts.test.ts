import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { findAll, useApi } from '../support/api.ts';

/** Records from one id on to another. */
const rows = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => ({ id: from + n, surname: `Tansley ${from + n}` }));
const ids = (people: readonly { id: number }[]) => people.map(person => person.id);

/** Sends JSON. */
function send(response: ServerResponse, json: unknown, headers = {}, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(json));
}

const pageOf = (url = '') => Number(/page[/=](\d+)/.exec(url)?.[1] ?? 1);

test.each<[string, (url: string, origin: string) => unknown]>([
  ['whole', (url, origin) => ({ links: { next: `${origin}${url}` } })],
  ['below the origin', url => ({ _links: { next: { href: url } } })],
  ['of a query alone', url => ({ next: url.slice(url.indexOf('?')), total: '5' })],
  ['escaped for HTML', url => ({ next_page_url: `${url}&amp;sort=id` })],
  ['by a proxy without TLS', (url, origin) => ({ next: { url: `${origin.replace('https', 'http')}${url}` } })],
])('pages are followed to the end by an address %s', async (_, next) => {
  const { client, requests } = await useApi((request, response, origin) => {
    const page = pageOf(request.url);
    const data = rows(page * 2 - 1, Math.min(page * 2, 5));
    const url = `${request.url?.split('?')[0]}?page=${page + 1}`;
    send(response, { data, total: 5, ...(page < 3 && (next(url, origin) as object)) });
  });
  const { people } = await findAll(client, ['surname'], { type: ['7'] });
  expect(ids(people)).toEqual([1, 2, 3, 4, 5]);
  expect(requests).toHaveLength(3);
  expect(requests[1]).toMatch(/^GET \/clients\/type\/7\/field\/id;surname\?page=2/);
});

test('a Link header is followed, also with the page in the path, and the names go on being asked for', async () => {
  const { client, requests } = await useApi((request, response) => {
    const page = pageOf(request.url);
    const path = request.url?.split(/\/page|\/\?/)[0];
    const link = page < 2 ? { link: `<${path}/page/2>; rel="next"` } : {};
    send(response, rows(page, page), link, page < 2 ? 206 : 200);
  });
  const people: number[] = [];
  await client.eachPerson(
    { filters: new Map(), fields: ['surname'], resolve: ['ALL'] },
    { restart() {}, add: person => people.push(person.id) },
    AbortSignal.timeout(20_000),
  );
  expect(people).toEqual([1, 2]);
  expect(requests[1]).toBe('GET /clients/field/id;surname/page/2?resolveIds[]=ALL');
});

test.each<[string, (url: string, origin: string) => unknown]>([
  ['names no address', () => ({ meta: { total: 5, last_page: 3 } })],
  ['gives a cursor', () => ({ next_cursor: 'MTIz' })],
  ['gives a number', () => ({ next_page: 2 })],
  ['leads to another origin', url => ({ next: `https://elsewhere.example${url}?page=2` })],
  ['leads out of the base path', (_, origin) => ({ next: `${origin}/v1/clients/type/7/field/id;surname?page=2` })],
  ['leads out of the base path in disguise', url => ({ next: `${url}/../../../../../../admin?page=2` })],
  ['leaves out a condition', () => ({ next: '/v2/clients/field/id;surname?page=2' })],
  ['leads to another resource', () => ({ next: '/v2/referrals/type/7/field/id;surname?page=2' })],
  ['leads to itself', url => ({ next: url })],
  ['leads in a circle', url => ({ next: `${url.split('?')[0]}?page=${3 - pageOf(url)}` })],
  ['has a login', (url, origin) => ({ next: `${origin.replace('//', '//me:secret@')}${url}?page=2` })],
  ['promises more than come', url => (pageOf(url) > 1 ? { total: 5 } : { next: `${url}?page=2` })],
  ['counts other people', url => (pageOf(url) > 1 ? { total: 3 } : { next: `${url}?page=2` })],
])('a part whose rest %s is refused, and told what was seen', async (_, surroundings) => {
  const { client } = await useApi((request, response, origin) => {
    const page = pageOf(request.url);
    send(response, { data: rows(page * 2 - 1, page * 2), ...(surroundings(request.url ?? '', origin) as object) });
  });
  await expect(findAll(client, ['surname'], { type: ['7'] })).rejects.toMatchObject({
    kind: 'unreadable',
    logText: 'paged answer',
    message: expect.stringMatching(/\(seen: .*(total \d|\d pages|a next page)/),
  });
});

test('pages that repeat the same people never end as all of them', async () => {
  const { client, requests } = await useApi((request, response) =>
    send(response, { data: rows(1, 2), next: `${request.url?.split('?')[0]}?page=${pageOf(request.url) + 1}` }),
  );
  await expect(findAll(client)).rejects.toMatchObject({ message: expect.stringContaining('pages that repeat') });
  expect(requests).toHaveLength(2);
});

test('a next page that is not there is no end', async () => {
  const { client } = await useApi((request, response) => {
    if (pageOf(request.url) > 1) send(response, { error: 'no such page' }, {}, 404);
    else send(response, { data: rows(1, 2), next: `${request.url}?page=2` });
  });
  await expect(findAll(client)).rejects.toMatchObject({ logText: 'paged answer' });
});

test('a page that breaks off is asked for again, and nobody comes twice or is left out', async () => {
  let tries = 0;
  const { client } = await useApi((request, response) => {
    const page = pageOf(request.url);
    if (page === 2 && ++tries === 1) {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('{"data":[{"id":3,"surname":"Tansley 3"},{"id":4,"sur', () => response.destroy());
    } else send(response, { data: rows(page * 2 - 1, page * 2), total: 4, next: page < 2 ? '?page=2' : null });
  });
  expect(ids((await findAll(client)).people)).toEqual([1, 2, 3, 4]);
});

test('a first page that breaks off begins anew', async () => {
  let tries = 0;
  const { client } = await useApi((_, response) => {
    if (++tries > 1) return send(response, rows(2, 3));
    response.writeHead(200, { 'content-length': 1000 });
    response.write('[{"id":1,"surname":"Tansley 1"},{"id":2,"sur', () => response.destroy());
  });
  expect(ids((await findAll(client)).people)).toEqual([2, 3]);
});

test('lists and dictionaries are read to their end, or refused', async () => {
  const { client } = await useApi((request, response) => {
    const page = pageOf(request.url);
    const data = [{ id: page, name: `Option ${page}` }];
    if (request.url?.includes('district')) send(response, { data, next: page < 3 ? `?page=${page + 1}` : null });
    else send(response, { data: ['id', 'surname'], total: 80 });
  });
  expect(await client.dictionary('organisations/district', AbortSignal.timeout(5000))).toHaveLength(3);
  await expect(client.fields('selectable', AbortSignal.timeout(5000))).rejects.toMatchObject({
    logText: 'paged answer',
  });
});

test('of a part, only the record that is in it is believed', async () => {
  const { client } = await useApi((_, response) => send(response, { data: rows(1, 2), total: 99 }));
  const signal = AbortSignal.timeout(5000);
  expect(await client.person(2, ['surname'], [], signal)).toEqual({ id: 2, surname: 'Tansley 2' });
  await expect(client.person(3, ['surname'], [], signal)).rejects.toMatchObject({ logText: 'paged answer' });
});
