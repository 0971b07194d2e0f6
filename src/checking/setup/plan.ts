import { isCharitylogError } from '../../base/errors.ts';
import { differenceOf } from './difference.ts';
import { type HostFile, readHostFile, writeHostFile } from './host-file.ts';
import type { Host, Place } from './hosts.ts';

/** A host that is on this machine, or that somebody named. */
export type FoundHost = Host & Place;

/** What is to become of a host's file. */
export type Plan = Change | Refusal;

interface Change {
  readonly host: FoundHost;
  readonly file: HostFile;
  readonly after: string;
}

interface Refusal {
  readonly host: FoundHost;
  /** Why the file stays as it is; begins with "it". */
  readonly problem: string;
}

/** Reads a host's file and edits its text; writes nothing. */
export async function planFor(host: FoundHost, edit: (text: string) => string): Promise<Plan> {
  try {
    const file = await readHostFile(host.file);
    return { host, file, after: edit(file.text) };
  } catch (error) {
    return { host, problem: problemOf(error) };
  }
}

/** True where something is to be written. */
export function isDue(plan: Plan): plan is Change {
  return !isRefusal(plan) && plan.after !== plan.file.text;
}

export function isRefusal(plan: Plan): plan is Refusal {
  return 'problem' in plan;
}

/** The plan as text: the difference, or why there is none. */
export function planText(plan: Plan): string {
  const { host } = plan;
  if (isRefusal(plan)) return `\n${host.name}: ${host.file} stays as it is: ${plan.problem}\n`;
  if (!isDue(plan)) return `\n${host.name}: ${host.file} needs no change.\n`;
  return `\n${host.name}: ${host.file}\n${differenceOf(plan.file.text, plan.after)}`;
}

/** Writes the file, if that can be, and tells what happened. */
export async function carryOut({ host, file, after }: Change): Promise<{ isDone: boolean; told: string }> {
  try {
    const copy = await writeHostFile(file, after, new Date());
    const isOpen = (file.mode & 0o077) !== 0 && process.platform !== 'win32';
    const lines = [
      `${host.name}: written. Close ${host.name}, and start it again.`,
      ...(copy ? [`  What was there before, keys included: ${copy}`] : []),
      ...(isOpen ? [`  Others on this machine may be able to read it: chmod 600 "${file.path}"`] : []),
    ];
    return { isDone: true, told: `${lines.join('\n')}\n` };
  } catch (error) {
    return { isDone: false, told: planText({ host, problem: problemOf(error) }) };
  }
}

function problemOf(error: unknown): string {
  if (isCharitylogError(error)) return error.message;
  throw error;
}
