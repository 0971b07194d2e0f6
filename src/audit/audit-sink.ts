import { CharitylogError } from '../base/errors.ts';

/** How long a line is waited for, in milliseconds: a place that hangs would hold every call. */
export const longestWriteMs = 2000;

/** Where lines of an audit log go. */
export interface AuditSink {
  /**
   * Resolves once the line is there, as far as can be known, within {@link longestWriteMs}.
   *
   * @param line JSON, without a line's end
   * @throws CharitylogError `config` saying why it isn't, without a path, an address or a value
   */
  write(line: string): Promise<void>;
  /** Resolves if a line could be written; throws as `write` does. */
  check(): Promise<void>;
  /** Resolves when all lines so far are there, or don't get there in their time. */
  settle(): Promise<void>;
}

/** The failure of a place, named by its variable. */
export function auditFault(variable: string, reason: string): CharitylogError {
  const logText = `The audit log (${variable}) cannot be written: ${reason}.`;
  const message = `${logText} Nothing was done. Tell the user that an administrator must fix it.`;
  return new CharitylogError('config', message, { logText });
}
