/**
 * Plays staff's questions against the embedded sandbox: a real MCP client, the built server, a real HTTP API.
 * For each: the question, the tool call that an assistant makes of it, the API requests it became, and the answer.
 */
import { styleText } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startSandbox } from '../src/sandbox/sandbox.ts';

type Arguments = Record<string, unknown>;

const questions: readonly (readonly [question: string, tool: string, args: Arguments])[] = [
  ['What kinds of people do we keep?', 'list_client_types', {}],
  ['Who wrote to us from jsmith@example.com?', 'search_people', { email: 'jsmith@example.com', fields: ['email'] }],
  ['Whose NHS number is 999 123 4578?', 'search_people', { nhs_number: '999 123 4578' }],
  ['Who lives at QE1 4AB?', 'search_people', { postcode: 'QE1 4AB', fields: ['postcode'] }],
  [
    'Which active volunteers in Eastwick speak Polish?',
    'search_people',
    { type: 'volunteer', district: 'Eastwick', main_language: 'Polish', active: true },
  ],
  ['Show me the first three carers.', 'search_people', { type: 'Carers', limit: 3 }],
  [
    'Register Jo Fairweather as a befriender.',
    'create_person',
    { first_name: 'Jo', surname: 'Fairweather', type: 'befriender' },
  ],
  ['Which Christians are there? (with a slip of the pen)', 'search_people', { relligion: 'Christian' }],
];

const isTerminal = process.stdout.isTTY === true;
const paint = (style: Parameters<typeof styleText>[0], text: string) => (isTerminal ? styleText(style, text) : text);
const print = (text: string) => void process.stdout.write(`${text}\n`);

/** E-mail addresses and NHS numbers are part of API URLs: they are shown masked, as in any log. */
function masked(url: string): string {
  return decodeURI(url).replace(/\/(email|nhs_number)\/[^/]+/g, '/$1/•••');
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 599)}…` : text;
}

const sandbox = await startSandbox();
const client = new Client({ name: 'charitylog-demo', version: '1.0.0' });
await client.connect(
  new StdioClientTransport({
    command: process.execPath,
    args: ['dist/cli.js'],
    stderr: 'ignore',
    env: {
      CHARITYLOG_BASE_URL: sandbox.url,
      CHARITYLOG_SOURCE_KEY: sandbox.keys.source,
      CHARITYLOG_ORG_KEY: sandbox.keys.org,
      CHARITYLOG_USER_KEY: sandbox.keys.user,
    },
  }),
);
print(paint('dim', `A made-up charity with ${sandbox.people.length} people, served at ${sandbox.url}`));

for (const [question, tool, args] of questions) {
  const seen = sandbox.requests.length;
  const { content, isError } = await client.callTool({ name: tool, arguments: args });
  const [answer] = content as { text: string }[];
  print(`\n${paint('bold', question)}`);
  print(`  ${paint('cyan', 'call   ')} ${tool} ${JSON.stringify(args)}`);
  for (const { method, url } of sandbox.requests.slice(seen))
    print(`  ${paint('yellow', 'request')} ${method} ${masked(url)}`);
  const text = shortened(answer?.text ?? '').replaceAll('\n', '\n          ');
  print(`  ${isError ? paint('red', 'error  ') : paint('green', 'answer ')} ${text}`);
}

await client.close();
await sandbox.close();
