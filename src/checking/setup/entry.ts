import { isAbsolute, resolve } from 'node:path';
import manifest from '../../../package.json' with { type: 'json' };
import { givenText } from '../../settings/config.ts';
import type { Entry } from './edit-servers.ts';
import type { Machine } from './hosts.ts';

/** The names of the server among a host's others. */
export const serverNames = { live: 'charitylog', sandbox: 'charitylog-sandbox' } as const;

/** Of an HTTP service, of `check --url`, or of several copies: nothing for a program that a host starts. */
const notForHosts = /^CHARITYLOG_(CALLERS|OAUTH_.*|ALLOWED_HOSTS|REDIS_URL|TOKEN|SECRET|CALLS_.*)$/;

const paths = ['CHARITYLOG_CA_FILE', 'CHARITYLOG_AUDIT_LOG', 'CHARITYLOG_EXPORT_DIR'];

/**
 * How a host is to start this program, whose first file is at `program`. The settings of the environment go along; paths
 * become absolute, as a host starts programs in a folder of its own.
 */
export function entryFor(
  program: string,
  machine: Pick<Machine, 'platform' | 'environment'>,
  flags: readonly string[],
): Entry {
  const { command, args } = startOf(program, machine.platform);
  const isSandbox = flags.includes('--sandbox');
  return { command, args: [...args, ...flags], env: isSandbox ? {} : settingsOf(machine.environment) };
}

/** npm empties the folder that npx runs from, so an entry names the package then. Windows starts npx through its shell only. */
function startOf(program: string, platform: NodeJS.Platform): { command: string; args: string[] } {
  if (!/[/\\]_npx[/\\]/.test(program)) return { command: process.execPath, args: [program] };
  const npx = ['-y', `charitylog-mcp@${manifest.version}`];
  return platform === 'win32' ? { command: 'cmd', args: ['/c', 'npx', ...npx] } : { command: 'npx', args: npx };
}

function settingsOf(environment: Machine['environment']): Record<string, string> {
  const isWanted = (name: string) =>
    (name.startsWith('CHARITYLOG_') && !notForHosts.test(name)) || name === 'HTTPS_PROXY' || name === 'NO_PROXY';
  const given = Object.entries(environment).flatMap(([name, given]) => {
    const value = isWanted(name) ? givenText(given) : undefined;
    if (value === undefined) return [];
    return [[name, paths.includes(name) && !isAbsolute(value) ? resolve(value) : value] as const];
  });
  return Object.fromEntries(given);
}
