import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import { isObject } from '../../base/json.ts';
import { spokenRevisions } from '../../mcp/revisions.ts';
import { idOf } from '../messages/incoming.ts';
import { namesRevision } from '../messages/params.ts';
import { refusal } from '../refusal.ts';
import { type AllowedHosts, isAllowedHost, isAllowedOrigin } from './hosts.ts';

/**
 * Gives a request whose target is a whole address (RFC 9112, 3.2.2) the form of all others: its host counts, not the
 * header's.
 */
export function unifyTarget(request: IncomingMessage): void {
  if (request.url?.startsWith('/')) return;
  const [, authority, target] = /^https?:\/\/([^/?#]*)(.*)/is.exec(request.url ?? '') ?? [];
  if (authority === undefined || target === undefined) return;
  request.headers.host = authority;
  request.url = target.startsWith('/') ? target : `/${target}`;
}

/** What refuses an MCP request by its first lines alone. */
export function refusalOfForm(request: IncomingMessage, allowedHosts: AllowedHosts): Response | undefined {
  const { method = '', url = '', headers } = request;
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].includes(method)) {
    return refusal(405, `${method} is not allowed here. Use POST.`, { headers: { allow: 'POST' } });
  }
  if (countHosts(request) > 1) return refusal(400, 'The request has more than one Host header.');
  if (!isAllowedHost(headers.host, allowedHosts)) {
    return refusal(
      403,
      'The service is not called by this host name. Its administrator can allow it (CHARITYLOG_ALLOWED_HOSTS).',
    );
  }
  if (headers.origin !== undefined && !isAllowedOrigin(headers.origin, allowedHosts)) {
    return refusal(403, 'Pages of this origin may not call the service.');
  }
  return /[?&](access_)?token=/i.test(url) ? tokenInAddress() : refusalOfEncoding(headers);
}

/**
 * Refuses a revision that isn't spoken. The handshake agrees on one whatever its header says, and a message that names its
 * revision itself is answered by the server.
 */
export function refusalOfRevision(headers: IncomingHttpHeaders, message: unknown): Response | undefined {
  const requested = headers['mcp-protocol-version']?.toString();
  if (isSpoken(requested)) return undefined;
  if (isObject(message) && (message.method === 'initialize' || namesRevision(message))) return undefined;
  return refusal(400, `Protocol revision ${requested} is not spoken here. Spoken: ${spokenRevisions.join(', ')}.`, {
    code: ProtocolErrorCode.UnsupportedProtocolVersion,
    id: idOf(message),
    data: { supported: spokenRevisions, requested },
  });
}

/** Whether a revision that a header names is spoken; so is what clients mean who name none. */
export function isSpoken(revision: string | null | undefined): boolean {
  return typeof revision !== 'string' || spokenRevisions.includes(revision);
}

/** Batches are of one revision, whose clients name it in no header yet. */
export function takesBatches(headers: IncomingHttpHeaders): boolean {
  return [undefined, '2025-03-26'].includes(headers['mcp-protocol-version'] as string | undefined);
}

/** Lets the pages of an allowed origin read the answer; the origin has been checked before. */
export function allowPage({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-expose-headers', 'www-authenticate, retry-after, mcp-session-id');
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader(
    'access-control-allow-headers',
    'authorization, content-type, mcp-protocol-version, mcp-method, mcp-name, mcp-session-id',
  );
}

/** Node keeps the first of them only. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (isHost(rawHeaders[at] ?? '')) hosts++;
  return hosts;
}

function isHost(name: string): boolean {
  return name.length === 'host'.length && name.toLowerCase() === 'host';
}

function refusalOfEncoding(headers: IncomingHttpHeaders): Response | undefined {
  const { 'content-encoding': encoding = 'identity' } = headers;
  if (encoding.toLowerCase() === 'identity') return undefined;
  const accepted = { 'accept-encoding': 'identity' };
  return refusal(415, 'The body is encoded. Send it without Content-Encoding.', { headers: accepted });
}

function tokenInAddress(): Response {
  return refusal(
    400,
    'A token in an address ends up in logs. Send it in the header "Authorization: Bearer ...", and have this one replaced.',
  );
}
