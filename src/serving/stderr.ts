import { Console } from 'node:console';
import { visibleLine } from '../base/visible-text.ts';

/** Takes all output that isn't part of the protocol; opened when first used. A reader who closes it loses the log only. */
function stderr(): NodeJS.WriteStream {
  if (process.stderr.listenerCount('error') === 0) process.stderr.on('error', () => undefined);
  return process.stderr;
}

/** Writes a line to stderr. */
export function log(line: string): void {
  stderr().write(`charitylog-mcp: ${visibleLine(line)}\n`);
}

/** Sends to stderr what libraries print: one stray line on stdout would break the protocol, or the log's form. */
export function keepStdoutForTheProtocol(): void {
  let console: Console | undefined;
  Object.defineProperty(globalThis, 'console', {
    get: () => (console ??= new Console(stderr(), stderr())),
    configurable: true,
    enumerable: false,
  });
}
