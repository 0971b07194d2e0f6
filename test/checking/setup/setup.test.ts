import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { check } from '../../../src/checking/check.ts';
import type { SetupOptions } from '../../../src/checking/setup/answers.ts';
import { hosts } from '../../../src/checking/setup/hosts.ts';
import { setup } from '../../../src/checking/setup/setup.ts';
import { atEnd } from '../../support/lifetime.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';

const program = '/opt/charitylog-mcp/dist/cli.js';

/** Where each host keeps its servers, from the home folder. */
const places: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  win32: {
    'claude-desktop': 'AppData/Roaming/Claude/claude_desktop_config.json',
    'claude-code': '.claude.json',
    cursor: '.cursor/mcp.json',
    vscode: 'AppData/Roaming/Code/User/mcp.json',
    windsurf: '.codeium/windsurf/mcp_config.json',
    'gemini-cli': '.gemini/settings.json',
    'lm-studio': '.lmstudio/mcp.json',
    zed: 'AppData/Roaming/Zed/settings.json',
  },
  darwin: {
    'claude-desktop': 'Library/Application Support/Claude/claude_desktop_config.json',
    'claude-code': '.claude.json',
    cursor: '.cursor/mcp.json',
    vscode: 'Library/Application Support/Code/User/mcp.json',
    windsurf: '.codeium/windsurf/mcp_config.json',
    'gemini-cli': '.gemini/settings.json',
    'lm-studio': '.lmstudio/mcp.json',
    zed: '.config/zed/settings.json',
  },
  linux: {
    'claude-desktop': '.config/Claude/claude_desktop_config.json',
    'claude-code': '.claude.json',
    cursor: '.cursor/mcp.json',
    vscode: '.config/Code/User/mcp.json',
    windsurf: '.codeium/windsurf/mcp_config.json',
    'gemini-cli': '.gemini/settings.json',
    'lm-studio': '.lmstudio/mcp.json',
    zed: '.config/zed/settings.json',
  },
};

interface Run extends Partial<SetupOptions> {
  readonly home: string;
  readonly platform?: NodeJS.Platform;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Runs setup without a terminal, in a made-up home. */
async function ran({ home, platform = 'linux', environment = {}, ...options }: Run) {
  const printed: string[] = [];
  const isDone = await setup(
    { hostIds: undefined, isRemoval: false, usesSandbox: false, isReadOnly: false, isSure: true, ...options },
    {
      machine: { platform, home, environment },
      program,
      hasTerminal: true,
      check: settings => check({ ...settings }, {}),
      print: async text => printed.push(text),
    },
  );
  return { isDone, printed: printed.join('') };
}

/** An empty home folder, with these files. */
async function homeWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'charitylog-home-'));
  atEnd(() => rm(home, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text, { mode: 0o600 });
  }
  return home;
}

async function keys() {
  return settingsFor(await useSandbox({ people: 5 }));
}

describe.each(Object.entries(places))('on %s', (platform, files) => {
  test('each host that is there gets an entry in its own file, and loses it again', async () => {
    const home = await homeWith(Object.fromEntries(Object.values(files).map(file => [file, '{}'])));
    await mkdir(join(home, '.claude'));
    const environment = await keys();
    const machine = { home, platform: platform as NodeJS.Platform, environment };
    expect(await ran(machine)).toMatchObject({ isDone: true });
    for (const { id, servers } of hosts) {
      const written = JSON.parse(await readFile(join(home, files[id] ?? ''), 'utf8'));
      expect(written[servers].charitylog).toMatchObject({
        command: process.execPath,
        args: [program],
        env: environment,
      });
    }
    expect(await ran({ ...machine, isRemoval: true })).toMatchObject({ isDone: true });
    for (const file of Object.values(files)) expect(JSON.parse(await readFile(join(home, file), 'utf8'))).toEqual({});
  });

  test('no host but those that are there is offered', async () => {
    const home = await homeWith({ [files.cursor ?? '']: '{}' });
    const { printed } = await ran({ home, platform: platform as NodeJS.Platform, environment: await keys() });
    expect(printed).toContain('Cursor: written');
    expect(await readdir(home)).toEqual(['.cursor']);
  });
});

test('the packaged Claude Desktop of Windows gets the entry in the file that it reads', async () => {
  const file = 'AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude/claude_desktop_config.json';
  const home = await homeWith({ [file]: '{}', 'AppData/Roaming/Claude/claude_desktop_config.json': '{}' });
  await ran({ home, platform: 'win32', environment: await keys() });
  expect(JSON.parse(await readFile(join(home, file), 'utf8'))).toHaveProperty('mcpServers.charitylog');
});

