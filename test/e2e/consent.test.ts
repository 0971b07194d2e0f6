import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { toAnswer } from '../support/clients.ts';
import { requestLines, settingsFor, useSandbox } from '../support/sandbox.ts';

type Reply = { action: 'accept' | 'decline' | 'cancel'; content?: { add: boolean } };
type Host = (
  sandbox: Sandbox,
  reply: Reply,
  questions: string[],
  env?: Record<string, string>,
) => Promise<(args: object) => ReturnType<typeof toAnswer> | Promise<ReturnType<typeof toAnswer>>>;

const info = { name: 'host', version: '1.0.0' };
const capabilities = { elicitation: { form: {} } };
const start = (sandbox: Sandbox, env: Record<string, string> = {}) => ({
  command: process.execPath,
  args: ['dist/cli.js'],
  env: { ...settingsFor(sandbox), ...env },
});

const v2 =
  (era: 'modern' | 'legacy'): Host =>
  async (sandbox, reply, questions, env) => {
    const mode = era === 'modern' ? { pin: '2026-07-28' } : ('legacy' as const);
    const client = new Client(info, { capabilities, versionNegotiation: { mode } });
    client.setRequestHandler('elicitation/create', request => {
      questions.push(request.params.message);
      return reply;
    });
    await client.connect(new StdioClientTransport(start(sandbox, env)));
    onTestFinished(() => client.close());
    return async args => toAnswer(await client.callTool({ name: 'create_person', arguments: { ...args } }));
  };

const v1: Host = async (sandbox, reply, questions, env) => {
  const client = new V1Client(info, { capabilities });
  client.setRequestHandler(ElicitRequestSchema, request => {
    questions.push(request.params.message);
    return reply;
  });
  await client.connect(new V1Transport(start(sandbox, env)));
  onTestFinished(() => client.close());
  return async args => toAnswer(await client.callTool({ name: 'create_person', arguments: { ...args } }));
};

const john = { first_name: 'John', surname: 'Smith', type: 'Volunteers' };
const posts = (sandbox: Sandbox) => requestLines(sandbox).filter(line => line.startsWith('POST'));
const hosts = [
  ['modern era', v2('modern')],
  ['legacy era', v2('legacy')],
  ['v1 client', v1],
] as const;

describe.each(hosts)('a host that asks its person (%s)', (_, connect) => {
  test('adds the person when they say yes', async () => {
    const sandbox = await useSandbox();
    const questions: string[] = [];
    const create = await connect(sandbox, { action: 'accept', content: { add: true } }, questions);
    expect((await create(john)).data.status).toBe('created');
    expect(posts(sandbox)).toHaveLength(1);
    expect(questions).toHaveLength(1);
    expect(questions[0]).toMatch(
      /^Add John Smith \(Volunteers\) to Charitylog as a new person\?.*- John Smith, id 1, Clients: same name/s,
    );
  });

  test.each<Reply>([{ action: 'decline' }, { action: 'cancel' }, { action: 'accept', content: { add: false } }])(
    'adds nobody when the answer is %j, and says so',
    async reply => {
      const sandbox = await useSandbox();
      const questions: string[] = [];
      const create = await connect(sandbox, reply, questions);
      expect((await create(john)).data).toMatchObject({ status: 'declined' });
      expect(posts(sandbox)).toEqual([]);
      expect(questions).toHaveLength(1);
    },
  );

  test('is asked although a token is there, which would go past its person', async () => {
    const sandbox = await useSandbox();
    const questions: string[] = [];
    const create = await connect(sandbox, { action: 'decline' }, questions);
    const { data } = await create({ ...john, dry_run: true });
    expect((await create({ ...john, confirm_token: data.confirm_token })).data.status).toBe('declined');
    expect(posts(sandbox)).toEqual([]);
    expect(questions).toHaveLength(1);
  });

  test('is not asked where nobody is in question, nor when the setting says so', async () => {
    const sandbox = await useSandbox();
    const questions: string[] = [];
    const create = await connect(sandbox, { action: 'accept', content: { add: true } }, questions);
    expect((await create({ first_name: 'Jo', surname: 'Fairweather', type: '1' })).data.status).toBe('created');
    const silent = await connect(sandbox, { action: 'accept', content: { add: true } }, questions, {
      CHARITYLOG_ELICITATION: 'off',
    });
    expect((await silent(john)).data.status).toBe('possible_duplicates');
    const never = await connect(sandbox, { action: 'accept', content: { add: true } }, questions, {
      CHARITYLOG_CONFIRM: 'never',
    });
    expect((await never(john)).data.status).toBe('possible_duplicates');
    expect(questions).toEqual([]);
  });
});
