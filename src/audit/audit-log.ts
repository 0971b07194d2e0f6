import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { CharitylogError, systemReason } from '../base/errors.ts';
import { isObject } from '../base/json.ts';
import { plain } from '../base/spelling.ts';
import { cleanText } from '../base/visible-text.ts';
import type { FieldLists } from '../catalogue/catalogue.ts';
import { expandMore } from '../mcp/arguments/field-arguments.ts';
import type { Tool } from '../mcp/tool.ts';

/** At most this many ids are written a line. */
const maxIds = 100;

/** Stands for a name that is no argument of the tool: it could be anything, a person's name included. */
const unknownName = '(unknown)';

/** A tool call as it happened. It may hold personal data: the log takes names and numbers out of it, and no value. */
export interface AuditedCall {
  readonly tool: Pick<Tool, 'name' | 'schema'>;
  readonly input: unknown;
  /** What the system has: only names of its fields and of the tool's arguments are written. */
  readonly lists: FieldLists;
  /** The MCP client as it calls itself, where it did. */
  readonly client: { readonly name: string; readonly version: string } | undefined;
  /** From the call's start until the outcome was known, in milliseconds. */
  readonly ms: number;
  /** The outcome of a write that became known after its call had ended; the call itself has a line of its own. */
  readonly late?: boolean;
}

/** How a call ended: a tool's result object, or the error that was told. */
export type AuditedOutcome = Readonly<Record<string, unknown>> | CharitylogError;

/** A line of the log, as JSON. */
export interface AuditLine {
  /** When it was written (ISO 8601, UTC). */
  readonly time: string;
  readonly identity: string;
  /** Name and version, as `claude-desktop/1.2.3`. */
  readonly client?: string;
  readonly tool: string;
  /** Names of the arguments given, sorted; `(unknown)` for those that the tool doesn't have. */
  readonly arguments: readonly string[];
  /** Names of what was shown of people, or written, sorted. */
  readonly fields?: readonly string[];
  /** `ok`, the status of a create, or the kind of the error. */
  readonly outcome: string;
  /** Ids of the records that were shown or written, at most 100. */
  readonly ids?: readonly number[];
  readonly ids_left_out?: number;
  /** How many people were found in all. */
  readonly count?: number;
  readonly ms: number;
  readonly late?: true;
}

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
  write(call: AuditedCall, outcome: AuditedOutcome): void {
    try {
      this.#append(`${JSON.stringify(lineOf(this.#identity, call, outcome))}\n`);
      this.#reported.clear();
    } catch (error) {
      const { logText } = asAuditFault(error);
      if (!this.#reported.has(logText)) this.#report(logText);
      this.#reported.add(logText);
    }
  }

  /**
   * For who mustn't act unlogged: returns where the next line is expected to be written. After a line that found no room
   * this needs another one that did; the line of the refused call is a try.
   *
   * @throws CharitylogError `config` saying why the log can't be written
   */
  check(): void {
    try {
      closeSync(openPrivately(this.#file));
      if (this.#writeFault) throw this.#writeFault;
    } catch (error) {
      throw asAuditFault(error);
    }
  }

  #append(line: string): void {
    const file = openPrivately(this.#file);
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

/**
 * Opens the file for appending; one that isn't there is created for its owner alone.
 *
 * @throws CharitylogError `config` for a file that others may read or write, and for what isn't a file
 */
function openPrivately(path: string): number {
  const file = openSync(path, 'a+', 0o600);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw auditFault('it is not a regular file');
    // Windows has no such modes: it shows every file as open to all.
    const isShared = process.platform !== 'win32' && (stats.mode & 0o077) !== 0;
    if (isShared) throw auditFault('others than its owner have access to it; run chmod 600 on the file');
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
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
  if (writeSync(file, bytes) < bytes.length) throw auditFault('there was room for a part of a line only');
}

/** Any failure as an error without the path, which may hold somebody's name. */
function asAuditFault(error: unknown): CharitylogError {
  return error instanceof CharitylogError ? error : auditFault(systemReason(error));
}

function auditFault(reason: string): CharitylogError {
  const logText = `The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: ${reason}.`;
  const message = `${logText} Nothing was done. Tell the user that an administrator has to mend it.`;
  return new CharitylogError('config', message, { logText });
}

function lineOf(identity: string, call: AuditedCall, outcome: AuditedOutcome): AuditLine {
  const { fields, ...found } = outcome instanceof CharitylogError ? { outcome: outcome.kind } : summaryOf(outcome);
  return {
    time: new Date().toISOString(),
    identity,
    ...(call.client && { client: `${cleanWord(call.client.name)}/${cleanWord(call.client.version)}` }),
    tool: call.tool.name,
    arguments: argumentNames(call),
    ...(fields && { fields }),
    ...found,
    ms: Math.round(call.ms),
    ...(call.late && { late: true }),
  };
}

/** What a result object of any tool tells without values. Ids of types and options are no record's. */
function summaryOf(
  result: Readonly<Record<string, unknown>>,
): Pick<AuditLine, 'fields' | 'outcome' | 'ids' | 'ids_left_out' | 'count'> {
  const { status, total, id, people, person, candidates, stored_fields: stored } = result;
  const shown = [people, person, candidates].flat().filter(isObject);
  const fields = new Set([...shown, stored].filter(isObject).flatMap(Object.keys));
  fields.delete('id');
  const ids = [id, ...shown.map(one => one.id)].filter(Number.isSafeInteger) as number[];
  return {
    ...(fields.size > 0 && { fields: [...fields].sort() }),
    outcome: typeof status === 'string' ? status : 'ok',
    ...(ids.length > 0 && { ids: ids.slice(0, maxIds) }),
    ...(ids.length > maxIds && { ids_left_out: ids.length - maxIds }),
    ...(typeof total === 'number' && { count: total }),
  };
}

/** The names of the arguments given, as the tool writes them; what `more` holds counts as given by its own name. */
function argumentNames({ tool, input, lists }: AuditedCall): string[] {
  const known = knownNames(tool, lists);
  const bySpelling = new Map(known.map(name => [plain(name), name]));
  const given = Object.entries(flatInput(tool.name, input)).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  const names = given.map(([key]) => (known.includes(key) ? key : (bySpelling.get(plain(key)) ?? unknownName)));
  return [...new Set(names)].sort();
}

/** The tool's published arguments, and all fields where it takes more of them than are published. */
function knownNames(tool: AuditedCall['tool'], lists: FieldLists): string[] {
  const published = Object.keys(tool.schema(lists).properties);
  const fields = [...lists.filterable, ...lists.selectable].map(field => field.name);
  return published.includes('more') ? [...published, ...fields] : published;
}

function flatInput(tool: string, input: unknown): object {
  if (!isObject(input)) return {};
  try {
    return expandMore(input, { tool, example: {} }) as object;
  } catch {
    return input;
  }
}

/** What a host says of itself, on one line and short. */
function cleanWord(text: string): string {
  return cleanText(text.slice(0, 60)).replace(/\s+/g, ' ').trim();
}
