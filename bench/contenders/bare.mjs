// The least server that can be: what a process of Node itself costs.
const answers = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: { tools: {} },
    serverInfo: { name: 'bare', version: '1.0.0' },
  },
  'tools/list': { tools: [{ name: 'nothing', description: 'Does nothing.', inputSchema: { type: 'object' } }] },
};

let rest = '';
process.stdin.setEncoding('utf8').on('data', text => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  for (const line of lines) {
    const { id, method } = JSON.parse(line);
    if (id !== undefined) process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id, result: answers[method] })}\n`);
  }
});
