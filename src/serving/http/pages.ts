import type { Authenticator } from '../callers/authenticate.ts';
import { callersTokenNeeded } from '../callers/challenge.ts';
import { refusal } from '../refusal.ts';
import type { Metrics } from './metrics.ts';
import type { IsReachable } from './readiness.ts';

/** What the pages are made of. */
export interface PageOptions {
  readonly authenticator: Authenticator;
  readonly isReachable: IsReachable;
  readonly metrics: Metrics;
  readonly isStopping: boolean;
}

/** What operators and clients ask besides MCP: health, metrics, and where to get a token. */
export async function pageAt(path: string, method: string, options: PageOptions): Promise<Response> {
  const { authenticator, metrics } = options;
  if (authenticator.metadataPaths.includes(path)) return metadataPage(authenticator, method);
  if (isOfOAuth(path) && authenticator.takesFileTokensOnly) return noOAuth();
  if (!['/healthz', '/readyz', '/metrics'].includes(path)) return nothingHere();
  if (method !== 'GET' && method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  if (path === '/healthz') return Response.json({ status: 'alive' });
  if (path === '/readyz') return readyPage(options);
  const { text, contentType } = await metrics.page();
  return new Response(text, { headers: { 'content-type': contentType } });
}

/** Where to get a token. Pages of any origin may read it: browsers look for it before they have one. */
function metadataPage({ metadata, takesFileTokensOnly }: Authenticator, method: string): Response {
  const headers = { 'access-control-allow-origin': '*' };
  if (method === 'OPTIONS') {
    const allowed = 'authorization, content-type, mcp-protocol-version';
    const methods = { 'access-control-allow-methods': 'GET, HEAD', 'access-control-allow-headers': allowed };
    return new Response(null, { status: 204, headers: { ...headers, ...methods } });
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
  }
  if (metadata) return Response.json(metadata, { headers });
  return takesFileTokensOnly ? noOAuth(headers) : nothingHere();
}

/** Where clients look for an authorization server. */
function isOfOAuth(path: string): boolean {
  return /^\/(register|authorize|token)$|^\/(mcp\/)?\.well-known\/(oauth-|openid-configuration)/.test(path);
}

/** Told as OAuth puts it: clients show it to their users. */
function noOAuth(headers: Record<string, string> = {}): Response {
  const error_description = `${callersTokenNeeded} Nobody can register here.`;
  return Response.json({ error: 'invalid_request', error_description }, { status: 404, headers });
}

async function readyPage({ isReachable, isStopping }: PageOptions): Promise<Response> {
  if (isStopping) return Response.json({ status: 'stopping' }, { status: 503 });
  if (await isReachable()) return Response.json({ status: 'ready' });
  return Response.json({ status: 'Charitylog cannot be reached' }, { status: 503 });
}

function nothingHere(): Response {
  return refusal(404, 'Nothing is here. MCP is served at /mcp.');
}
