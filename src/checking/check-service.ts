import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import manifest from '../../package.json' with { type: 'json' };
import { isLoopback, isSafeAddress } from '../base/addresses.ts';
import { CharitylogError } from '../base/errors.ts';
import { isObject } from '../base/json.ts';
import { type CheckReport, type CheckStep, failed, reportOf, stepOf } from './report.ts';

/** How long one step may take, in milliseconds. */
const longestStepMs = 20_000;

/**
 * Looks at a running HTTP service as a client does: how it refuses callers without a token, what it tells of its
 * authorization server, and whether both protocol eras are served. It writes nothing.
 *
 * @param address the MCP endpoint, such as `https://mcp.example.org/mcp`
 * @param token the bearer token to call with; an empty string for none
 */
export async function checkService(address: string, token: string): Promise<CheckReport> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const problem = addressProblem(url, address, token);
  if (!url || problem) return reportOf([failed('address', new CharitylogError('config', problem ?? ''))]);
  let challenge: string | undefined;
  const refused = await stepOf('without a token', async () => {
    const { detail, header } = await askWithoutToken(url);
    challenge = header;
    return detail;
  });
  if (refused.result === 'failed') return reportOf([refused]);
  const metadata = await metadataSteps(challenge, url);
  return reportOf([refused, ...metadata, ...(await callSteps(challenge, url, token))]);
}

function addressProblem(url: URL | undefined, address: string, token: string): string | undefined {
  if (!url || !/^https?:$/.test(url.protocol)) {
    return '--url takes the address of an MCP endpoint, such as https://mcp.example.org/mcp.';
  }
  if (token === '' || isSafeAddress(address)) return undefined;
  return 'a token would be readable on its way: use https, or plain http to a loopback address.';
}

async function metadataSteps(challenge: string | undefined, url: URL): Promise<CheckStep[]> {
  const metadata = /resource_metadata="([^"]+)"/.exec(challenge ?? '')?.[1];
  if (metadata === undefined) return [];
  const root = new URL('/.well-known/oauth-protected-resource', url).href;
  return [
    await stepOf('metadata', () => askMetadata(metadata, url)),
    await stepOf('metadata at the root', () => askMetadata(root, url)),
  ];
}

async function callSteps(challenge: string | undefined, url: URL, token: string): Promise<CheckStep[]> {
  if (challenge !== undefined && token === '') {
    const problem = 'the service wants a token: set CHARITYLOG_TOKEN to one of a caller, and run this again.';
    return [failed('with a token', new CharitylogError('config', problem))];
  }
  return [
    await stepOf('2026-07-28', () => callTools(url, token, { pin: '2026-07-28' })),
    await stepOf('older revisions', () => callTools(url, token, 'legacy')),
  ];
}

async function askWithoutToken(url: URL): Promise<{ detail: string; header?: string }> {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  const response = await ask(url, { method: 'POST', body: JSON.stringify(message) });
  await response.body?.cancel();
  const header = response.headers.get('www-authenticate') ?? undefined;
  if (response.status === 401 && header?.startsWith('Bearer'))
    return { detail: 'refused with 401 and a challenge', header };
  if (response.status === 200 && isLoopback(url))
    return { detail: 'let in: the service has no callers and is on loopback' };
  throw new CharitylogError(
    'config',
    response.status === 200
      ? 'callers without a token are let in. Stop the service and give it a callers file.'
      : `the answer is ${response.status}, where 401 with a Bearer challenge is right. Is this the MCP endpoint of charitylog-mcp?`,
  );
}

async function askMetadata(address: string, url: URL): Promise<string> {
  const response = await ask(new URL(address), { method: 'GET' });
  const metadata: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isObject(metadata)) {
    throw new CharitylogError(
      'config',
      `${address} does not answer with JSON (status ${response.status}). Let it through to the service.`,
    );
  }
  if (trimmed(metadata.resource) !== trimmed(url.href)) {
    throw new CharitylogError(
      'config',
      `it names ${String(metadata.resource)} as the resource, not ${url.href}: correct the first value of CHARITYLOG_OAUTH_AUDIENCE.`,
    );
  }
  return `authorization server ${String([metadata.authorization_servers].flat()[0])}`;
}

async function callTools(url: URL, token: string, mode: 'legacy' | { pin: string }): Promise<string> {
  const client = new Client(
    { name: `${manifest.name}-check`, version: manifest.version },
    { versionNegotiation: { mode } },
  );
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  const options = { timeout: longestStepMs };
  try {
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }), options);
    const { tools } = await client.listTools(undefined, options);
    const result = await client.callTool({ name: 'list_client_types', arguments: {} }, options);
    const [first] = result.content as { text?: string }[];
    if (result.isError) throw new CharitylogError('unavailable', `list_client_types answers: ${first?.text ?? ''}`);
    return `${tools.length} tools: ${tools.map(tool => tool.name).join(', ')}`;
  } catch (error) {
    if (error instanceof CharitylogError) throw error;
    throw new CharitylogError('unavailable', `the call failed: ${error instanceof Error ? error.message : 'unknown'}`);
  } finally {
    await client.close();
  }
}

async function ask(url: URL, init: RequestInit): Promise<Response> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  try {
    return await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(longestStepMs) });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new CharitylogError(
      'unavailable',
      `no answer (${cause?.code ?? 'timeout'}): is the service running, and is the address right?`,
    );
  }
}

function trimmed(address: unknown): string {
  return String(address).replace(/\/$/, '');
}
