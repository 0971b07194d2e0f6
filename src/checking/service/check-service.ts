import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import manifest from '../../../package.json' with { type: 'json' };
import { isSafeAddress } from '../../base/addresses.ts';
import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { type CheckReport, type CheckStep, failed, reportOf, stepOf } from '../report.ts';
import { type Answer, callerOf, challengeOf, hostNameOf, proxyOf, tokenOf, wrong } from './answers.ts';
import { wayTo } from './way.ts';

/** How long one step may take, in milliseconds. */
const longestStepMs = 20_000;

/**
 * Looks at a running HTTP service as a client does, and names the step that keeps one from connecting: the way to it, how it
 * refuses callers without a token, what it tells of its authorization server, whether it takes the token and its caller,
 * and whether both protocol eras and a tool are served. It writes nothing.
 *
 * @param address the MCP endpoint, such as `https://mcp.example.org/mcp`
 * @param token the bearer token to call with; an empty string for none
 */
export async function checkService(address: string, token: string): Promise<CheckReport> {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const problem = addressProblem(url, address, token);
  if (!url || problem) return reportOf([failed('address', wrong(problem ?? ''))]);
  const steps: CheckStep[] = [];
  const holds: Holds = async (name, judge) => {
    const step = await stepOf(name, async () => judge());
    steps.push(step);
    return step.result === 'ok';
  };
  await takeSteps(url, token, holds);
  return reportOf(steps);
}

/** Takes one step; resolves with whether it holds. */
type Holds = (name: string, judge: () => string | Promise<string>) => Promise<boolean>;

/** Each step until one fails without which the next ones tell nothing. */
async function takeSteps(url: URL, token: string, holds: Holds): Promise<void> {
  for (const [name, judge] of wayTo(url)) if (!(await holds(name, judge))) return;
  const first = askList(url);
  if (!(await holds('proxy', async () => proxyOf(await first, url)))) return;
  if (!(await holds('host name', async () => hostNameOf(await first, url)))) return;
  if (!(await holds('challenge', async () => challengeOf(await first, url)))) return;
  const { challenge } = await first;
  await metadataSteps(challenge, url, holds);
  if (challenge !== undefined) {
    if (token === '') return void (await holds('token', noToken));
    const answer = askList(url, token);
    if (!(await holds('token', async () => tokenOf(await answer)))) return;
    if (!(await holds('caller', async () => callerOf(await answer)))) return;
  }
  await holds('2026-07-28', () => withClient(url, token, { pin: '2026-07-28' }, listTools));
  const isServed = await holds('older revisions', () => withClient(url, token, 'legacy', listTools));
  if (isServed) await holds('tool', () => withClient(url, token, 'legacy', callTool));
}

function addressProblem(url: URL | undefined, address: string, token: string): string | undefined {
  if (!url || !/^https?:$/.test(url.protocol)) {
    return '--url takes the address of an MCP endpoint, such as https://mcp.example.org/mcp.';
  }
  if (token === '' || isSafeAddress(address)) return undefined;
  return 'a token would be readable on its way: use https, or plain http to a loopback address.';
}

async function metadataSteps(challenge: string | undefined, url: URL, holds: Holds): Promise<void> {
  const metadata = /resource_metadata="([^"]+)"/.exec(challenge ?? '')?.[1];
  if (metadata === undefined) return;
  await holds('metadata', () => askMetadata(metadata, url));
  await holds('metadata at the root', () =>
    askMetadata(new URL('/.well-known/oauth-protected-resource', url).href, url),
  );
}

function noToken(): never {
  throw wrong('the service wants a token: set CHARITYLOG_TOKEN to one of a caller, and run this again.');
}

/** Asks for the tools without a handshake, as anybody can. */
async function askList(url: URL, token?: string): Promise<Answer> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
  const response = await ask(url, { method: 'POST', body }, token);
  const json: unknown = await response.json().catch(() => undefined);
  const header = (name: string) => response.headers.get(name) ?? undefined;
  return { status: response.status, challenge: header('www-authenticate'), location: header('location'), json };
}

async function askMetadata(address: string, url: URL): Promise<string> {
  const response = await ask(new URL(address), { method: 'GET' });
  const metadata: unknown = await response.json().catch(() => undefined);
  if (!response.ok || !isObject(metadata)) {
    throw wrong(`${address} does not answer with JSON (status ${response.status}). Let it through to the service.`);
  }
  if (trimmed(metadata.resource) !== trimmed(url.href)) {
    throw wrong(
      `it names ${String(metadata.resource)} as the resource, not ${url.href}: correct the first value of CHARITYLOG_OAUTH_AUDIENCE.`,
    );
  }
  return `authorization server ${String([metadata.authorization_servers].flat()[0])}`;
}

const clientOptions = { timeout: longestStepMs };

async function withClient(
  url: URL,
  token: string,
  mode: 'legacy' | { pin: string },
  use: (client: Client) => Promise<string>,
): Promise<string> {
  const client = new Client(
    { name: `${manifest.name}-check`, version: manifest.version },
    { versionNegotiation: { mode } },
  );
  const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
  try {
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }), clientOptions);
    return await use(client);
  } catch (error) {
    if (error instanceof CharitylogError) throw error;
    throw new CharitylogError('unavailable', `the call failed: ${error instanceof Error ? error.message : 'unknown'}`);
  } finally {
    await client.close();
  }
}

async function listTools(client: Client): Promise<string> {
  const { tools } = await client.listTools(undefined, clientOptions);
  return `${tools.length} tools: ${tools.map(tool => tool.name).join(', ')}`;
}

async function callTool(client: Client): Promise<string> {
  const result = await client.callTool({ name: 'list_client_types', arguments: {} }, clientOptions);
  const [first] = result.content as { text?: string }[];
  if (result.isError) throw new CharitylogError('unavailable', `list_client_types answers: ${first?.text ?? ''}`);
  return 'list_client_types answers';
}

async function ask(url: URL, init: RequestInit, token?: string): Promise<Response> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  try {
    return await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(longestStepMs) });
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    throw new CharitylogError('unavailable', `the connection gives no answer (${cause?.code ?? 'timeout'}).`);
  }
}

function trimmed(address: unknown): string {
  return String(address).replace(/\/$/, '');
}
