// The least servers on the official SDK over HTTP: `handler` as its documentation has one written, `plain` on a transport that
// takes calls alone and writes each answer as one piece. Both make a server for each request.
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  fromJsonSchema,
  McpServer,
  PerRequestHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { askApi } from './ask-api.mjs';

const [, , port, form] = process.argv;
const inputSchema = fromJsonSchema({ type: 'object', properties: { path: { type: 'string' } }, required: ['path'] });

function makeServer() {
  const server = new McpServer({ name: 'pass-through', version: '1.0.0' });
  const answer = text => ({ content: [{ type: 'text', text }] });
  server.registerTool('read', { inputSchema }, async ({ path }) => answer(JSON.stringify(await askApi(path))));
  server.registerTool('echo', { inputSchema }, async ({ path }) => answer(path));
  return server;
}

class Exchange extends PerRequestHTTPServerTransport {
  constructor(response) {
    super({ classification: { era: 'legacy' } });
    this.response = response;
  }

  async send(message) {
    const text = JSON.stringify(message);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
    this.response.writeHead(200, headers).end(text);
  }
}

async function answerPlainly(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const message = JSON.parse(Buffer.concat(parts));
  const exchange = new Exchange(response);
  if (message.id === undefined) return response.writeHead(202).end();
  await makeServer().connect(exchange);
  exchange.onmessage(message, { classification: { era: 'legacy' } });
}

const server = createServer(form === 'handler' ? toNodeHandler(createMcpHandler(makeServer)) : answerPlainly);
server.keepAliveTimeout = 600_000;
server.listen(Number(port), '127.0.0.1');
