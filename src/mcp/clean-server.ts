import { McpServer, type Transport } from '@modelcontextprotocol/server';
import { cleanValue } from '../base/visible-text.ts';

/** An MCP server of which every message that leaves is cleaned: answers, errors, questions and notifications alike. */
export class CleanServer extends McpServer {
  override connect(transport: Transport): Promise<void> {
    const send = transport.send.bind(transport);
    transport.send = (message, options) => send(cleanValue(message), options);
    return super.connect(transport);
  }
}
