import { gunzipSync } from 'node:zlib';
import { Pool } from 'undici';
import type { SandboxProcess } from './sandbox-process.ts';

/** What a request to the API costs with plain undici and `JSON.parse`, and nothing else. */
export class PlainApi {
  readonly #pool: Pool;
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(sandbox: SandboxProcess, connections = 1) {
    const { origin, pathname } = new URL(sandbox.url);
    this.#pool = new Pool(origin, { connections });
    this.#base = pathname;
    this.#headers = { accept: 'application/json', 'accept-encoding': 'gzip, br', ...sandbox.keys };
  }

  /** Reads a path such as `/dictionary/client_type`. */
  async get(path: string): Promise<unknown> {
    const { headers, body } = await this.#pool.request({
      method: 'GET',
      path: this.#base + path,
      headers: this.#headers,
    });
    if (headers['content-encoding'] !== 'gzip') return JSON.parse(await body.text());
    return JSON.parse(gunzipSync(await body.bytes()).toString('utf8'));
  }

  async close(): Promise<void> {
    await this.#pool.close();
  }
}
