import { Client } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { OneProcessTransport, toAnswer } from '../support/clients.ts';
import { atEnd, startOnce } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

type Reply = { action: 'accept' | 'decline' | 'cancel'; content?: { add: boolean } | { person: string } };
type Ask = (message: string, form: unknown) => Reply;
type Create = (args: object) => Promise<ReturnType<typeof toAnswer>>;
type Host = (sandbox: Sandbox, ask: Ask, env?: Record<string, string>) => Promise<Create>;

const info = { name: 'host', version: '1.0.0' };
const capabilities = { elicitation: { form: {} } };
const start = (sandbox: Sandbox, env: Record<string, string> = {}) => ({
  command: process.execPath,
  args: ['dist/cli.js'],
  env: { ...settingsFor(sandbox), ...env },
});

const v2 =
  (era: 'modern' | 'legacy'): Host =>
  async (sandbox, ask, env) => {
    const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
    const client = new Client(info, { capabilities, versionNegotiation: { mode } });
    client.setRequestHandler('elicitation/create', ({ params }) =>
      ask(params.message, 'requestedSchema' in params ? params.requestedSchema : undefined),
    );
    await client.connect(new OneProcessTransport(start(sandbox, env)));
    atEnd(() => client.close());
    return async args => toAnswer(await client.callTool({ name: 'create_person', arguments: { ...args } }));
  };

const v1: Host = async (sandbox, ask, env) => {
  const client = new V1Client(info, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, ({ params }) =>
    ask(params.message, 'requestedSchema' in params ? params.requestedSchema : undefined),
  );
  await client.connect(new V1Transport(start(sandbox, env)));
  atEnd(() => client.close());
  return async args => toAnswer(await client.callTool({ name: 'create_person', arguments: { ...args } }));
};

const john = { first_name: 'John', surname: 'Smith', type: 'Volunteers' };
const yes: Reply = { action: 'accept', content: { add: true } };
const hosts = [
  ['modern era', v2('modern')],
  ['legacy era', v2('legacy')],
  ['v1 client', v1],
] as const;

describe.each(hosts)('a host that asks its person (%s)', (_, connect) => {
  let sandbox: Sandbox;
  let create: Create;
  let reply: Reply | 'no window';
  let questions: string[];
  let forms: unknown[];
  const ask: Ask = (message, form) => {
    questions.push(message);
    forms.push(form);
    if (reply === 'no window') throw new Error(reply);
    return reply;
  };
  const added = () => sandbox.people.length - before;
  let before: number;

  startOnce(async () => {
    sandbox = await useSandbox({ people: 40 });
    create = await connect(sandbox, ask);
  });

  beforeEach(() => {
    reply = yes;
    questions = [];
    forms = [];
    before = sandbox.people.length;
  });

  test.each<Reply>([{ action: 'decline' }, { action: 'cancel' }, { action: 'accept', content: { add: false } }])(
    'adds nobody when the answer is %j, and says so',
    async given => {
      reply = given;
      expect((await create(john)).data).toMatchObject({ status: 'declined' });
      expect(added()).toBe(0);
      expect(questions).toHaveLength(1);
    },
  );

  test('that fails to ask is an answer with the token, which then serves', async () => {
    const agnieszka = { first_name: 'Agnieszka', surname: 'Kowalska', type: 'Volunteers' };
    reply = 'no window';
    const first = await create(agnieszka).catch(() => undefined);
    // The client of the modern era fails by itself, and nobody is asked again.
    if (first === undefined) return expect(added()).toBe(0);
    expect(first.data).toMatchObject({
      status: 'possible_duplicates',
      next: expect.stringContaining('could not put the question'),
    });
    expect(added()).toBe(0);
    const second = await create({ ...agnieszka, confirm_token: first.data.confirm_token });
    expect(second.data.status).toBe('created');
    expect(added()).toBe(1);
  });

  test('whose user closes the question is told so, not that they said no', async () => {
    reply = { action: 'cancel' };
    expect((await create(john)).data.next).toContain('closed the question without an answer');
    reply = { action: 'decline' };
    expect((await create(john)).data.next).toContain('said no');
  });

  test('is asked although a token is there, which would go past its person', async () => {
    reply = { action: 'decline' };
    const { data } = await create({ ...john, dry_run: true });
    expect((await create({ ...john, confirm_token: data.confirm_token })).data.status).toBe('declined');
    expect(added()).toBe(0);
    expect(questions).toHaveLength(1);
  });

  test('is not asked where nobody is in question', async () => {
    expect((await create({ first_name: 'Jo', surname: 'Fairweather', type: '1' })).data.status).toBe('created');
    expect(questions).toEqual([]);
  });

  test('gives a choice for each of those who may be the person, and one for a new person', async () => {
    reply = { action: 'accept', content: { person: 'It is John Smith, id 1' } };
    const { data } = await create(john);
    expect(data).toMatchObject({
      status: 'declined',
      candidates: [{ id: 1, matches: 'same name' }],
      next: expect.stringMatching(/the user says that it is id 1\. .* lacks the type Volunteers, staff add it/),
    });
    expect(added()).toBe(0);
    expect(forms.at(-1)).toMatchObject({
      properties: {
        person: { enum: expect.arrayContaining(['It is John Smith, id 1', 'None of these: add a new person']) },
      },
    });
    reply = { action: 'accept', content: { person: 'None of these: add a new person' } };
    expect((await create({ ...john, type: 'Staff' })).data.status).toBe('created');
    expect(added()).toBe(1);
  });

  test('adds the person when they say yes', async () => {
    expect((await create(john)).data.status).toBe('created');
    expect(added()).toBe(1);
    expect(questions).toEqual([
      expect.stringMatching(
        /^Add John Smith \(Volunteers\) to Charitylog as a new person\?.*- John Smith, id 1, Clients: same name/s,
      ),
    ]);
  });
});

test.each([{ CHARITYLOG_ELICITATION: 'off' }, { CHARITYLOG_CONFIRM: 'never' }])(
  'a host that could ask its person is not asked under %j',
  async setting => {
    let questions = 0;
    const ask = () => {
      questions += 1;
      return yes;
    };
    const create = await v2('modern')(await useSandbox({ people: 40 }), ask, setting);
    expect((await create(john)).data.status).toBe('possible_duplicates');
    expect(questions).toBe(0);
  },
);
