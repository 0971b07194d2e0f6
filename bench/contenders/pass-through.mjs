// The least server between a host and the API: it asks for the path that it is given, and hands the answer on.
import { createInterface } from 'node:readline';
import { Pool } from 'undici';

const { CHARITYLOG_BASE_URL = '', ...env } = process.env;
const { origin, pathname } = new URL(CHARITYLOG_BASE_URL);
const pool = new Pool(origin, { connections: 1 });
const headers = {
  accept: 'application/json',
  source: env.CHARITYLOG_SOURCE_KEY,
  org: env.CHARITYLOG_ORG_KEY,
  user: env.CHARITYLOG_USER_KEY,
};

async function answerTo({ method, params }) {
  if (method === 'initialize') {
    return { protocolVersion: '2025-06-18', capabilities: {}, serverInfo: { name: 'pass-through', version: '1.0.0' } };
  }
  const { body } = await pool.request({ method: 'GET', path: pathname + params.arguments.path, headers });
  return { content: [{ type: 'text', text: JSON.stringify(await body.json()) }] };
}

createInterface({ input: process.stdin })
  .on('line', async line => {
    const message = JSON.parse(line);
    if (message.id === undefined) return;
    const result = await answerTo(message);
    process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', id: message.id, result })}\n`);
  })
  .on('close', () => process.exit(0));
