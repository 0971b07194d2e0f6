import { Console } from 'node:console';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { AuditLog } from '../audit.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import { CharitylogClient } from '../charitylog/client.ts';
import { type Config, type ConfigFlags, loadConfig } from '../config.ts';
import { buildServer } from '../server.ts';
import { ConfirmTokens, tokenSecret } from '../tools/confirm-token.ts';
import { Memory } from '../tools/memory.ts';

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
  // A host that closes stderr loses the log, not the server.
  process.stderr.on('error', () => undefined);
  const people = new CharitylogClient(config);
  const catalogue = new Catalogue(people, config.hiddenFields);
  const memory = new Memory();
  const audit = config.auditLog === undefined ? undefined : openAuditLog(config.auditLog, config);
  const tokens = new ConfirmTokens(tokenSecret(config), config.baseUrl);
  const ended = endOfConnection();
  const connection = serveStdio(
    ({ era }) => buildServer({ people, catalogue, memory, tokens, config, audit, log }, era),
    {
      onerror: error => log(`protocol fault: ${error.name}`),
    },
  );
  if (process.stdin.isTTY) log('waiting for an MCP client on stdin; see charitylog-mcp --help');
  await ended;
  await connection.close();
  await memory.creates.settle(longestStopMs);
  const left = await people.settleWrites(0);
  if (left > 0)
    log(`stopped while ${left} new record(s) were being added: look whether they are there before adding them again`);
  return 0;
}

/** The identity is written as a hash that stands for the API user and tells nothing of the keys. */
function openAuditLog(file: string, config: Config): AuditLog {
  const { org, user } = config.keys;
  const mac = createHmac('sha256', tokenSecret(config)).update(JSON.stringify([config.baseUrl, org, user]));
  return new AuditLog({ file, identity: mac.digest('base64url').slice(0, 12), report: log });
}

function endOfConnection(): Promise<unknown> {
  return Promise.race([
    ...['end', 'close', 'error'].map(event => new Promise(resolve => process.stdin.once(event, resolve))),
    ...['close', 'error'].map(event => new Promise(resolve => process.stdout.once(event, resolve))),
    ...['SIGTERM', 'SIGINT', 'SIGHUP'].map(signal => once(process, signal)),
  ]);
}

/** Whatever a library prints goes to stderr: one stray line on stdout would break the protocol. */
function keepStdoutForTheProtocol(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
}

function log(line: string): void {
  process.stderr.write(`charitylog-mcp: ${line}\n`);
}
