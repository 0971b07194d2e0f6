import type { FileHandle } from 'node:fs/promises';
import { within } from '../base/deadlines.ts';
import { CharitylogError } from '../base/errors.ts';
import { fileProblem, openToAppend } from '../base/private-file.ts';
import { type AuditedCall, type AuditSummary, auditLine } from './audit-line.ts';

/** How long a line is waited for, in milliseconds: a file on a share that hangs would hold every call. */
const longestWriteMs = 2000;

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
 * at the end. While a line hangs, the next ones are refused at once.
 */
export class AuditLog {
  readonly #file: string;
  readonly #identity: string;
  readonly #report: (line: string) => void;
  /** The failures that were reported since the last line that was written. */
  readonly #reported = new Set<string>();
  /** False before the first line and after a failed write: the file may end within a line then. */
  #endsWithLine = false;
  #last: Promise<unknown> = Promise.resolve();
  #hangs = false;

  constructor({ file, identity, report }: AuditLogOptions) {
    this.#file = file;
    this.#identity = identity;
    this.#report = report;
  }

  /**
   * Writes a line about a call. Never rejects: a failure is reported, once for each kind until a line is written again, and
   * the next line tries anew.
   *
   * @returns the failure, where the line isn't in the file
   */
  async write(call: AuditedCall, summary: AuditSummary): Promise<CharitylogError | undefined> {
    try {
      await this.#inTime(`${JSON.stringify(auditLine(this.#identity, call, summary))}\n`);
      this.#reported.clear();
      return undefined;
    } catch (error) {
      const fault = asAuditFault(error);
      if (!this.#reported.has(fault.logText)) this.#report(fault.logText);
      this.#reported.add(fault.logText);
      return fault;
    }
  }

  /**
   * Resolves if the file can be opened; it is created where it isn't there.
   *
   * @throws CharitylogError `config` saying why it can't
   */
  async check(): Promise<void> {
    const open = async () => (await openToAppend(this.#file)).close();
    try {
      await bounded(open());
    } catch (error) {
      throw asAuditFault(error);
    }
  }

  /** Resolves when all lines so far are in the file, or don't get there in their time. */
  async settle(): Promise<void> {
    await bounded(this.#last).catch(() => undefined);
  }

  /** Appends a line after those before it, each in its time. */
  async #inTime(line: string): Promise<void> {
    if (this.#hangs) throw auditFault('an earlier line hangs');
    const written = this.#last.then(() => this.#append(line));
    const goOn = () => {
      this.#hangs = false;
    };
    this.#last = written.then(goOn, goOn);
    await bounded(written, () => {
      this.#hangs = true;
    });
  }

  async #append(line: string): Promise<void> {
    const file = await openToAppend(this.#file);
    try {
      await writeWhole(file, this.#endsWithLine || (await endsWithLine(file)) ? line : `\n${line}`);
      this.#endsWithLine = true;
    } catch (error) {
      this.#endsWithLine = false;
      throw error;
    } finally {
      await file.close();
    }
  }
}

/** Waits for the file, but not for long. */
function bounded(work: Promise<unknown>, isLate = () => {}): Promise<unknown> {
  const reason = () => {
    isLate();
    return auditFault(`the file did not answer within ${longestWriteMs / 1000} s`);
  };
  return within(longestWriteMs, work, reason);
}

async function endsWithLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  const last = Buffer.alloc(1);
  return size === 0 || ((await file.read(last, 0, 1, size - 1)).bytesRead === 1 && last.toString() === '\n');
}

/** One write, as two could be parted by another process's line. */
async function writeWhole(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten < bytes.length) throw auditFault('there was room for only a part of a line');
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
