import { type Logger, pino } from 'pino';
import type { Observer } from '../../base/observer.ts';
import { onDroppedLines, writeLine } from '../stderr.ts';

/** The log of the service: a JSON object a line, on stderr, without values of arguments or records. */
export type Log = Logger;

export function openLog(): Log {
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: writeLine });
  onDroppedLines(dropped => log.warn({ dropped }, 'lines of this log were dropped, as nobody read them in time'));
  return log;
}

/** Writes a line for each tool call of one caller. */
export function loggedCalls(service: Log, caller: string): Observer['call'] {
  const log = service.child({ caller });
  return ({ tool, outcome, reason, ms, traceparent }) => {
    const [, trace_id, parent_id] = traceparent?.split('-') ?? [];
    const line = { tool, outcome, reason, ms: Math.round(ms), trace_id, parent_id };
    if (reason === undefined) log.info(line, 'call');
    else log.warn(line, 'call');
  };
}
