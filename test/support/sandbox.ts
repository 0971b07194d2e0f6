import { CharitylogClient, type ClientSettings } from '../../src/charitylog/client.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { atEnd } from './lifetime.ts';

/** An API at which nobody listens. The port of a sandbox won't do: once it is closed, it may be another's. */
export const nobodyListens = 'http://127.0.0.1:9/v2';

/** Starts a sandbox for this test and closes it after the test. */
export async function useSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  atEnd(() => sandbox.close());
  return sandbox;
}

/** The settings with which the server reaches this sandbox. */
export function settingsFor(sandbox: Sandbox): Record<string, string> {
  return {
    CHARITYLOG_BASE_URL: sandbox.url,
    CHARITYLOG_SOURCE_KEY: sandbox.keys.source,
    CHARITYLOG_ORG_KEY: sandbox.keys.org,
    CHARITYLOG_USER_KEY: sandbox.keys.user,
  };
}

/** The requests so far, as `GET /clients/type/7`. */
export function requestLines(sandbox: Sandbox): string[] {
  return sandbox.requests.map(({ method, url }) => `${method} ${url.replace(/^\/v2/, '')}`);
}

/** An API client for this sandbox, closed after the test. */
export function clientFor(sandbox: Sandbox, settings: Partial<ClientSettings> = {}): CharitylogClient {
  const client = new CharitylogClient({
    baseUrl: sandbox.url,
    keys: sandbox.keys,
    timeoutMs: 5000,
    caFile: undefined,
    createMethod: 'POST',
    createEncoding: 'form',
    ...settings,
  });
  atEnd(() => client.close());
  return client;
}
