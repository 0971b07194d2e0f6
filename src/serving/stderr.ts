import { Console } from 'node:console';
import { once } from 'node:events';
import { Writable, type WritableOptions } from 'node:stream';
import { visibleLine } from '../base/visible-text.ts';

/** How many bytes wait at most for who reads stderr: some thousand lines. */
const mostWaiting = 262_144;

/** How long lines are gathered until they are written, in milliseconds: a write for each would take longer than the rest of it. */
const gatheredForMs = 20;

let gathered = '';
let dropped = 0;
/** How many of them the log tells of. */
let told = 0;
let tellDropped = (lines: number): void => log(`${lines} lines of this log were dropped, as nobody read them in time`);

/** Takes all output that isn't part of the protocol; opened when first used. A reader who closes it loses the log only. */
function stderr(): NodeJS.WriteStream {
  if (process.stderr.listenerCount('error') === 0) {
    process.stderr.on('error', () => undefined);
    process.once('exit', writeGathered);
    process.stderr.on('drain', () => {
      if (dropped === told) return;
      const lines = dropped - told;
      told = dropped;
      tellDropped(lines);
    });
  }
  return process.stderr;
}

/** How many lines were dropped so far. */
export function droppedLines(): number {
  return dropped;
}

/** Has it told in another form, once lines are read again, how many were dropped. */
export function onDroppedLines(tell: (lines: number) => void): void {
  tellDropped = tell;
}

/**
 * Writes text to stderr, a line's end included, together with the other lines of the moment: a process that is killed loses no
 * more than those. Nobody waits for its reader: what doesn't fit is dropped, and counted.
 */
export function writeLine(text: string): void {
  if (stderr().writableLength + gathered.length >= mostWaiting) {
    dropped++;
    return;
  }
  if (gathered === '') setTimeout(writeGathered, gatheredForMs).unref();
  gathered += text;
}

function writeGathered(): void {
  const text = gathered;
  gathered = '';
  if (text !== '') process.stderr.write(text);
}

/** Writes a line to stderr. */
export function log(line: string): void {
  writeLine(`charitylog-mcp: ${visibleLine(line)}\n`);
}

/** Resolves when all that was written has been read, or after `ms` milliseconds. */
export async function logRead(ms: number): Promise<void> {
  writeGathered();
  if (process.stderr.writableLength > 0) {
    await once(process.stderr, 'drain', { signal: AbortSignal.timeout(ms) }).catch(() => undefined);
  }
}

/** Sends to stderr what libraries print: one stray line on stdout would break the protocol, or the log's form. */
export function keepStdoutForTheProtocol(): void {
  let console: Console | undefined;
  const write: WritableOptions['write'] = (text, _encoding, done) => {
    writeLine(String(text));
    done();
  };
  Object.defineProperty(globalThis, 'console', {
    get: () => (console ??= new Console(new Writable({ decodeStrings: false, write }))),
    configurable: true,
    enumerable: false,
  });
}
