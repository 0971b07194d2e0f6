import { createHash, createHmac, randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { CharitylogError, systemReason } from '../../base/errors.ts';
import { fileProblem, readPrivateText } from '../../base/private-file.ts';
import type { OAuthPerson } from './access-tokens.ts';
import { type Caller, type ParsedCallers, parseCallers } from './parse-callers.ts';
import { callerOf } from './resolve-person.ts';

export type { Caller };

/** How often the file is looked at, in milliseconds: a caller who is taken out of it is refused within a second. */
const lookEveryMs = 500;

/** A larger file is no list of callers. In bytes. */
const largestFile = 1_000_000;

/** How many problems an error names. */
const maxProblems = 20;

/**
 * Who may call the HTTP service: the callers file, read again whenever it has changed.
 *
 * The file is found by its path each time, so it may be written in place, replaced by a rename, or be a link that is led
 * elsewhere. A file that is wrong, half written or gone changes nothing: those who were read before stay.
 */
export class CallersFile {
  readonly #file: string;
  readonly #report: (line: string) => void;
  readonly #listeners: ((callers: readonly Caller[]) => void)[] = [];
  #callers: readonly Caller[] = [];
  /** By a MAC of their tokens' hashes, with a key of this process. */
  #byToken: ReadonlyMap<string, Caller> = new Map();
  readonly #macKey = randomBytes(32);
  /** The text that the callers were read from. */
  #text = '';
  /** The file as it was last read. */
  #seen = '';
  /** Whether to read the file once more: a second write may be as old as the first, to the file system's clock. */
  #isFresh = true;
  /** The problem of the file as it was last read, and whether it has been reported. */
  #problem: { readonly text: string; isTold: boolean } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(file: string, report: (line: string) => void) {
    this.#file = file;
    this.#report = report;
  }

  /**
   * Reads and checks the file, to which nobody but its owner may have access, and looks for changes until
   * {@link CallersFile.close}; that doesn't keep the process.
   *
   * @param report takes lines about changes; they name callers and fields, and hold no key, token or path
   * @throws CharitylogError `config` naming all that is wrong
   */
  static async open(file: string, report: (line: string) => void): Promise<CallersFile> {
    const callers = new CallersFile(file, report);
    callers.#seen = await fingerprint(file);
    callers.#use(await readCallers(file));
    callers.#lookLater();
    return callers;
  }

  /** All callers, in the order of the file. */
  get callers(): readonly Caller[] {
    return this.#callers;
  }

  /**
   * The caller whose token this is. How long that takes tells nothing of the hashes in the file, as nobody outside knows how
   * near the MACs of two of them are.
   */
  byToken(token: string): Caller | undefined {
    return this.#byToken.get(this.#macOf(createHash('sha256').update(token).digest('hex')));
  }

  /** The caller that the holder of an OAuth token is, as {@link callerOf} tells it. */
  byPerson(person: OAuthPerson): ReturnType<typeof callerOf> {
    return callerOf(person, this.#callers);
  }

  /** A caller as the file has them now; `undefined` for one who is no longer in it. */
  asOfNow({ tokenSha256, person }: Caller): Caller | undefined {
    if (!person) return this.#callers.find(one => one.tokenSha256 !== undefined && one.tokenSha256 === tokenSha256);
    const caller = this.byPerson(person);
    return caller === 'different keys' ? undefined : caller;
  }

  /** `listener` is told all callers whenever they have changed, once they are in force. */
  onChange(listener: (callers: readonly Caller[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Looks for no more changes. */
  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #lookLater(): void {
    this.#timer = setTimeout(() => void this.#look(), lookEveryMs).unref();
  }

  async #look(): Promise<void> {
    const seen = await fingerprint(this.#file);
    const hasChanged = seen !== this.#seen;
    // A problem may pass without a change of the file: too many open files, a share that is away.
    const mustRead = hasChanged || this.#isFresh || this.#problem;
    this.#seen = seen;
    this.#isFresh = hasChanged;
    const read = mustRead ? await readCallers(this.#file).catch((error: CharitylogError) => error) : undefined;
    if (this.#isClosed) return;
    this.#lookLater();
    if (read instanceof CharitylogError) this.#complain(read.logText);
    else if (read) this.#change(read);
  }

  #change(read: CallersRead): void {
    const isNew = read.text !== this.#text;
    const isMended = this.#problem?.isTold;
    this.#problem = undefined;
    if (isNew) this.#use(read);
    if (isNew || isMended) this.#report(`callers file read again: ${counted(read.callers.length)}`);
    if (isNew) for (const listener of this.#listeners) listener(this.#callers);
  }

  /** Reports a problem at the second look: at the first, the file may be in the middle of being written. */
  #complain(text: string): void {
    if (this.#problem?.text !== text) {
      this.#problem = { text, isTold: false };
    } else if (!this.#problem.isTold) {
      this.#problem.isTold = true;
      this.#report(`${text.replaceAll('\n', ' ')} The ${counted(this.#callers.length)} read before stay in force.`);
    }
  }

  #use({ text, callers }: CallersRead): void {
    this.#text = text;
    this.#callers = callers;
    this.#byToken = new Map(
      callers.flatMap(caller =>
        caller.tokenSha256 === undefined ? [] : [[this.#macOf(caller.tokenSha256), caller] as const],
      ),
    );
  }

  #macOf(tokenSha256: string): string {
    return createHmac('sha256', this.#macKey).update(tokenSha256).digest('base64url');
  }
}

type CallersRead = Pick<ParsedCallers, 'callers'> & { readonly text: string };

/** Differs whenever another file, or other text, is at the path; reads nothing. */
async function fingerprint(path: string): Promise<string> {
  try {
    const { dev, ino, mode, uid, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, mode, uid, size, mtimeNs, ctimeNs].join();
  } catch (error) {
    return systemReason(error);
  }
}

async function readCallers(path: string): Promise<CallersRead> {
  const text = await readPrivateText(path, largestFile).catch((error: unknown) => {
    throw callersFault(`It cannot be read: ${fileProblem(error)}.`);
  });
  const { callers, problems } = parseCallers(text);
  if (problems.length === 0) return { text, callers };
  const left = problems.length - maxProblems;
  throw callersFault([...problems.slice(0, maxProblems), ...(left > 0 ? [`And ${left} more.`] : [])].join('\n'));
}

function counted(callers: number): string {
  return `${callers} caller${callers === 1 ? '' : 's'}`;
}

function callersFault(problem: string): CharitylogError {
  const message = `The callers file (CHARITYLOG_CALLERS) cannot be used. ${problem}`;
  return new CharitylogError('config', message, { logText: message });
}
