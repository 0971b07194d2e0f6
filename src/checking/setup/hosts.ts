/** The hosts that keep their servers in a JSON file: where it is on each system, and the form of an entry. */

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A computer, as far as the places of files depend on it. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A program that starts MCP servers. */
export interface Host {
  /** What `--host` takes. */
  readonly id: string;
  readonly name: string;
  /** The key of the file's object of servers. */
  readonly servers: string;
  /** What an entry has beside `command`, `args` and `env`. */
  readonly also: Readonly<Record<string, string>>;
  /** The folder that is there where the host is, and its file, whose folder may be missing. */
  readonly place: (machine: Machine) => Promise<Place> | Place;
}

/** A folder that shows that a host is installed, and its file of servers. */
export interface Place {
  readonly folder: string;
  readonly file: string;
}

/** The sources of these places stand in docs/hosts/README.md. */
export const hosts: readonly Host[] = [
  host('claude-desktop', 'Claude Desktop', claudeDesktop),
  host('claude-code', 'Claude Code', claudeCode, { also: { type: 'stdio' } }),
  host('cursor', 'Cursor', inHome('.cursor', 'mcp.json')),
  host('vscode', 'VS Code', inAppData('Code', 'User/mcp.json'), { servers: 'servers', also: { type: 'stdio' } }),
  host('windsurf', 'Windsurf', inHome('.codeium/windsurf', 'mcp_config.json')),
  host('gemini-cli', 'Gemini CLI', inHome('.gemini', 'settings.json')),
  host('lm-studio', 'LM Studio', inHome('.lmstudio', 'mcp.json')),
  host('zed', 'Zed', zed, { servers: 'context_servers' }),
];

/** A host with the form of an entry that most have, unless told. */
function host(
  id: string,
  name: string,
  place: Host['place'],
  form: Partial<Pick<Host, 'servers' | 'also'>> = {},
): Host {
  return { id, name, servers: 'mcpServers', also: {}, place, ...form };
}

/** The hosts that this machine has, with their files. */
export async function findHosts(machine: Machine): Promise<readonly (Host & Place)[]> {
  const found = await Promise.all(hosts.map(async host => ({ ...host, ...(await host.place(machine)) })));
  const isThere = await Promise.all(found.map(({ folder }) => isFolder(folder)));
  return found.filter((_, index) => isThere[index]);
}

/** Where programs keep their settings: each system has a folder of its own for that. */
function appData({ platform, home, environment }: Machine): string {
  if (platform === 'win32') return environment.APPDATA || join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return environment.XDG_CONFIG_HOME || join(home, '.config');
}

function inHome(folder: string, file: string) {
  return ({ home }: Machine): Place => at(join(home, folder), file);
}

function inAppData(folder: string, file: string) {
  return (machine: Machine): Place => at(join(appData(machine), folder), file);
}

function at(folder: string, file: string): Place {
  return { folder, file: join(folder, file) };
}

/** On Windows, the package of the Microsoft Store and of the present installer reads a file of its own. */
async function claudeDesktop(machine: Machine): Promise<Place> {
  const file = 'claude_desktop_config.json';
  if (machine.platform === 'win32') {
    const packages = join(machine.environment.LOCALAPPDATA || join(machine.home, 'AppData', 'Local'), 'Packages');
    for (const name of await readdir(packages).catch(() => [])) {
      const folder = join(packages, name, 'LocalCache', 'Roaming', 'Claude');
      if (name.startsWith('Claude_') && (await isFolder(folder))) return at(folder, file);
    }
  }
  return at(join(appData(machine), 'Claude'), file);
}

function claudeCode({ home, environment }: Machine): Place {
  const own = environment.CLAUDE_CONFIG_DIR;
  return own ? at(own, '.claude.json') : { folder: join(home, '.claude'), file: join(home, '.claude.json') };
}

function zed(machine: Machine): Place {
  const { platform, home } = machine;
  if (platform === 'win32') return at(join(appData(machine), 'Zed'), 'settings.json');
  return at(platform === 'darwin' ? join(home, '.config', 'zed') : join(appData(machine), 'zed'), 'settings.json');
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    stats => stats.isDirectory(),
    () => false,
  );
}
