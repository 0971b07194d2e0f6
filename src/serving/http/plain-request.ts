import type { IncomingHttpHeaders } from 'node:http';
import {
  classifyInboundRequest,
  isJSONRPCRequest,
  isJsonContentType,
  type JSONRPCRequest,
  type MessageClassification,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import { isObject } from '../../base/json.ts';
import { modernRevision } from '../../mcp/revisions.ts';

/** A request that is a question and its answer, such as nearly all are; nothing else of HTTP belongs to it. */
export interface PlainRequest {
  readonly message: JSONRPCRequest;
  /** Which era serves it. */
  readonly classification: MessageClassification;
  /** The session id that its client sent. */
  readonly session: string | undefined;
}

/** @returns undefined for a request that the SDK's own handlers serve, or refuse */
export function plainRequestOf(headers: IncomingHttpHeaders, message: unknown): PlainRequest | undefined {
  if (!isJsonContentType(headers['content-type'])) return undefined;
  if (!isPlain(message)) return undefined;
  const session = headers['mcp-session-id']?.toString();
  const legacy = { message, classification: { era: 'legacy' }, session } as const;
  const [revision, method, name] = ['mcp-protocol-version', 'mcp-method', 'mcp-name'].map(one =>
    headers[one]?.toString(),
  );
  // Neither the request nor a header is of the modern era, so that nothing is left to be told apart.
  if (!claimsRevision(message) && revision !== modernRevision) return legacy;
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    ...(revision !== undefined && { protocolVersionHeader: revision }),
    ...(method !== undefined && { mcpMethodHeader: method }),
    ...(name !== undefined && { mcpNameHeader: name }),
    body: message,
  });
  if (route.kind === 'legacy') return legacy;
  if (route.kind !== 'modern' || route.classification.revision !== modernRevision) return undefined;
  // A header that isn't there, or says another thing, has its refusal.
  const named = message.method === 'tools/call' && isObject(message.params) ? message.params.name : undefined;
  if (revision !== modernRevision || method !== message.method || name !== named) return undefined;
  return { message, classification: route.classification, session };
}

/** A message of the modern era names its revision, in whatever form. */
function claimsRevision({ params }: JSONRPCRequest): boolean {
  return isObject(params?._meta) && PROTOCOL_VERSION_META_KEY in params._meta;
}

/** What the SDK doesn't take for a request would get no answer of a plain transport. */
function isPlain(message: unknown): message is JSONRPCRequest {
  return isJSONRPCRequest(message) && ['tools/call', 'tools/list'].includes(message.method);
}
