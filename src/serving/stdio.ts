import type { McpServerFactory } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { openCollector } from '../audit/collector.ts';
import { type ObservedCall, unobserved } from '../base/observer.ts';
import { buildServer } from '../mcp/server.ts';
import { type ConfigFlags, loadConfig } from '../settings/config.ts';
import { type Identity, openIdentity } from './identity.ts';
import { keepStdoutForTheProtocol, log } from './stderr.ts';
import { StdioTransport } from './stdio-transport.ts';
import { stopSignal } from './stop-signal.ts';

/** How long a stop waits for a create that has been sent, in milliseconds. */
const longestStopMs = 10_000;

/**
 * Serves MCP on stdin and stdout, in whichever protocol era the client opens with, until the client closes stdin or
 * stdout, or the process is told to stop (SIGTERM, SIGINT, SIGHUP).
 *
 * @returns the exit code
 * @throws CharitylogError `config` for a wrong setting, before anything is served
 */
export async function serveOverStdio(environment: NodeJS.ProcessEnv, flags: ConfigFlags): Promise<number> {
  const config = loadConfig(environment, flags);
  keepStdoutForTheProtocol();
  const collector = await openCollector(config);
  const identity = openIdentity(config, { observer: { ...unobserved, call: logFailure }, report: log, collector });
  const exports = config.exportDir === undefined ? undefined : await openExports(config.exportDir);
  const ended = endOfConnection();
  const serve: McpServerFactory = ({ era }) => {
    // After the first answer, and before the host asks for the tools, whose arguments come from the live lists.
    setTimeout(() => askForLists(identity), 0);
    return buildServer(exports ? { ...identity, moreTools: [exports.tool] } : identity, era);
  };
  const connection = serveStdio(serve, {
    transport: new StdioTransport(),
    onerror: error => log(`protocol fault: ${error.name}`),
  });
  if (process.stdin.isTTY) log('waiting for an MCP client on stdin; see charitylog-mcp --help');
  await ended;
  await connection.close();
  await identity.ledger.settle(longestStopMs);
  await exports?.folder.settle(longestStopMs);
  await identity.audit?.settle();
  const left = await identity.api.settleWrites(0);
  if (left > 0)
    log(`stopped while it was adding ${left} new record(s): check whether they are there before you add them again`);
  return 0;
}

/** The folder that people are written to, and the tool that does it: loaded where they are wanted alone. */
async function openExports(path: string) {
  const { LocalExportFolder } = await import('./exports/export-folder.ts');
  const { exportPeopleTo } = await import('../mcp/tools/export-people.ts');
  const folder = new LocalExportFolder(path);
  // Where it leads to is settled now; each export tells what is wrong with it.
  folder.check().catch(error => log(error.logText));
  return { folder, tool: exportPeopleTo(folder) };
}

/** Loads the live lists ahead of their first use, where a failure is told. */
function askForLists({ catalogue }: Identity): void {
  catalogue.fields({ signal: new AbortController().signal }).catch(() => undefined);
}

function endOfConnection(): Promise<unknown> {
  return Promise.race([
    ...['end', 'close', 'error'].map(event => new Promise(resolve => process.stdin.once(event, resolve))),
    ...['close', 'error'].map(event => new Promise(resolve => process.stdout.once(event, resolve))),
    stopSignal(),
  ]);
}

function logFailure({ tool, outcome, reason }: ObservedCall): void {
  if (reason !== undefined) log(`${tool}: ${outcome} (${reason})`);
}
