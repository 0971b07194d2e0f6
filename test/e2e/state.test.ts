import { expect, test } from 'vitest';
import { requestLines, settingsFor, useSandbox } from '../support/sandbox.ts';
import { startService } from '../support/service.ts';

const yes = { confirm: { action: 'accept', content: { add: true } } };
const invalid = { code: -32602, message: 'Invalid or expired requestState', data: { reason: 'invalid_request_state' } };

/** Calls `create_person` in the modern era, as a host does that keeps the state of a question, or changes it. */
function callerOf(url: string) {
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever came
  return async (round: object = {}): Promise<any> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'create_person',
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name: 'create_person',
          arguments: { first_name: 'John', surname: 'Smith', type: 'Volunteers' },
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientInfo': { name: 'host', version: '1.0.0' },
            'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
          },
          ...round,
        },
      }),
    });
    return response.json();
  };
}

test('a question whose state comes back changed is refused as the protocol wants it, and nobody is added', async () => {
  const sandbox = await useSandbox();
  const service = await startService(settingsFor(sandbox));
  const call = callerOf(service.url);
  const { result } = await call();
  expect(result).toMatchObject({ resultType: 'input_required', requestState: expect.any(String) });
  const state: string = result.requestState;
  const changed = [
    `${state}x`,
    state.slice(1),
    state.slice(0, -23),
    `${state.startsWith('1') ? 2 : 1}${state.slice(1)}`,
    '',
    '.',
  ];
  for (const requestState of changed) {
    expect((await call({ inputResponses: yes, requestState })).error).toEqual(invalid);
  }
  expect(requestLines(sandbox).filter(line => line.startsWith('POST'))).toEqual([]);
  const added = await call({ inputResponses: yes, requestState: state });
  expect(JSON.parse(added.result.content[0].text)).toMatchObject({ status: 'created' });
});
