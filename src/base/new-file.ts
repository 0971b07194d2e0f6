/** A file that is there whole and under its name, or not at all; whatever was there before stays as it is. */

import { constants } from 'node:fs';
import { copyFile, type FileHandle, link, open, unlink } from 'node:fs/promises';

/** Texts are written in pieces of about so many characters. */
const pieceLength = 65_536;

/** How many characters may wait to be written before {@link NewFile.ready} asks for patience. */
const mostWaiting = 16 * pieceLength;

/** Systems of files that know no second name for a file say one of these. */
const withoutLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/**
 * A file that is written while its texts come, under a name of its own for the time being. It is for its owner alone.
 * What goes wrong is thrown by the call that follows.
 */
export class NewFile {
  readonly #path: string;
  readonly #file: FileHandle;
  #piece = '';
  #waiting = 0;
  #written: Promise<unknown> = Promise.resolve();
  #failure: { readonly cause: unknown } | undefined;
  #size = 0;
  #isDiscarded = false;
  #kept: Promise<string | undefined> = Promise.resolve(undefined);

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /** @param path where it is until it is kept; nothing may be there, no link either */
  static async create(path: string): Promise<NewFile> {
    const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
    return new NewFile(path, await open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600));
  }

  write(text: string): void {
    this.#throwIfFailed();
    this.#piece += text;
    if (this.#piece.length >= pieceLength) this.#writePiece();
  }

  /** Resolves when more may come; `undefined` where it may at once. */
  ready(): Promise<void> | undefined {
    return this.#waiting > mostWaiting ? this.#settled() : undefined;
  }

  /** Forgets all that was written. */
  restart(): void {
    this.#piece = '';
    this.#inTurn(async () => {
      await this.#file.truncate(0);
      this.#size = 0;
    });
  }

  /** Gives the whole file the first of these paths where nothing is, and resolves with it; with nothing where all are taken. */
  keep(paths: readonly string[]): Promise<string | undefined> {
    const keeping = this.#keep(paths);
    this.#kept = keeping.catch(() => undefined);
    return keeping;
  }

  async #keep(paths: readonly string[]): Promise<string | undefined> {
    this.#writePiece();
    await this.#settled();
    await this.#file.datasync();
    await this.#file.close();
    for (const path of paths) {
      if (this.#isDiscarded || !(await isGiven(this.#path, path))) continue;
      await unlink(this.#path);
      return path;
    }
    return undefined;
  }

  /** Takes the file away, under whatever name it is. */
  async discard(): Promise<void> {
    this.#isDiscarded = true;
    await this.#written;
    const kept = await this.#kept;
    // Closed already where it was about to be kept.
    await this.#file.close().catch(() => undefined);
    for (const path of kept === undefined ? [this.#path] : [this.#path, kept]) {
      await unlink(path).catch(error => {
        if (error.code !== 'ENOENT') throw error;
      });
    }
  }

  #writePiece(): void {
    const text = this.#piece;
    this.#piece = '';
    this.#waiting += text.length;
    this.#inTurn(async () => {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await this.#file.write(bytes, at, bytes.length - at, this.#size);
        at += bytesWritten;
        this.#size += bytesWritten;
      }
    }).finally(() => {
      this.#waiting -= text.length;
    });
  }

  /** After a failure nothing more is written. */
  #inTurn(work: () => Promise<void>): Promise<unknown> {
    this.#written = this.#written
      .then(() => (this.#failure || this.#isDiscarded ? undefined : work()))
      .catch(cause => {
        this.#failure ??= { cause };
      });
    return this.#written;
  }

  async #settled(): Promise<void> {
    await this.#written;
    this.#throwIfFailed();
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.cause;
  }
}

/** Gives a file a second name; false where something has it. A copy, which never replaces anything either, where that can't be. */
async function isGiven(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name).catch(error => {
      if (!withoutLinks.includes(error.code)) throw error;
      return copyFile(path, name, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
