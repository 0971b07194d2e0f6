import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const longestMs = 30_000;

const info = { name: 'build', version: '1' };
const modern = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': info,
  'io.modelcontextprotocol/clientCapabilities': {},
};

const completion = { ref: { type: 'ref/prompt', name: 'people_breakdown' }, argument: { name: 'by', value: 'ty' } };

/** Requests of both protocol eras: every kind that the program answers, well or with an error. */
const requests = [
  ['tools/list'],
  ['tools/call', { name: 'search_people', arguments: { type: 'Volunteers', name: 'a' } }],
  ['tools/call', { name: 'search_people', arguments: { typ: 'Volunteers' } }],
  ['tools/call', { name: 'count_people', arguments: { by: 'type' } }],
  ['tools/call', { name: 'get_person', arguments: { id: 5 } }],
  ['tools/call', { name: 'create_person', arguments: { first_name: 'Ines' } }],
  ['tools/call', { name: 'describe_fields' }],
  ['tools/call', { name: 'no_such_tool' }],
  ['tools/call', { arguments: [] }],
  ['prompts/list'],
  ['prompts/get', { name: 'people_breakdown', arguments: { by: 'type' } }],
  ['prompts/get', { name: 'no_such_prompt' }],
  ['completion/complete', completion],
  ['resources/list'],
  ['resources/templates/list'],
  ['resources/read', { uri: 'charitylog://client-types' }],
  ['resources/read', { uri: 'charitylog://nothing' }],
  ['no/such/method'],
];

/** A person who is there already: the program asks the host's person, who declines. */
const create = ['tools/call', { name: 'create_person', arguments: { first_name: 'Agnieszka', surname: 'Kowalska' } }];

/** All that a program says in two fixed sessions, one of either protocol era, on an embedded sandbox. */
export async function playSessions(program) {
  const hello = { protocolVersion: '2025-06-18', capabilities: { elicitation: {} }, clientInfo: info };
  const legacy = [['initialize', hello], ['ping'], ...requests, create];
  const later = [['server/discover'], ...requests].map(([method, params]) => [method, { ...params, _meta: modern }]);
  return (await Promise.all([play(program, legacy), play(program, later)])).join('');
}

async function play(program, calls) {
  const server = spawn(process.execPath, [program, '--sandbox', '--people', '20'], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: longestMs,
  });
  const exit = once(server, 'exit');
  const send = message => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  server.stdin.on('error', () => undefined);
  const lines = createInterface(server.stdout)[Symbol.asyncIterator]();
  let said = '';
  for (const [id, [method, params]] of calls.entries()) {
    send({ id, method, params });
    for (let message; message?.id !== id || message.method; ) {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the program ended before it answered ${method}`);
      said += `${value}\n`;
      message = JSON.parse(value);
      if (message.method && message.id !== undefined) send({ id: message.id, result: { action: 'decline' } });
    }
  }
  server.stdin.end();
  const [code] = await exit;
  return `${said}exit code ${code}\n`;
}
