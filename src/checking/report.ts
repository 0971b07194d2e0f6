import manifest from '../../package.json' with { type: 'json' };
import { isCharitylogError } from '../base/errors.ts';
import type { Origin } from '../settings/config.ts';

/** One thing that was checked. `detail` says what was found, or what went wrong and what to do about it. */
export interface CheckStep {
  readonly name: string;
  readonly result: 'ok' | 'failed' | 'skipped';
  readonly detail: string;
}

/** What `check` found; no value of a secret setting and nobody's data is in it. */
export interface CheckReport {
  readonly ok: boolean;
  readonly version: string;
  readonly settings: Readonly<Record<string, Origin>>;
  readonly steps: readonly CheckStep[];
}

/** The report of these steps. Everything works if none has failed and none was skipped. */
export function reportOf(steps: readonly CheckStep[], settings: CheckReport['settings'] = {}): CheckReport {
  return { ok: steps.every(step => step.result === 'ok'), version: manifest.version, settings, steps };
}

/** The report as text, a line a step. */
export function reportText({ ok, version, settings, steps }: CheckReport): string {
  const width = Math.max(...steps.map(step => step.name.length));
  return [
    `charitylog-mcp ${version}`,
    ...Object.entries(settings).map(([name, origin]) => `  ${name}: ${origin}`),
    ...steps.map(({ name, result, detail }) => `${result.padEnd(7)} ${name.padEnd(width)}  ${detail}`),
    ok ? 'Everything works.' : 'Something needs attention: see above.',
    '',
  ].join('\n');
}

/** Takes one step: what `ask` resolves with, or why it failed. */
export async function stepOf(name: string, ask: () => Promise<string>): Promise<CheckStep> {
  try {
    return { name, result: 'ok', detail: await ask() };
  } catch (error) {
    return failed(name, error);
  }
}

/** A step that failed, with what to do about it. */
export function failed(name: string, error: unknown): CheckStep {
  const detail = isCharitylogError(error) ? error.message : 'failed in an unexpected way; please report it.';
  return { name, result: 'failed', detail: detail.replaceAll('\n', ' ') };
}
