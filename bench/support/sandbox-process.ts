import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { SandboxAnswers } from './sandbox-child.ts';

/** A sandbox in a process of its own. */
export class SandboxProcess {
  readonly url: string;
  readonly keys: Readonly<Record<'source' | 'org' | 'user', string>>;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, { url, keys }: Pick<SandboxProcess, 'url' | 'keys'>) {
    this.#child = child;
    this.url = url;
    this.keys = keys;
  }

  /** Starts one with that many people. */
  static async start(people: number): Promise<SandboxProcess> {
    const file = fileURLToPath(new URL('sandbox-child.ts', import.meta.url));
    const child = fork(file, [String(people)], { execArgv: ['--import', 'tsx'] });
    const [ready] = await once(child, 'message');
    return new SandboxProcess(child, ready as Pick<SandboxProcess, 'url' | 'keys'>);
  }

  /** The environment in which our server reaches it. */
  get settings(): Record<string, string> {
    return {
      CHARITYLOG_BASE_URL: this.url,
      CHARITYLOG_SOURCE_KEY: this.keys.source,
      CHARITYLOG_ORG_KEY: this.keys.org,
      CHARITYLOG_USER_KEY: this.keys.user,
    };
  }

  /** The requests since the last look, as `GET /clients/type/7`. */
  newRequests(): Promise<string[]> {
    return this.#ask('newRequests');
  }

  /** First name and surname of everybody on the system now. */
  names(): Promise<string[]> {
    return this.#ask('names');
  }

  /** Lets one answer in so many take so many milliseconds longer, from now on. */
  async slowDown(every: number, ms: number): Promise<void> {
    await this.#ask('slowDown', every, ms);
  }

  async close(): Promise<void> {
    const exit = once(this.#child, 'exit');
    this.#child.disconnect();
    await exit;
  }

  async #ask<Name extends keyof SandboxAnswers>(
    name: Name,
    ...args: Parameters<SandboxAnswers[Name]>
  ): Promise<Awaited<ReturnType<SandboxAnswers[Name]>>> {
    this.#child.send({ name, args });
    const [{ answer }] = await once(this.#child, 'message');
    return answer;
  }
}
