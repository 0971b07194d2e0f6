import { parseArgs } from 'node:util';
import manifest from '../package.json' with { type: 'json' };
import { CharitylogError, isCharitylogError } from './base/errors.ts';
import type { ConfigFlags } from './settings/config.ts';

const usage = `charitylog-mcp ${manifest.version}: ask about and add the people on a Charitylog system, over MCP

Usage: charitylog-mcp [command] [options]

Commands
  stdio        serve MCP on stdin and stdout (when no command is given)
  http         serve MCP over Streamable HTTP, each caller with its own rights
  sandbox      start a made-up Charitylog API on loopback and print how to reach it
  check        test settings and connection; says what to do about each failure
  setup        put this program into the settings of the assistants on this machine; --remove takes it out again
  check --privacy
               print what can leave under the present settings, and who gets it, field by field
  audit report FILE
               sum up an audit log by month, caller, tool and kind of data
  check --thorough
               try on a test system what the program assumes of it, by reading alone; says which settings to use

Options
  --sandbox    stdio, http, check: use an embedded sandbox instead of the live system
  --people N   how many made-up people the sandbox has (500)
  --host NAME  http: address to listen on (127.0.0.1); setup: the assistants to set up, such as cursor,vscode
  --port N     http: port to listen on (3000); sandbox: port on 127.0.0.1 (any free one)
  --url URL    check: look at a running HTTP service as a client does, with the token in CHARITYLOG_TOKEN
  --write-test-person
               check --thorough: add one made-up person, too, and read it back
  --test-keys  beside --write-test-person: the keys are those of a test system
  --yes        setup: ask nothing, and take the keys from the environment
  --remove     setup: undo it
  --read-only  offer no tool that writes
  --callers FILE, --oauth-issuer URL, --oauth-audience URL, --allowed-hosts NAMES, --redis-url URL
               http: in place of CHARITYLOG_CALLERS and so on
  --json       check: print the report as JSON
  --help       print this text
  --version    print the version

Settings are environment variables such as CHARITYLOG_SOURCE_KEY: see docs/settings.md.
`;

const commands = {
  stdio: runStdio,
  http: runHttp,
  sandbox: runSandbox,
  check: runCheck,
  setup: runSetup,
  audit: runAudit,
} as const;

type CommandLine = ReturnType<typeof readCommandLine>;

const syntax = {
  allowPositionals: true,
  options: {
    sandbox: { type: 'boolean' },
    people: { type: 'string' },
    host: { type: 'string' },
    port: { type: 'string' },
    url: { type: 'string' },
    thorough: { type: 'boolean' },
    privacy: { type: 'boolean' },
    'write-test-person': { type: 'boolean' },
    'test-keys': { type: 'boolean' },
    'read-only': { type: 'boolean' },
    callers: { type: 'string' },
    'oauth-issuer': { type: 'string' },
    'oauth-audience': { type: 'string' },
    'allowed-hosts': { type: 'string' },
    'redis-url': { type: 'string' },
    yes: { type: 'boolean' },
    remove: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
  },
} as const;

function readCommandLine() {
  // Most hosts give no arguments, and the parser takes a millisecond to load.
  const { values, positionals }: ReturnType<typeof parseArgs<typeof syntax>> =
    process.argv.length > 2 ? parseArgs(syntax) : { values: {}, positionals: [] };
  const [command = 'stdio', ...rest] = positionals;
  if ((rest.length > 0 && command !== 'audit') || !Object.hasOwn(commands, command)) {
    throw usageError(`there is no command "${positionals.join(' ')}". Commands: ${Object.keys(commands).join(', ')}.`);
  }
  return {
    ...values,
    command: command as keyof typeof commands,
    rest,
    people: wholeNumber('--people', values.people ?? '500', 1_000_000),
    port: values.port === undefined ? undefined : wholeNumber('--port', values.port, 65_535),
    flags: {
      readOnly: values['read-only'] ? 'true' : undefined,
      callers: values.callers,
      oauthIssuer: values['oauth-issuer'],
      oauthAudience: values['oauth-audience'],
      allowedHosts: values['allowed-hosts'],
      redisUrl: values['redis-url'],
    } satisfies ConfigFlags,
  };
}

async function main(): Promise<number> {
  try {
    const line = readCommandLine();
    if (line.help) return print(usage);
    if (line.version) return print(`${manifest.version}\n`);
    return await commands[line.command](line);
  } catch (error) {
    process.stderr.write(`charitylog-mcp: ${error instanceof Error ? error.message : String(error)}\n`);
    return isCharitylogError(error, 'config') || isParseArgsError(error) ? 2 : 1;
  }
}

async function runStdio(line: CommandLine): Promise<number> {
  const { serveOverStdio } = await import('./serving/stdio.ts');
  return withEnvironment(line, environment => serveOverStdio(environment, line.flags));
}

async function runHttp(line: CommandLine): Promise<number> {
  const { serveOverHttp } = await import('./serving/http/serve.ts');
  const address = { host: line.host ?? '127.0.0.1', port: line.port ?? 3000 };
  return withEnvironment(line, environment => serveOverHttp(environment, line.flags, address));
}