test('a new file is for its owner alone, one that was there keeps its mode, and a copy tells what it said', async () => {
  const text = '{\n  // mine\n  "servers": {"gh": {"command": "gh", "env": {"TOKEN": "geheim"}}}\n}\n';
  const home = await homeWith({ '.config/Code/User/mcp.json': text });
  const file = join(home, '.config/Code/User/mcp.json');
  await chmod(file, 0o640);
  const { printed } = await ran({ home, hostIds: ['vscode', 'cursor'], environment: await keys() });
  const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
  expect(await modeOf(join(home, '.cursor/mcp.json'))).toBe(0o600);
  expect(await modeOf(file)).toBe(0o640);
  const [copy = ''] = (await readdir(dirname(file))).filter(name => name.includes('before-charitylog'));
  expect(await readFile(join(dirname(file), copy), 'utf8')).toBe(text);
  expect(await modeOf(join(dirname(file), copy))).toBe(0o640);
  expect(printed).toContain('chmod 600');
});

test('nothing secret is printed: no key, and no word of another entry or a comment', async () => {
  const home = await homeWith({
    '.cursor/mcp.json': '{"mcpServers": {"gh": {"args": ["--token=geheim"]} // geheim\n}}',
  });
  const environment = await keys();
  const { printed } = await ran({ home, environment });
  expect(printed).toContain('CHARITYLOG_ORG_KEY');
  expect(printed).not.toContain('geheim');
  for (const [name, value] of Object.entries(environment))
    if (name.endsWith('KEY')) expect(printed).not.toContain(value);
});

test('the settings of the environment go along, with absolute paths; those of a service stay out', async () => {
  const home = await homeWith();
  const environment = {
    ...(await keys()),
    CHARITYLOG_HIDDEN_FIELDS: 'sensitive',
    CHARITYLOG_AUDIT_LOG: join(home, 'audit.jsonl'),
    CHARITYLOG_EXPORT_DIR: '${user_config.export_dir}',
    CHARITYLOG_SECRET: 'the-secret-of-a-service',
    CHARITYLOG_ORG_KEY: ` ${(await keys()).CHARITYLOG_ORG_KEY} `,
  };
  const { printed } = await ran({ home, hostIds: ['cursor'], isReadOnly: true, environment });
  expect(printed).toContain('written');
  const { mcpServers } = JSON.parse(await readFile(join(home, '.cursor/mcp.json'), 'utf8'));
  expect(mcpServers.charitylog.env).toMatchObject({
    CHARITYLOG_HIDDEN_FIELDS: 'sensitive',
    CHARITYLOG_ORG_KEY: 'sandbox-org-key',
  });
  expect(mcpServers.charitylog.env).not.toHaveProperty('CHARITYLOG_SECRET');
  expect(mcpServers.charitylog.env).not.toHaveProperty('CHARITYLOG_EXPORT_DIR');
  expect(mcpServers.charitylog.args).toEqual([program, '--read-only']);
});

test('a byte order mark, CRLF and tabs stay', async () => {
  const text = '\uFEFF{\r\n\t"mcpServers": {\r\n\t\t"a": {"command":"x"}\r\n\t}\r\n}\r\n';
  const home = await homeWith({ '.cursor/mcp.json': text });
  await ran({ home, environment: await keys() });
  const written = await readFile(join(home, '.cursor/mcp.json'), 'utf8');
  expect(written.startsWith('\uFEFF{\r\n\t"mcpServers"')).toBe(true);
  expect(written).not.toMatch(/[^\r]\n/);
  await ran({ home, isRemoval: true });
  expect(await readFile(join(home, '.cursor/mcp.json'), 'utf8')).toBe(text);
});

test('a link stays a link, and the file behind it changes', async () => {
  const home = await homeWith({ 'dotfiles/cursor.json': '{}', '.cursor/other': '' });
  await symlink(join(home, 'dotfiles/cursor.json'), join(home, '.cursor/mcp.json'));
  await ran({ home, environment: await keys() });
  expect(JSON.parse(await readFile(join(home, 'dotfiles/cursor.json'), 'utf8'))).toHaveProperty(
    'mcpServers.charitylog',
  );
  expect(
    (await readdir(join(home, '.cursor'), { withFileTypes: true }))
      .find(({ name }) => name === 'mcp.json')
      ?.isSymbolicLink(),
  ).toBe(true);
});

