import { McpServer, type Transport } from '@modelcontextprotocol/server';
import { cleanValue } from '../base/visible-text.ts';

/** A transport that itself cleans what it sends. */
export interface CleanTransport extends Transport {
  readonly cleans: true;
}

/** An MCP server of which every message that leaves is cleaned: answers, errors, questions and notifications alike. */
export class CleanServer extends McpServer {
  override connect(transport: Transport): Promise<void> {
    if ('cleans' in transport) return super.connect(transport);
    const send = transport.send.bind(transport);
    transport.send = (message, options) => send(cleanValue(message), options);
    return super.connect(transport);
  }
}
