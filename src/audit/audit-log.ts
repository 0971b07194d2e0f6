import { closeSync, fstatSync, readSync, writeSync } from 'node:fs';
import { CharitylogError } from '../base/errors.ts';
import { fileProblem, openToAppend } from '../base/private-file.ts';
import { type AuditedCall, type AuditSummary, auditLine } from './audit-line.ts';

/** Where an {@link AuditLog} writes, for whom, and who hears of its failures. */
export interface AuditLogOptions {
  readonly file: string;
  /** Who calls: a name, or a hash that stands for one. */
  readonly identity: string;
  /** Takes value-free lines. */
  readonly report: (line: string) => void;
}

/**
 * The audit log: who called which tool when, with arguments of which names, on which records, and how that ended. It
 * holds no value, so that it may be kept longer than the records.
 *
 * Each line opens the file, is appended by one write, and closes it. So a line is in the file before its call is
 * answered, several processes can share the file, it may be renamed or removed at any time, and nothing is to be closed
 * at the end.
 */
export class AuditLog {
  readonly #file: string;
  readonly #identity: string;
  readonly #report: (line: string) => void;
  /** The failures that were reported since the last line that was written. */
  readonly #reported = new Set<string>();
  /** Why the last line wasn't written although the file could be opened; a full disk shows only then. */
  #writeFault: unknown;
  /** False before the first line and after a failed write: the file may end within a line then. */
  #endsWithLine = false;

  constructor({ file, identity, report }: AuditLogOptions) {
    this.#file = file;
    this.#identity = identity;
    this.#report = report;
  }

  /**
   * Writes the line of a call. It never throws, as the call has happened: a failure is reported, once for each kind
   * until a line is written again, and the next line tries anew.
   */
  write(call: AuditedCall, summary: AuditSummary): void {
    try {
      this.#append(`${JSON.stringify(auditLine(this.#identity, call, summary))}\n`);
      this.#reported.clear();
    } catch (error) {
      const { logText } = asAuditFault(error);
      if (!this.#reported.has(logText)) this.#report(logText);
      this.#reported.add(logText);
    }
  }

  /**
   * Returns if the next line can probably be written; a caller that must not act without a log checks this first. After a
   * failed write it throws until another line is written; the line of the refused call is that attempt.
   *
   * @throws CharitylogError `config` saying why the log can't be written
   */
  check(): void {
    try {
      closeSync(openToAppend(this.#file));
      if (this.#writeFault) throw this.#writeFault;
    } catch (error) {
      throw asAuditFault(error);
    }
  }

  #append(line: string): void {
    const file = openToAppend(this.#file);
    try {
      writeWhole(file, this.#endsWithLine || endsWithLine(file) ? line : `\n${line}`);
      this.#endsWithLine = true;
      this.#writeFault = undefined;
    } catch (error) {
      this.#endsWithLine = false;
      this.#writeFault = error;
      throw error;
    } finally {
      closeSync(file);
    }
  }
}

function endsWithLine(file: number): boolean {
  const { size } = fstatSync(file);
  const last = Buffer.alloc(1);
  return size === 0 || (readSync(file, last, 0, 1, size - 1) === 1 && last.toString() === '\n');
}

/** One write, as two could be parted by another process's line. */
function writeWhole(file: number, text: string): void {
  const bytes = Buffer.from(text);
  if (writeSync(file, bytes) < bytes.length) throw auditFault('there was room for only a part of a line');
}

/** Any failure as an error without the path, which may hold somebody's name. */
function asAuditFault(error: unknown): CharitylogError {
  return error instanceof CharitylogError ? error : auditFault(fileProblem(error));
}

function auditFault(reason: string): CharitylogError {
  const logText = `The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: ${reason}.`;
  const message = `${logText} Nothing was done. Tell the user that an administrator must fix it.`;
  return new CharitylogError('config', message, { logText });
}
