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
    const fault = await this.#write({ outcome: 'sending' }, false);
    if (fault && this.#options.isAuditRequired) throw fault;
  }

  /**
   * Writes how the call ended. Never rejects: a record may have been sent.
   *
   * @param reason why it failed, as far as a log may tell
   * @returns false where a line that is required of a record that was sent can't be written
   */
  note(summaryOf: () => AuditSummary, reason?: string): Promise<boolean> {
    const { observer, isAuditRequired } = this.#options;
    const isOptional = () => !isAuditRequired || this.#create === undefined;
    const observe = ({ outcome }: AuditSummary) => {
      const { tool, request } = this.#call;
      const called = { tool: tool.name, outcome: typeof outcome === 'string' ? outcome : 'ok', ms: this.#ms };
      observer.call({ ...called, ...(reason !== undefined && { reason }), ...traceOf(request) });
    };
    const write = async () => {
      const summary = summaryOf();
      const fault = await this.#write(summary, false);
      await onceSent(() => observe(summary));
      return fault === undefined || isOptional();
    };
    return onceSent(write, isOptional);
  }

  /** Writes how a record's creation ended whose call had ended before. */
  async noteLate(summaryOf: () => AuditSummary): Promise<void> {
    await this.#write(summaryOf(), true);
  }

  get #ms(): number {
    return performance.now() - this.#startedAt;
  }

  async #write(summary: AuditSummary, late: boolean) {
    const { audit, catalogue } = this.#options;
    if (!audit) return undefined;
    const { tool, input, request, mcp } = this.#call;
    const argumentNames = givenNames(tool.arguments(catalogue.latestFields), input);
    const client = clientOf(request, mcp);
    return audit.write({ tool: tool.name, argumentNames, client, ms: this.#ms, late, create: this.#create }, summary);
  }
}
