import type { Authenticator } from '../callers/authenticate.ts';
import { refusal } from '../refusal.ts';
import type { Metrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

/** What the pages are made of. */
export interface PageOptions {
  readonly authenticator: Authenticator;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly isStopping: boolean;
}

/** What operators and clients ask besides MCP: health, metrics, and where to get a token. */
export async function pageAt(path: string, method: string, options: PageOptions): Promise<Response> {
  const { authenticator, metrics } = options;
  const isMetadata = authenticator.metadataPaths.includes(path);
  if (!isMetadata && !['/healthz', '/readyz', '/metrics'].includes(path)) return nothingHere();
  if (method !== 'GET' && method !== 'HEAD') {
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  if (path === '/healthz') return Response.json({ status: 'alive' });
  if (path === '/readyz') return readyPage(options);
  if (path === '/metrics') {
    const { text, contentType } = await metrics.page();
    return new Response(text, { headers: { 'content-type': contentType } });
  }
  const { metadata } = authenticator;
  return metadata ? Response.json(metadata, { headers: { 'access-control-allow-origin': '*' } }) : nothingHere();
}

async function readyPage({ readiness, isStopping }: PageOptions): Promise<Response> {
  if (isStopping) return Response.json({ status: 'stopping' }, { status: 503 });
  if (await readiness.isReachable()) return Response.json({ status: 'ready' });
  return Response.json({ status: 'Charitylog cannot be reached' }, { status: 503 });
}

function nothingHere(): Response {
  return refusal(404, 'Nothing is here. MCP is served at /mcp.');
}
