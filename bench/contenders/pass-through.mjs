// The least server between a host and the API: it asks for the path that it is given, and hands the answer on.
import { createInterface } from 'node:readline';
import { askApi } from './ask-api.mjs';

async function answerTo({ method, params }) {
  if (method === 'initialize') {
    return { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'pass-through', version: '1.0.0' } };
  }
  return { content: [{ type: 'text', text: JSON.stringify(await askApi(params.arguments.path)) }] };
}

createInterface({ input: process.stdin })
  .on('line', async line => {
    const message = JSON.parse(line);
    if (message.id === undefined) return;
    const result = await answerTo(message);
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: message.id, result })}\n`);
  })
  .on('close', () => process.exit(0));