describe('a file that can not be changed stays byte for byte, and the others get their entry', () => {
  test.each<[string, string | Buffer, number, RegExp]>([
    ['broken', '{"mcpServers": {', 0o600, /not valid JSON at line 1/],
    ['read-only', '{"mcpServers": {}}', 0o400, /read-only/],
    ['of another encoding', Buffer.from('\uFEFF{}', 'utf16le'), 0o600, /not written in UTF-8/],
    ['of another program', '{"mcpServers": {"charitylog": {"url": "https://x.example"}}}', 0o600, /another program/],
  ])('%s', async (_, content, mode, problem) => {
    const home = await homeWith({ '.cursor/mcp.json': '', '.gemini/settings.json': '{}' });
    const file = join(home, '.cursor/mcp.json');
    await writeFile(file, content);
    await chmod(file, mode);
    const { isDone, printed } = await ran({ home, environment: await keys() });
    expect(isDone).toBe(false);
    expect(printed).toMatch(problem);
    expect(await readFile(file)).toEqual(Buffer.from(content as string));
    expect(await readdir(join(home, '.cursor'))).toEqual(['mcp.json']);
    expect(JSON.parse(await readFile(join(home, '.gemini/settings.json'), 'utf8'))).toHaveProperty(
      'mcpServers.charitylog',
    );
  });

  test('a link that leads nowhere', async () => {
    const home = await homeWith({ '.cursor/other': '' });
    await symlink(join(home, 'gone.json'), join(home, '.cursor/mcp.json'));
    expect((await ran({ home, environment: await keys() })).printed).toMatch(/no such file or directory/);
  });
});

test('where the check fails, nothing is written', async () => {
  const home = await homeWith({ '.cursor/mcp.json': '{}' });
  const environment = { ...(await keys()), CHARITYLOG_ORG_KEY: 'wrong' };
  const { isDone, printed } = await ran({ home, environment });
  expect({ isDone, text: await readFile(join(home, '.cursor/mcp.json'), 'utf8') }).toEqual({
    isDone: false,
    text: '{}',
  });
  expect(printed).toMatch(/refused the API keys.*Nothing was changed/s);
});

test.each([
  [
    'a missing key',
    { hostIds: ['cursor'] },
    /set CHARITYLOG_SOURCE_KEY, CHARITYLOG_ORG_KEY, CHARITYLOG_USER_KEY, or add --sandbox/,
  ],
  [
    'a key that a host has left as a placeholder',
    {
      hostIds: ['cursor'],
      environment: {
        CHARITYLOG_SOURCE_KEY: 'source',
        CHARITYLOG_ORG_KEY: '${user_config.org_key}',
        CHARITYLOG_USER_KEY: ' ',
      },
    },
    /set CHARITYLOG_ORG_KEY, CHARITYLOG_USER_KEY, or add --sandbox/,
  ],
  ['an unknown host', { hostIds: ['clawd'] }, /no host "clawd"\. Names: claude-desktop,/],
  ['no host at all', {}, /no assistant was found here/],
])('%s is told, with what is right', async (_, options, problem) => {
  await expect(ran({ home: await homeWith(), ...options })).rejects.toThrow(problem);
});

test('made-up people need no keys, and get a server beside the live one', async () => {
  const home = await homeWith({ '.cursor/mcp.json': '{}' });
  const environment = await keys();
  await ran({ home, environment });
  await ran({ home, environment, usesSandbox: true });
  const { mcpServers } = JSON.parse(await readFile(join(home, '.cursor/mcp.json'), 'utf8'));
  expect(Object.keys(mcpServers)).toEqual(['charitylog-sandbox', 'charitylog']);
  expect(mcpServers['charitylog-sandbox']).toEqual({
    command: process.execPath,
    args: [program, '--sandbox'],
    env: {},
  });
});

test('run from the folder of npx, the entry names the package', async () => {
  const { entryFor } = await import('../../../src/checking/setup/entry.ts');
  const npx = '/home/me/.npm/_npx/1b2c/node_modules/charitylog-mcp/dist/cli.js';
  expect(entryFor(npx, { platform: 'darwin', environment: {} }, [])).toMatchObject({
    command: 'npx',
    args: ['-y', expect.stringMatching(/^charitylog-mcp@/)],
  });
  expect(entryFor(npx, { platform: 'win32', environment: {} }, [])).toMatchObject({ command: 'cmd' });
});
