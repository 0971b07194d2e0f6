import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { quoted } from '../../src/charitylog/http/quoted.ts';
import { findAll, useApi } from '../support/api.ts';

const signal = () => AbortSignal.timeout(20_000);
const answer =
  (json: unknown, status = 200) =>
  (_: unknown, response: ServerResponse) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));

/** The answer in pieces of a few bytes. */
function inPieces(response: ServerResponse, body: Uint8Array, contentType?: string): void {
  if (contentType) response.setHeader('content-type', contentType);
  for (let at = 0; at < body.length; at += 3) response.write(body.subarray(at, at + 3));
  response.end();
}

describe('a failure that comes with status 200', () => {
  test.each([
    [{ status: 'error', message: 'Access denied', data: [] }, 'invalid', 'Access denied'],
    [{ code: 401, message: 'Bad key', data: null }, 'auth', 'Bad key'],
    [{ code: 403, data: null }, 'forbidden', 'code 403'],
    [{ status: 404, message: 'No such thing', data: [] }, 'not_found', 'No such thing'],
    [{ error: { status: 429 } }, 'rate_limited', 'code 429'],
    [{ response: { success: false, message: 'Not you' }, data: [] }, 'invalid', 'Not you'],
    [{ message: 'Unauthenticated.' }, 'invalid', 'Unauthenticated.'],
  ])('%j is an error wherever it comes, and never nobody', async (json, kind, message) => {
    const { client } = await useApi(answer(json));
    const failure = { kind, message: expect.stringContaining(message) };
    await expect(client.person(7, ['surname'], [], signal())).rejects.toMatchObject(failure);
    await expect(client.dictionary('client_type', signal())).rejects.toMatchObject(failure);
    await expect(client.fields('selectable', signal())).rejects.toMatchObject(failure);
    await expect(client.checkKeys(signal())).rejects.toMatchObject(failure);
    await expect(findAll(client)).rejects.toMatchObject(failure);
  });

  test('is told without keys, in whatever form they are written', async () => {
    const said = (message: string) => useApi(answer({ success: false, message }));
    const key = 'org-key-1';
    const coded = (code: (letter: string) => string) => [...key].map(code).join('');
    const hex = (letter: string) => letter.charCodeAt(0).toString(16).padStart(2, '0');
    const forms = [
      'ORG-KEY-1',
      'oRG-kEY-1',
      'org%2Dkey%2D1',
      coded(letter => `%${hex(letter)}`),
      coded(letter => `%25${hex(letter).toUpperCase()}`),
      coded(letter => `\\u00${hex(letter)}`),
      coded(letter => `\\x${hex(letter)}`),
      coded(letter => `&#${letter.charCodeAt(0)};`),
      coded(letter => `&#x${hex(letter)};`),
      coded(letter => `=${hex(letter).toUpperCase()}`),
      coded(letter => `${letter}\u200B`),
      coded(letter => `<b>${letter}</b>`),
      coded(letter => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
      coded(hex),
      'o r g - k e y - 1',
      'org-\nkey-\n1',
      'orgkey1',
      '1-yek-gro',
      'USER key 1',
      'key=ORG-KEY-1',
      '100%ORG-KEY-1',
      ...['', 'a', 'ab', 'a:b:c'].flatMap(before => [
        Buffer.from(`${before}${key}and more`).toString('base64'),
        Buffer.from(`${before}${key.toUpperCase()}`).toString('base64url'),
        Buffer.from(`${before}${key}`).toString('base64').replace(/.{5}/g, '$&\r\n'),
      ]),
    ];
    for (const form of forms) {
      const error = await (await said(`Key ${form} is wrong`)).client.checkKeys(signal()).catch(thrown => thrown);
      expect(error).toMatchObject({ kind: 'invalid' });
      const told = error.message.replace('Charitylog refused the request (an error in its answer)', '');
      expect({ form, told }).toEqual({ form, told: expect.stringMatching(/^(\.|: "Key \[key\] is wrong"\.)$/) });
    }
  });

  test('with a key in it as it is has the key masked, and the rest told', async () => {
    const { client } = await useApi(answer({ success: false, message: 'No access for org-key-1 here' }));
    await expect(client.checkKeys(signal())).rejects.toThrow('"No access for [key] here"');
  });

  test('of any length is cut before it is looked at, and no key is told in half', async () => {
    const ends = ['', 'org-key-1', 'ORG-KEY-1'];
    const bodies = ['a', 'a.', '/a', '<', '1 ', 'org-key-', '%', '&#', '\\u00', '@', 'a@'].flatMap(part =>
      ends.flatMap(end => [300, 3_995, 300_000].map(length => part.repeat(length).slice(0, length) + end)),
    );
    for (const message of bodies) {
      const told = quoted(message, { source: 'source-key', org: 'org-key-1', user: 'user-key-1' });
      expect(told.length).toBeLessThan(310);
      expect(told.replaceAll('org-key-[', '').toLowerCase()).not.toMatch(/org-key-1/);
    }
  });
});

test.each([
  ['404', 404, { error: 'no match' }],
  ['an empty list', 200, []],
  ['null', 200, null],
  ['an empty list in a wrapper', 200, { status: 'ok', message: 'No records found', data: [] }],
])('nobody is told by %s', async (_, status, json) => {
  const { client } = await useApi((request, response) =>
    request.url?.includes('_fields') ? answer(['id'])(request, response) : answer(json, status)(request, response),
  );
  await client.fields('selectable', signal());
  expect(await findAll(client)).toEqual({ people: [], neverCame: [] });
});

describe('the charset of an answer', () => {
  const text = '[{"id":7,"surname":"Siôn Ó Briain"}]';
  const utf16 = Buffer.from(text, 'utf16le');

  test.each<[string, string | undefined, Uint8Array]>([
    ['UTF-8 unsaid', undefined, Buffer.from(text)],
    ['UTF-8', 'application/json; charset=utf-8', Buffer.from(text)],
    ['UTF-8 with its mark', 'application/json', Buffer.from(`\uFEFF${text}`)],
    ['UTF-8 with its mark, said to be another', 'text/html; charset=ISO-8859-1', Buffer.from(`\uFEFF${text}`)],
    ['ISO-8859-1', 'application/json; charset=ISO-8859-1', Buffer.from(text, 'latin1')],
    ['ISO-8859-1 in quotes', 'application/json;Charset="iso-8859-1"', Buffer.from(text, 'latin1')],
    ['UTF-8 that the server calls ISO-8859-1', 'application/json; charset=ISO-8859-1', Buffer.from(text)],
    ['UTF-8 with two marks', 'application/json', Buffer.from(`\uFEFF\uFEFF${text}`)],
    ['UTF-8 behind a space that is none', 'application/json', Buffer.from(`\u00A0\u2028${text}`)],
    ['windows-1252', 'text/json; odd=1; charset=windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-16 with its mark', 'application/json', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    [
      'UTF-16, other way round',
      'application/json',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    ],
    ['UTF-16 as it says', 'application/json; charset=utf-16le', utf16],
  ])('is heeded: %s', async (_, contentType, body) => {
    const { client } = await useApi((_request, response) => inPieces(response, body, contentType));
    expect((await findAll(client)).people).toEqual([{ id: 7, surname: 'Siôn Ó Briain' }]);
    expect(await client.person(7, ['surname'], [], signal())).toEqual({ id: 7, surname: 'Siôn Ó Briain' });
  });

  test.each<[string, string, Uint8Array]>([
    ['not known', 'application/json; charset=klingon', Buffer.from(text)],
    ['not the one of the bytes', 'application/json; charset=utf-8', Buffer.from(text, 'latin1')],
    ['not said and not UTF-8', 'application/json', Buffer.from(text, 'latin1')],
    ['cut within a letter', 'application/json', Buffer.from('[{"id":7,"surname":"Siô').subarray(0, -1)],
  ])('is an error where it is %s', async (_, contentType, body) => {
    const { client } = await useApi((_request, response) => inPieces(response, body, contentType));
    await expect(findAll(client)).rejects.toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining('charset'),
    });
    await expect(client.person(7, ['surname'], [], signal())).rejects.toMatchObject({ kind: 'unreadable' });
  });
});