async function runCheck(line: CommandLine): Promise<number> {
  const { url, thorough, flags } = line;
  if (!thorough && line['write-test-person']) throw usageError('--write-test-person goes with check --thorough.');
  if (thorough) return runThorough(line);
  if (line.privacy) return runPrivacy(line);
  const { reportText } = await import('./checking/report.ts');
  if (url !== undefined) {
    const { checkService } = await import('./checking/service/check-service.ts');
    const { loadConfig } = await import('./settings/config.ts');
    return printReport(line, await checkService(url, loadConfig(process.env, flags).token), reportText);
  }
  const { check } = await import('./checking/check.ts');
  return withEnvironment(line, async environment => printReport(line, await check(environment, flags), reportText));
}

async function runThorough(line: CommandLine): Promise<number> {
  if (line.url !== undefined) throw usageError('--thorough looks at Charitylog, and --url at a running service.');
  const { checkThoroughly } = await import('./checking/thorough.ts');
  const { confirmTestKeys } = await import('./checking/confirm-test-keys.ts');
  const { thoroughReportText } = await import('./checking/thorough-report.ts');
  const { loadConfig } = await import('./settings/config.ts');
  const writeTestPerson = line['write-test-person'] ?? false;
  if (writeTestPerson) await confirmTestKeys(line['test-keys'] ?? line.sandbox ?? false);
  return withEnvironment(line, async environment => {
    const report = await checkThoroughly(loadConfig(environment, line.flags), { writeTestPerson });
    return printReport(line, report, thoroughReportText);
  });
}

async function runPrivacy(line: CommandLine): Promise<number> {
  const { privacyReport, privacyText } = await import('./checking/privacy.ts');
  const { loadConfig } = await import('./settings/config.ts');
  return withEnvironment(line, async environment => {
    const report = await privacyReport(loadConfig(environment, line.flags), environment);
    return printReport(line, report, privacyText);
  });
}

/** @returns 1 for a report that says that something isn't well */
async function printReport<T extends object>(
  { json }: CommandLine,
  report: T,
  textOf: (report: T) => string,
): Promise<number> {
  await print(json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report));
  return 'ok' in report && !report.ok ? 1 : 0;
}

async function runAudit({ rest: [action, file, ...others] }: CommandLine): Promise<number> {
  if (action !== 'report' || file === undefined || others.length > 0) throw usageError('give audit report FILE.');
  const { auditReport, auditReportText } = await import('./audit/report.ts');
  return print(auditReportText(await auditReport(file)));
}

async function runSetup(line: CommandLine): Promise<number> {
  const { homedir } = await import('node:os');
  const { realpath } = await import('node:fs/promises');
  const { setup } = await import('./checking/setup/setup.ts');
  const { check } = await import('./checking/check.ts');
  const options = {
    hostIds: line.host?.split(',').map(id => id.trim()),
    isRemoval: line.remove ?? false,
    usesSandbox: line.sandbox ?? false,
    isReadOnly: line['read-only'] ?? false,
    isSure: line.yes ?? false,
  };
  const isDone = await setup(options, {
    machine: { platform: process.platform, home: homedir(), environment: process.env },
    program: await realpath(process.argv[1] ?? ''),
    hasTerminal: process.stdin.isTTY && process.stdout.isTTY,
    check: (environment, sandbox) =>
      sandbox
        ? withEnvironment({ ...line, sandbox }, connection => check(connection, line.flags))
        : check({ ...environment }, line.flags),
    print,
  });
  return isDone ? 0 : 1;
}

async function runSandbox(line: CommandLine): Promise<number> {
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const { stopSignal } = await import('./serving/stop-signal.ts');
  const sandbox = await startSandbox({ people: line.people, port: line.port ?? 0 });
  const settings = Object.entries(sandboxSettings(sandbox)).map(([name, value]) => `export ${name}=${value}\n`);
  await print(settings.join(''));
  await stopSignal();
  await sandbox.close();
  return 0;
}

/** Runs a command with the environment, or with that of an embedded sandbox. */
async function withEnvironment<T>(
  line: CommandLine,
  command: (environment: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  if (!line.sandbox) return command(process.env);
  const { startSandbox } = await import('./sandbox/sandbox.ts');
  const sandbox = await startSandbox({ people: line.people });
  try {
    return await command({ ...process.env, ...sandboxSettings(sandbox) });
  } finally {
    await sandbox.close();
  }
}

function sandboxSettings({ url, keys }: { url: string; keys: { source: string; org: string; user: string } }) {
  return {
    CHARITYLOG_BASE_URL: url,
    CHARITYLOG_SOURCE_KEY: keys.source,
    CHARITYLOG_ORG_KEY: keys.org,
    CHARITYLOG_USER_KEY: keys.user,
  };
}

/** Prints to stdout; resolves with exit code 0 when the text is out. */
function print(text: string): Promise<number> {
  return new Promise(resolve => process.stdout.write(text, () => resolve(0)));
}

function wholeNumber(flag: string, text: string, maximum: number): number {
  if (/^\d+$/.test(text) && Number(text) <= maximum) return Number(text);
  throw usageError(`${flag} takes a whole number up to ${maximum}.`);
}

function usageError(problem: string): CharitylogError {
  return new CharitylogError('config', `${problem} See charitylog-mcp --help.`);
}

function isParseArgsError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

// Exit codes: 0 done, 1 a check failed or the program broke, 2 the command line or a setting is wrong.
// Idle connections and lists that are still loading must not keep the process alive.
void main().then(code => process.exit(code));
