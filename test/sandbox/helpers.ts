import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, type SandboxPerson, startSandbox } from '../../src/sandbox/sandbox.ts';

/** What a test says to a sandbox, and hears from it. */
export interface Caller {
  readonly sandbox: Sandbox;
  /** Sends a request with the right keys; `init` may replace them. The path is the part after `/v2`. */
  call(path: string, init?: RequestInit): Promise<Response>;
  /** Reads the JSON of a GET that succeeds. */
  // biome-ignore lint/suspicious/noExplicitAny: every answer has a shape of its own, which the test states
  read(path: string): Promise<any>;
  /** The ids of the people at a path. */
  readIds(path: string): Promise<number[]>;
}

/** Starts a sandbox that is closed when the test ends. */
export async function openSandbox(options?: SandboxOptions): Promise<Caller> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(sandbox.url + path, { redirect: 'manual', ...init, headers: { ...sandbox.keys, ...init.headers } });
  }

  async function read(path: string) {
    const response = await call(path);
    const body = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${body}`);
    return JSON.parse(body);
  }

  async function readIds(path: string): Promise<number[]> {
    const people: { id: number }[] = await read(path);
    return people.map(({ id }) => id);
  }

  return { sandbox, call, read, readIds };
}

/** The status and error text of a refused request. */
export async function refusal(pending: Promise<Response>): Promise<{ status: number; error: string }> {
  const response = await pending;
  const { error } = (await response.json()) as { error: string };
  return { status: response.status, error };
}

/** A request with a JSON body. */
export function jsonBody(method: string, value: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A request with an x-www-form-urlencoded body. */
export function formBody(method: string, fields: Record<string, string>): RequestInit {
  return { method, body: new URLSearchParams(fields) };
}

/** The ids of the sandbox's own people who fit. */
export function idsWhere(sandbox: Sandbox, fits: (person: SandboxPerson) => boolean): number[] {
  return sandbox.people.filter(fits).map(({ id }) => id);
}