test('texts that are escaped for HTML are read as they were meant', async () => {
  const { client } = await useApi((request, response) => {
    if (request.url?.includes('dictionary')) answer({ 1: 'Arts &amp; Crafts', 2: 'R&D' })(request, response);
    else if (request.url?.includes('dimension')) answer({ 'Arts &amp; Crafts': 5 })(request, response);
    else if (request.url?.includes('_fields')) answer({ school: '&Eacute;cole' })(request, response);
    else {
      const row = {
        id: 7,
        surname: 'O&#039;Dwyer',
        notes: ['Caf&eacute;', { x: '&amp;eacute; &lt;b&gt;' }],
        email: 'a&b',
      };
      response.end(JSON.stringify([row]).replace('&#039;', '\\u0026#039;'));
    }
  });
  const fields = ['surname', 'notes', 'email'];
  const meant = { id: 7, surname: "O'Dwyer", notes: ['Café', { x: '&eacute; <b>' }], email: 'a&b' };
  expect((await findAll(client, fields)).people).toEqual([meant]);
  expect(await client.person(7, fields, [], signal())).toEqual(meant);
  expect(await client.dictionary('x', signal())).toEqual([
    { id: '1', name: 'Arts & Crafts' },
    { id: '2', name: 'R&D' },
  ]);
  expect(await client.fields('selectable', signal())).toEqual([{ name: 'school', label: 'École' }]);
});

