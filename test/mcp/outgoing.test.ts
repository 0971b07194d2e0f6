import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { cleanText } from '../../src/base/visible-text.ts';
import { buildServer } from '../../src/mcp/server.ts';
import { startRaw } from '../support/raw-stdio.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';
import { post, startService, toolCall } from '../support/service.ts';
import { useTools } from '../support/tools.ts';

const tags = [...'obey'].map(letter => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

/** What nobody sees: direction marks, zero-width and control characters, and tags. */
const unseen = `\u202E\u200B\u2066\u0007\u001b[2J${tags}`;

/** A label with all of that, and with line breaks; and what is to be seen of it. */
const label = (name: string) => `${name}${unseen}\r\n\u2028Mark`;
const seen = (name: string) => `${name}[2J Mark`;

/** A name that is spelled with a joiner. */
const persian = 'می\u200Cخواهم';

/** A system whose names of fields, labels, types, options and people carry what nobody sees. */
async function useHostileSystem() {
  const sandbox = await useSandbox({ people: 1100 });
  const fields = ['type', 'first_name', 'surname', 'email', 'district', 'notes', 'religion'];
  const listed = Object.fromEntries(fields.map(name => [name, label(name)]));
  sandbox.misbehave({ kind: 'json', value: { ...listed, [`odd${unseen}`]: label('odd') }, path: '_fields' });
  const types = [
    { id: 1, name: label('Clients') },
    { id: 7, name: persian },
  ];
  sandbox.misbehave({ kind: 'json', value: types, path: 'dictionary/client_type' });
  sandbox.misbehave({ kind: 'json', value: { 21: label('Eastwick') }, path: 'dictionary/organisations/district' });
  for (const person of sandbox.people) {
    Object.assign(person, { notes: `so it is${unseen}`, email: `jo${unseen}@example.org` });
  }
  Object.assign(sandbox.people[0] as object, { first_name: 'Ines', surname: `Quarmby${unseen}` });
  return sandbox;
}

/** Every text in a value, and in the JSON that a text is. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...(/^[[{]/.test(value) ? textsIn(JSON.parse(value)) : [])];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...textsIn(part)]);
}

function expectClean(messages: readonly unknown[]): void {
  const texts = messages.flatMap(textsIn);
  for (const text of texts) {
    expect(cleanText(text)).toBe(text);
    expect(text).not.toMatch(/\n\s*Mark/);
  }
}

test('no kind of message carries what nobody sees, and labels are one line', async () => {
  const { options } = await useTools(await useHostileSystem(), { config: { confirm: 'always' } });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const sent: JSONRPCMessage[] = [];
  const waiting = new Map<unknown, (message: JSONRPCMessage) => void>();
  theirs.onmessage = message => {
    sent.push(message);
    if ('method' in message && 'id' in message) {
      const result = { action: 'accept', content: { add: false } };
      void theirs.send({ jsonrpc: '2.0', id: message.id, result } as JSONRPCMessage);
    } else if ('id' in message) waiting.get(message.id)?.(message);
  };
  await Promise.all([buildServer(options, 'legacy').connect(ours), theirs.start()]);
  let id = 0;
  // biome-ignore lint/suspicious/noExplicitAny: answers of every kind
  const ask = (method: string, params: Record<string, unknown> = {}): Promise<any> =>
    new Promise(resolve => {
      waiting.set(++id, resolve);
      void theirs.send({ jsonrpc: '2.0', id, method, params } as JSONRPCMessage);
    });
  const call = (name: string, args: Record<string, unknown>) =>
    ask('tools/call', { name, arguments: args, _meta: { progressToken: `p${unseen}` } });
  const clientInfo = { name: 'raw', version: '1' };
  await ask('initialize', { protocolVersion: '2025-06-18', capabilities: { elicitation: {} }, clientInfo });
  await theirs.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  await ask('tools/list');
  const types = await call('list_client_types', {});
  const fields = await call('describe_fields', {});
  await call('describe_fields', { field: 'district' });
  const found = await call('search_people', { name: 'Ines', fields: ['notes', 'email'] });
  await call('count_people', { by: ['district'] });
  await call('get_person', { id: 1 });
  await call('search_people', { type: `Wizards${unseen}`, district: `West${unseen}`, [`nothing${unseen}`]: 1 });
  await call('create_person', { first_name: 'Ines', surname: 'Quarmby', type: '1' });
  await call(`no_tool${unseen}`, {});
  await ask('resources/list');
  await ask('resources/templates/list');
  for (const what of ['client-types', 'fields', 'people/1', `people/x${unseen}`, `none${unseen}`])
    await ask('resources/read', { uri: `charitylog://${what}` });
  await ask('prompts/list');
  await ask('prompts/get', { name: 'find_person', arguments: { name: `Ines${unseen}`, field: label('district') } });
  await ask('prompts/get', { name: `none${unseen}`, arguments: {} });
  const ref = { type: 'ref/prompt', name: 'find_person' };
  const completed = await ask('completion/complete', { ref, argument: { name: 'type', value: '' } });
  await ask('completion/complete', { ref, argument: { name: 'field', value: '' } });
  await ask('completion/complete', { ref: { ...ref, name: `none${unseen}` }, argument: { name: 'x', value: '' } });
  await ask(`no/method${unseen}`);
  await theirs.close();

  expectClean(sent);
  expect(types.result.structuredContent.types.map((type: { name: string }) => type.name)).toEqual([
    seen('Clients'),
    persian,
  ]);
  expect(completed.result.completion.values).toContain(persian);
  expect(fields.result.structuredContent.fields).toContainEqual(
    expect.objectContaining({ name: 'email', label: seen('email') }),
  );
  expect(found.result.structuredContent.people).toContainEqual(
    expect.objectContaining({ name: 'Ines Quarmby[2J', notes: 'so it is[2J', email: 'jo[2J@example.org' }),
  );
  const methods = sent.flatMap(message => ('method' in message ? [message.method] : []));
  expect(methods).toEqual(expect.arrayContaining(['elicitation/create', 'notifications/progress']));
  expect(sent.filter(message => 'error' in message).length).toBeGreaterThanOrEqual(6);
}, 60_000);

test('nor does what refuses a message before it reaches a server, over stdio', async () => {
  const raw = startRaw(settingsFor(await useSandbox({ people: 10 })));
  const modern = { 'io.modelcontextprotocol/protocolVersion': `2099-01-01${unseen}` };
  raw.say(JSON.stringify({ jsonrpc: '2.0', id: `1${unseen}`, method: 'tools/call', params: { name: 7 } }));
  raw.say(JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/list', params: { [`a${unseen}`]: 1, cursor: 'x' } }));
  raw.say(JSON.stringify({ jsonrpc: '2.0', id: 3, method: 'tools/list', params: { _meta: modern } }));
  const answers = [await raw.next(), await raw.next(), await raw.next()];
  expect(answers.every(answer => answer.error)).toBe(true);
  expectClean(answers.map(({ id: _, ...answer }) => answer));
});

test('nor over HTTP', async () => {
  const { url } = await startService(settingsFor(await useHostileSystem()));
  const version = { 'mcp-protocol-version': '2025-06-18' };
  const meta = { 'io.modelcontextprotocol/protocolVersion': `2099-01-01${unseen}` };
  const bodies = [
    { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    toolCall('list_client_types'),
    toolCall('search_people', { type: `Wizards${unseen}` }),
    toolCall(`none${unseen}`),
    { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: { [`a${unseen}`]: 1 } } },
    { jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta: meta } },
    { jsonrpc: '2.0', id: 1, method: `no/method${unseen}` },
  ];
  for (const body of bodies) expectClean([await (await post(url, body, version)).json()]);
});
