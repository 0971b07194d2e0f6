import type { McpServer, ServerContext } from '@modelcontextprotocol/server';
import type { AuditSummary } from '../audit/audit-line.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Observer } from '../base/observer.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { onceSent } from '../people/adding/once-sent.ts';
import { givenNames } from './arguments/parse.ts';
import { clientOf, traceOf } from './client.ts';
import type { Tool } from './tool.ts';

/** Where the calls of an identity are written. */
export interface RecordOptions {
  /** A record is sent only once the audit log has a line about it. */
  readonly isAuditRequired: boolean;
  /** The audit log, where one is kept. */
  readonly audit: AuditLog | undefined;
  readonly observer: Pick<Observer, 'call' | 'trace'>;
  readonly catalogue: Catalogue;
}

/** A call of a tool, as far as the log can tell of it. */
export interface RecordedCall {
  readonly tool: Tool;
  readonly input: unknown;
  readonly request: ServerContext;
  readonly mcp: McpServer;
}

/** What is known of a call that has ended, besides its outcome. */
interface Ended {
  readonly summaryOf?: () => AuditSummary;
  readonly reason?: string;
}

/** Writes how one call goes into the audit log and the metrics. */
export class CallRecord {
  readonly #options: RecordOptions;
  readonly #call: RecordedCall;
  readonly #startedAt = performance.now();
  /** Ties the lines of a record to each other, once it is about to be sent. */
  #create: string | undefined;

  constructor(options: RecordOptions, call: RecordedCall) {
    this.#options = options;
    this.#call = call;
  }

  /**
   * Writes that a record is about to be sent.
   *
   * @throws CharitylogError `config` where that line is required and can't be written
   */
  async noteSending(): Promise<void> {
    this.#create = crypto.randomUUID();
    const fault = await this.#write('sending');
    if (fault && this.#options.isAuditRequired) throw fault;
  }

  /**
   * Writes how the call ended. Never rejects: a record may have been sent.
   *
   * @param ended `summaryOf` tells of its result, where there is an audit log; `reason` is why it failed, as far as a log may
   *   tell
   * @returns false where a line that is required of a record that was sent can't be written
   */
  note(outcome: string, { summaryOf, reason }: Ended = {}): Promise<boolean> {
    const isOptional = () => !this.#options.isAuditRequired || this.#create === undefined;
    const write = async () => {
      const fault = await this.#write(outcome, summaryOf);
      await onceSent(() => this.#observe(outcome, reason));
      return fault === undefined || isOptional();
    };
    return onceSent(write, isOptional);
  }

  /** Writes how a record's creation ended whose call had ended before. */
  async noteLate(outcome: string, summaryOf: () => AuditSummary): Promise<void> {
    await this.#write(outcome, summaryOf, true);
  }

  #observe(outcome: string, reason: string | undefined): void {
    const { tool, request } = this.#call;
    const called = { tool: tool.name, outcome, ms: this.#ms, ...(reason !== undefined && { reason }) };
    this.#options.observer.call({ ...called, ...traceOf(request) });
  }

  get #ms(): number {
    return performance.now() - this.#startedAt;
  }

  async #write(outcome: string, summaryOf: () => AuditSummary = () => ({}), late = false) {
    const { audit, catalogue } = this.#options;
    if (!audit) return undefined;
    const { tool, input, request, mcp } = this.#call;
    const argumentNames = givenNames(tool.arguments(catalogue.latestFields), input);
    const client = clientOf(request, mcp);
    const call = { tool: tool.name, argumentNames, client, outcome, ms: this.#ms, late, create: this.#create };
    return audit.write(call, summaryOf());
  }
}
