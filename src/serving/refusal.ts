import { cleanValue } from '../base/visible-text.ts';

/** What a {@link refusal} may have besides its message. */
export interface RefusalOptions {
  /** The JSON-RPC error code. */
  readonly code?: number;
  /** The id of the message that is refused, where it was read. */
  readonly id?: string | number | null;
  readonly data?: unknown;
  readonly headers?: Record<string, string>;
}

/** The HTTP answer to a request that doesn't reach an MCP server, as a JSON-RPC error. */
export function refusal(status: number, message: string, options: RefusalOptions = {}): Response {
  const { code = -32000, id = null, data, headers = {} } = options;
  return Response.json(cleanValue({ jsonrpc: '2.0', error: { code, message, data }, id }), { status, headers });
}
