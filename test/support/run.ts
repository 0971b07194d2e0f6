import { type ExecFileException, execFile } from 'node:child_process';

/** How a run of the program ended. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program to its end. */
export function run(args: string[], env: Record<string, string> = {}): Promise<Run> {
  return new Promise(resolve => {
    const options = { env: { PATH: process.env.PATH, ...env }, timeout: 25_000 };
    const child = execFile(
      process.execPath,
      ['dist/cli.js', ...args],
      options,
      (error: ExecFileException | null, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
    child.stdin?.end();
  });
}
