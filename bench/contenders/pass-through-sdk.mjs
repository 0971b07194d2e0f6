// The same pass-through on the official SDK, as its documentation has a server written: what the protocol costs.
import { fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { askApi } from './ask-api.mjs';

const server = new McpServer({ name: 'pass-through', version: '1.0.0' });
const inputSchema = fromJsonSchema({ type: 'object', properties: { path: { type: 'string' } }, required: ['path'] });
server.registerTool('read', { inputSchema }, async ({ path }) => ({
  content: [{ type: 'text', text: JSON.stringify(await askApi(path)) }],
}));
await server.connect(new StdioServerTransport());
