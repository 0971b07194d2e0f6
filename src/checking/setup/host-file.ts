/** A host's file on disk: read as it is, kept beside, written whole or not at all. */

import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { access, lstat, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { writeFile as writeWhole } from 'atomically';
import { bounds } from '../../base/bounds.ts';
import { CharitylogError, systemReason } from '../../base/errors.ts';

const byteOrderMark = '\uFEFF';

/** What a host's file says, without its byte order mark. `bytes` is `undefined` where there is no file. */
export interface HostFile {
  readonly path: string;
  readonly text: string;
  readonly bytes: Buffer | undefined;
  /** The bits of its mode: who may read and write it. */
  readonly mode: number;
}

/**
 * Reads a file that is about to be changed. A link is followed, so that the file behind it changes and the link stays.
 *
 * @throws CharitylogError `config` for a file that can't be read, or that nobody may write; its message begins with "it"
 */
export async function readHostFile(path: string): Promise<HostFile> {
  try {
    if (!(await lstat(path).catch(ifMissing))) return { path, text: '', bytes: undefined, mode: 0o600 };
    const real = await realpath(path);
    const { mode, size } = await regularFile(real);
    if (size > bounds.hostFile) throw new CharitylogError('config', `it is larger than ${bounds.hostFile} bytes.`);
    if ((mode & 0o222) === 0) throw new CharitylogError('config', 'it is read-only. Allow writing to it first.');
    await access(real, constants.W_OK);
    const bytes = await readFile(real);
    return { path: real, text: textOf(bytes), bytes, mode: mode & 0o777 };
  } catch (error) {
    throw inWords(error);
  }
}

/**
 * Writes the new text, and keeps what was there beside it.
 *
 * @returns the path of the copy; `undefined` where there was no file
 * @throws CharitylogError `config` where it can't be written, or where the host wrote it meanwhile
 */
export async function writeHostFile(before: HostFile, text: string, now: Date): Promise<string | undefined> {
  const { path, bytes, mode } = before;
  try {
    const copy = bytes && `${path}.before-charitylog-${now.toISOString().replace(/\D/g, '').slice(0, 17)}`;
    if (copy) await writeFile(copy, bytes, { flag: 'wx', mode });
    const present = await readFile(path).catch(ifMissing);
    if (bytes ? !present?.equals(bytes) : present) {
      throw new CharitylogError('config', 'it was changed meanwhile by another program. Run setup again.');
    }
    const mark = bytes?.toString('utf8').startsWith(byteOrderMark) ? byteOrderMark : '';
    await writeWhole(path, mark + text, { mode });
    return copy;
  } catch (error) {
    throw inWords(error);
  }
}

async function regularFile(path: string) {
  const stats = await stat(path);
  if (stats.isFile()) return stats;
  throw new CharitylogError('config', 'it is not a regular file.');
}

function textOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes);
  throw new CharitylogError('config', 'it is not written in UTF-8. Save it as UTF-8, and run setup again.');
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function inWords(error: unknown): Error {
  return error instanceof CharitylogError
    ? error
    : new CharitylogError('config', `it can't be used: ${systemReason(error)}.`);
}
