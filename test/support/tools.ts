import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import type { AuditLog } from '../../src/audit/audit-log.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import type { CharitylogClient } from '../../src/charitylog/client.ts';
import { buildServer, type ServerOptions } from '../../src/mcp/server.ts';
import type { Tool } from '../../src/mcp/tool.ts';
import { ConfirmTokens } from '../../src/people/adding/confirm-token.ts';
import type { CreateLedger } from '../../src/people/adding/ledger.ts';
import { LocalLedger } from '../../src/people/adding/local-ledger.ts';
import { RecentAnswers } from '../../src/people/asking/recent-answers.ts';
import { Heeding } from '../../src/people/heeding.ts';
import { RecentReading } from '../../src/people/matching/recent-reading.ts';
import { Writing } from '../../src/people/writing.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { type Config, loadConfig } from '../../src/settings/config.ts';
import { type ToolAnswer, toAnswer } from './clients.ts';
import { atEnd } from './lifetime.ts';
import { clientFor, requestLines, useSandbox } from './sandbox.ts';

/** The shipped server in this process, with a real client, over a sandbox. */
export interface Tools {
  readonly sandbox: Sandbox;
  readonly people: CharitylogClient;
  readonly client: Client;
  readonly answers: RecentAnswers;
  /** What the server works with. */
  readonly options: ServerOptions;
  call(tool: string, args?: Record<string, unknown>): Promise<ToolAnswer>;
  /** The requests since the last look, as `GET /clients/type/7`. */
  newRequests(): string[];
  /** Value-free lines that the server logged. */
  readonly log: readonly string[];
}

/**
 * Starts a server on a sandbox.
 *
 * @param on the sandbox, or how one is to be that is started for it
 */
export async function useTools(
  on: SandboxOptions | Sandbox = {},
  given: {
    audit?: AuditLog;
    config?: Partial<Config>;
    readOnly?: boolean;
    hiddenFields?: string[];
    maskedFields?: string[];
    ledger?: CreateLedger;
    moreTools?: readonly Tool[];
    now?: () => number;
    timeoutMs?: number;
  } = {},
): Promise<Tools> {
  const sandbox = 'url' in on ? on : await useSandbox(on);
  const people = clientFor(sandbox, given.timeoutMs ? { timeoutMs: given.timeoutMs } : {});
  const { now } = given;
  const log: string[] = [];
  const answers = new RecentAnswers();
  const recentReading = new RecentReading();
  const settings = { ...loadConfig({}), ...given.config };
  const options: ServerOptions = {
    api: people,
    catalogue: new Catalogue(people, {
      ...(given.hiddenFields && { hiddenFields: given.hiddenFields }),
      ...(given.maskedFields && { maskedFields: given.maskedFields }),
      ...(now && { now }),
    }),
    heeding: new Heeding(),
    writing: new Writing(settings),
    answers,
    recentReading,
    forgetAnswers() {
      answers.clear();
      recentReading.clear();
    },
    ledger: given.ledger ?? new LocalLedger(),
    tokens: new ConfirmTokens({ secret: () => 'a secret of the tests', identity: sandbox.url, now }),
    cursorSecret: () => Buffer.alloc(32, 'a secret of the tests'),
    questionSecret: () => 'a secret of the tests that is long enough',
    settings,
    isReadOnly: given.readOnly ?? false,
    moreTools: given.moreTools ?? [],
    isAuditRequired: settings.auditRequired,
    audit: given.audit,
    observer: {
      call: ({ tool, outcome, reason }) => reason !== undefined && log.push(`${tool}: ${outcome} (${reason})`),
    },
  };
  const server = buildServer(options, 'legacy');
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  const client = new Client({ name: 'test-client', version: '1.0.0' });
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  atEnd(() => client.close());
  let seen = 0;
  return {
    sandbox,
    people,
    client,
    answers,
    options,
    log,
    call: async (name, args) => toAnswer(await client.callTool({ name, arguments: args })),
    newRequests: () => {
      const lines = requestLines(sandbox).slice(seen);
      seen += lines.length;
      return lines;
    },
  };
}
