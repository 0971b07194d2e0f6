import type { CharitylogError } from '../base/errors.ts';
import { AuditFile } from './audit-file.ts';
import { type AuditedCall, type AuditSummary, auditLine } from './audit-line.ts';
import type { AuditSink } from './audit-sink.ts';

/** Where an {@link AuditLog} writes, for whom, and who hears of its failures. */
export interface AuditLogOptions {
  readonly file?: string | undefined;
  /** The collector that each line goes to, too. */
  readonly collector?: AuditSink | undefined;
  /** Who calls: a name, or a hash that stands for one. */
  readonly identity: string;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
}

/**
 * The audit log: who called which tool when, with arguments of which names, on which records, and how that ended. It
 * holds no value, so that it may be kept longer than the records.
 */
export class AuditLog {
  readonly #sinks: readonly AuditSink[];
  readonly #identity: string;
  readonly #report: (line: string) => void;
  /** The failures that were reported since the last line that was written. */
  readonly #reported = new Set<string>();

  constructor({ file, collector, identity, report }: AuditLogOptions) {
    this.#sinks = [...(file === undefined ? [] : [new AuditFile(file)]), ...(collector ? [collector] : [])];
    this.#identity = identity;
    this.#report = report;
  }

  /**
   * Writes a line about a call, everywhere at once. Never rejects: a failure is reported, once for each kind until a line is
   * written again, and the next line tries anew.
   *
   * @returns the failure, where the line isn't everywhere
   */
  async write(call: AuditedCall, summary: AuditSummary): Promise<CharitylogError | undefined> {
    const line = JSON.stringify(auditLine(this.#identity, call, summary));
    const written = await Promise.allSettled(this.#sinks.map(sink => sink.write(line)));
    const faults = written.flatMap(one => (one.status === 'rejected' ? [one.reason as CharitylogError] : []));
    if (faults.length === 0) this.#reported.clear();
    for (const { logText } of faults) {
      if (!this.#reported.has(logText)) this.#report(logText);
      this.#reported.add(logText);
    }
    return faults[0];
  }

  /**
   * Resolves if a line could be written everywhere; a file is created where it isn't there.
   *
   * @throws CharitylogError `config` saying why it can't
   */
  async check(): Promise<void> {
    await Promise.all(this.#sinks.map(sink => sink.check()));
  }

  /** Resolves when all lines so far are written, or don't get there in their time. */
  async settle(): Promise<void> {
    await Promise.all(this.#sinks.map(sink => sink.settle()));
  }
}
