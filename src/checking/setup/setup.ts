import { type CheckReport, reportText } from '../report.ts';
import { chooseAccess, chooseHosts, confirmWriting, refuseUnlessAnswerable, type SetupOptions } from './answers.ts';
import { withEntry, withoutEntry } from './edit-servers.ts';
import { entryFor, serverNames } from './entry.ts';
import type { Machine } from './hosts.ts';
import { carryOut, isDue, isRefusal, type Plan, planFor, planText } from './plan.ts';

/** Where setup runs, and what it reaches. */
export interface SetupSurroundings {
  readonly machine: Machine;
  /** The path of this program's first file. */
  readonly program: string;
  readonly hasTerminal: boolean;
  readonly check: (environment: Machine['environment'], usesSandbox: boolean) => Promise<CheckReport>;
  readonly print: (text: string) => Promise<unknown>;
}

/**
 * Puts this program into the files of hosts, or takes it out of them again. Resolves with whether all those are done that were
 * named or ticked.
 *
 * @throws CharitylogError `config` where an answer is missing and nobody can be asked
 */
export async function setup(options: SetupOptions, surroundings: SetupSurroundings): Promise<boolean> {
  refuseUnlessAnswerable(options, surroundings.hasTerminal);
  const plans = await (options.isRemoval ? planRemoval : planAddition)(options, surroundings);
  if (!plans) return false;
  await surroundings.print(plans.map(planText).join(''));
  const due = plans.filter(isDue);
  if (due.length > 0 && !(await confirmWriting(options))) {
    await surroundings.print('Nothing was changed.\n');
    return false;
  }
  let isDone = !plans.some(isRefusal);
  for (const change of due) {
    const outcome = await carryOut(change);
    isDone &&= outcome.isDone;
    await surroundings.print(outcome.told);
  }
  return isDone;
}

async function planRemoval(options: SetupOptions, { machine }: SetupSurroundings): Promise<readonly Plan[]> {
  const chosen = await chooseHosts(options, machine);
  const names = Object.values(serverNames);
  return Promise.all(
    chosen.map(host =>
      planFor(host, text => names.reduce((before, name) => withoutEntry(before, [host.servers, name]), text)),
    ),
  );
}

/** Nothing where the check fails: an entry that can't work would puzzle whoever starts the host next. */
async function planAddition(
  options: SetupOptions,
  { machine, program, check, print }: SetupSurroundings,
): Promise<readonly Plan[] | undefined> {
  const chosen = await chooseHosts(options, machine);
  const { usesSandbox, isReadOnly, environment } = await chooseAccess(options, machine);
  const report = await check(environment, usesSandbox);
  if (!report.ok) {
    await print(`${reportText({ ...report, settings: {} })}Nothing was changed. Mend this, and run setup again.\n`);
    return undefined;
  }
  await print('The check found everything in order.\n');
  const flags = [...(usesSandbox ? ['--sandbox'] : []), ...(isReadOnly ? ['--read-only'] : [])];
  const entry = entryFor(program, { platform: machine.platform, environment }, flags);
  const name = usesSandbox ? serverNames.sandbox : serverNames.live;
  return Promise.all(
    chosen.map(host => planFor(host, text => withEntry(text, [host.servers, name], { ...host.also, ...entry }))),
  );
}
