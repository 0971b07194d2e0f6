import type { FileHandle } from 'node:fs/promises';
import { within } from '../base/deadlines.ts';
import { CharitylogError } from '../base/errors.ts';
import { fileProblem, openToAppend } from '../base/private-file.ts';
import { type AuditSink, auditFault, longestWriteMs } from './audit-sink.ts';

/**
 * A file of audit lines.
 *
 * Each line opens the file, is appended by one write, and closes it. So a line is in the file before its call is
 * answered, several processes can share the file, it may be renamed or removed at any time, and nothing is to be closed
 * at the end. While a line hangs, the next ones are refused at once.
 */
export class AuditFile implements AuditSink {
  readonly #file: string;
  /** False before the first line and after a failed write: the file may end within a line then. */
  #endsWithLine = false;
  #last: Promise<unknown> = Promise.resolve();
  #hangs = false;

  constructor(file: string) {
    this.#file = file;
  }

  async write(line: string): Promise<void> {
    await this.#inTime(`${line}\n`).catch(asFault);
  }

  /** Creates the file where it isn't there. */
  async check(): Promise<void> {
    const open = async () => (await openToAppend(this.#file)).close();
    await within(longestWriteMs, open(), late).catch(asFault);
  }

  async settle(): Promise<void> {
    await within(longestWriteMs, this.#last).catch(() => undefined);
  }

  /** Appends a line after those before it, each in its time. */
  async #inTime(line: string): Promise<void> {
    if (this.#hangs) throw fault('an earlier line hangs');
    const written = this.#last.then(() => this.#append(line));
    const goOn = () => {
      this.#hangs = false;
    };
    this.#last = written.then(goOn, goOn);
    await within(longestWriteMs, written, () => {
      this.#hangs = true;
      return late();
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

async function endsWithLine(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  const last = Buffer.alloc(1);
  return size === 0 || ((await file.read(last, 0, 1, size - 1)).bytesRead === 1 && last.toString() === '\n');
}

/** One write, as two could be parted by another process's line. */
async function writeWhole(file: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const { bytesWritten } = await file.write(bytes);
  if (bytesWritten < bytes.length) throw fault('there was room for only a part of a line');
}

/** Throws any failure as an error without the path, which may hold somebody's name. */
function asFault(error: unknown): never {
  throw error instanceof CharitylogError ? error : fault(fileProblem(error));
}

function late(): CharitylogError {
  return fault(`the file did not answer within ${longestWriteMs / 1000} s`);
}

function fault(reason: string): CharitylogError {
  return auditFault('CHARITYLOG_AUDIT_LOG', reason);
}