test('fields that came with nobody are told', async () => {
  const { client } = await useApi(
    answer([
      { id: 1, forename: 'Ines' },
      { id: 2, email: null },
    ]),
  );
  expect(await findAll(client, ['surname', 'email'])).toEqual({
    people: [{ id: 1 }, { id: 2, email: null }],
    neverCame: ['surname'],
  });
});

test('a record of many fields is asked for in parts whose addresses fit, and comes whole', async () => {
  const fields = Array.from({ length: 400 }, (_, n) => `a_rather_long_extension_field_${n}`);
  const { client, requests } = await useApi((request, response) => {
    const [, asked = ''] = /field\/([^/?]*)/.exec(request.url ?? '') ?? [];
    const record = Object.fromEntries(asked.split(';').map(name => [name, name === 'id' ? 7 : name]));
    answer(record)(request, response);
  });
  expect(await client.person(7, fields, ['ALL'], signal())).toEqual({
    id: 7,
    ...Object.fromEntries(fields.map(name => [name, name])),
  });
  expect(requests).toHaveLength(2);
  expect(Math.max(...requests.map(line => line.length))).toBeLessThan(8000);
});

describe('a create', () => {
  const jo = new Map([
    ['first_name', 'Jo'],
    ['surname', 'Smith'],
  ]);
  const deep = (open: string, close: string) => `${open.repeat(10_000)}7${close.repeat(10_000)}`;

  test.each<[string, string]>([
    ['lists within lists', deep('[', ']')],
    ['objects within objects', deep('{"data":', '}')],
    ['an id of lists', `{"id":${deep('[', ']')}}`],
    ['two ids', '{"id":7,"client_id":8}'],
    ['yes', 'true'],
    ['a list of several', '[{"id":7},{"id":8}]'],
    ['a web page with a number', '<html>Record 7</html>'],
    ['words', '{"message":"Client created"}'],
    ['success and an error', '{"success":true,"error":"mail not sent"}'],
    ['an error beside an id', '{"id":7,"errors":["mail not sent"]}'],
    ['a fault of the server', '{"status":500,"message":"deadlock"}'],
    ['what it may mean', '{"status":"queued"}'],
    ['an unknown charset', '\xff\xfe\x00'],
  ])('that is answered by %s has an unknown outcome', async (_, body) => {
    const { client, requests } = await useApi((_request, response) => response.end(body));
    await expect(client.createPerson(jo)).rejects.toMatchObject({ kind: 'unknown_outcome' });
    expect(requests).toHaveLength(1);
  });

  test.each([
    '12',
    '"12"',
    ' 12\n',
    '{"id":"12"}',
    '{"client_id":12}',
    '[{"id":12}]',
    '{"data":{"id":12}}',
    '{"data":{"client":{"id":12}}}',
    '{"success":true,"id":12}',
    '{"status":"created","message":"Client added","data":{"id":12}}',
    '{"result":12}',
    '{"response":"12"}',
    '{"id":12,"client_id":"12","surname":"Smith","status":"Rejected"}',
  ])('that is answered by %s has this id', async body => {
    const { client } = await useApi((_request, response) => response.end(body));
    expect(await client.createPerson(jo)).toBe(12);
  });

  test.each([
    ['{"success":false,"message":"surname is too long"}', 'invalid'],
    ['{"status":"error","code":403}', 'forbidden'],
  ])('that is answered by %s was not made', async (body, kind) => {
    const { client } = await useApi((_request, response) => response.end(body));
    await expect(client.createPerson(jo)).rejects.toMatchObject({ kind });
  });
});
