/** What setup has to know: from the command line, the environment, or whoever sits at the terminal. */

import { CharitylogError } from '../../base/errors.ts';
import { givenText, missingKeys } from '../../settings/config.ts';
import { findHosts, hosts, type Machine } from './hosts.ts';
import type { FoundHost } from './plan.ts';

/** What the command line says. */
export interface SetupOptions {
  /** Ids of hosts; without them, those found are offered at the terminal. */
  readonly hostIds: readonly string[] | undefined;
  readonly isRemoval: boolean;
  readonly usesSandbox: boolean;
  readonly isReadOnly: boolean;
  /** Nobody is asked. */
  readonly isSure: boolean;
}

/** What the program is to ask, and how. */
export interface Access {
  readonly usesSandbox: boolean;
  readonly isReadOnly: boolean;
  /** With the keys, where the sandbox isn't used. */
  readonly environment: Machine['environment'];
}

/** Throws where something would have to be asked and nobody can be. */
export function refuseUnlessAnswerable({ hostIds, isSure }: SetupOptions, hasTerminal: boolean): void {
  if (hasTerminal || (isSure && hostIds)) return;
  throw new CharitylogError('config', `without a terminal, setup needs --yes and --host NAMES. Names: ${idList()}.`);
}

/** The hosts that are named, or ticked among those found. */
export async function chooseHosts({ hostIds, isSure }: SetupOptions, machine: Machine): Promise<readonly FoundHost[]> {
  if (hostIds) return Promise.all(hostIds.map(id => namedHost(id, machine)));
  const found = await findHosts(machine);
  if (found.length === 0) {
    const message = `no assistant was found here. Name one with --host: ${idList()}; docs/hosts has others.`;
    throw new CharitylogError('config', message);
  }
  return isSure ? found : (await prompts()).askForHosts(found);
}

/** Which system, with which keys, and whether anybody may be added. */
export async function chooseAccess(options: SetupOptions, { environment }: Machine): Promise<Access> {
  const { isSure, isReadOnly } = options;
  const missing = missingKeys(keysOf(environment));
  const usesSandbox =
    options.usesSandbox || (!isSure && missing.length === 3 && (await (await prompts()).askForSandbox()));
  if (usesSandbox) return { usesSandbox, isReadOnly, environment };
  if (isSure && missing.length > 0) {
    throw new CharitylogError('config', `set ${missing.join(', ')}, or add --sandbox for made-up people.`);
  }
  const keys: Record<string, string> = {};
  for (const variable of missing) keys[variable] = await (await prompts()).askForKey(variable);
  const isSaid = isSure || isReadOnly || givenText(environment.CHARITYLOG_READ_ONLY) !== undefined;
  return {
    usesSandbox,
    isReadOnly: isSaid ? isReadOnly : await (await prompts()).askForReadOnly(),
    environment: { ...environment, ...keys },
  };
}

/** True where it may be written. */
export async function confirmWriting({ isSure }: SetupOptions): Promise<boolean> {
  return isSure || (await prompts()).askWhether('Write this?');
}

async function namedHost(id: string, machine: Machine): Promise<FoundHost> {
  const host = hosts.find(host => host.id === id);
  if (!host)
    throw new CharitylogError('config', `setup knows no host "${id}". Names: ${idList()}; docs/hosts has others.`);
  return { ...host, ...(await host.place(machine)) };
}

function idList(): string {
  return hosts.map(({ id }) => id).join(', ');
}

function keysOf(environment: Machine['environment']) {
  const key = (name: string) => givenText(environment[`CHARITYLOG_${name}_KEY`]) ?? '';
  return { source: key('SOURCE'), org: key('ORG'), user: key('USER') };
}

/** The library is read where somebody is asked only. */
function prompts() {
  return import('./prompts.ts');
}
