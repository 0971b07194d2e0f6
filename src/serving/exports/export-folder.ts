import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, lstat, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { settled, within } from '../../base/deadlines.ts';
import { CharitylogError, invalid, systemReason } from '../../base/errors.ts';
import { NewFile } from '../../base/new-file.ts';
import type { ExportFile, ExportFolder } from '../../people/asking/exporting/export-file.ts';
import { fileNameOf, nameOfToday, namesLike } from './file-name.ts';

/** How long taking a file away is waited for, in milliseconds: a folder on a share may hang. */
const longestDiscardMs = 2000;

/** The folder of `CHARITYLOG_EXPORT_DIR`. Nothing in it is changed, replaced or read, and nothing outside it is written. */
export class LocalExportFolder implements ExportFolder {
  readonly #setting: string;
  /** Where the setting led to at first: a link that is changed afterwards leads nowhere else. */
  #path: string | undefined;
  readonly #open = new Set<Promise<unknown>>();

  /** @param setting its path, which may be a link to it */
  constructor(setting: string) {
    this.#setting = setting;
  }

  /** @throws CharitylogError `config` where nothing can be written into the folder */
  async check(): Promise<string> {
    try {
      this.#path ??= await realpath(this.#setting);
      if ((await realpath(this.#path)) !== this.#path) throw folderFault('it is another folder now');
      if (!(await stat(this.#path)).isDirectory()) throw folderFault('it is no folder');
      await access(this.#path, constants.W_OK | constants.X_OK);
      return this.#path;
    } catch (error) {
      throw error instanceof CharitylogError ? error : folderFault(systemReason(error));
    }
  }

  async open(given: string | undefined): Promise<ExportFile> {
    const name = given === undefined ? nameOfToday() : fileNameOf(given);
    const folder = await this.check();
    if (given !== undefined && (await isThere(join(folder, name)))) throw await taken(name, folder);
    const part = `${name}.${randomBytes(6).toString('hex')}.part`;
    const file = await written(NewFile.create(join(folder, part)));
    const paths = (given === undefined ? [...namesLike(name)] : [name]).map(one => join(folder, one));
    let isOver = () => {};
    const over = new Promise<void>(resolve => {
      isOver = resolve;
    });
    this.#open.add(over);
    void over.then(() => this.#open.delete(over));
    return {
      write: text => {
        try {
          file.write(text);
        } catch (error) {
          throw fileFault(error);
        }
      },
      ready: () => {
        const ready = file.ready();
        return ready && written(ready);
      },
      restart: () => file.restart(),
      async keep() {
        const path = await written(file.keep(paths));
        if (path === undefined) throw await taken(name, folder);
        isOver();
        return path.slice(folder.length).replace(/^[/\\]/, '');
      },
      async discard() {
        try {
          await within(longestDiscardMs, file.discard());
          return undefined;
        } catch {
          return part;
        } finally {
          isOver();
        }
      },
    };
  }

  /** Resolves when no file is being written any more, or after `ms` milliseconds. */
  settle(ms: number): Promise<void> {
    return settled(this.#open, ms);
  }
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    error => error.code !== 'ENOENT',
  );
}

async function taken(name: string, folder: string): Promise<CharitylogError> {
  const text = `The export folder has a file of the name ${JSON.stringify(name)} already, and nothing is written over it.`;
  for (const free of namesLike(name)) {
    if (!(await isThere(join(folder, free)))) return invalid({ text, mend: args => ({ ...args, file: free }) });
  }
  return invalid(text);
}

function written<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw fileFault(error);
  });
}

/** Why a file isn't there, without its path, which may hold somebody's name. */
function fileFault(error: unknown): CharitylogError {
  const reason = systemReason(error);
  const message = `The file could not be written: ${reason}. Nothing of it is left. Tell the user, who may make room in the export folder.`;
  return new CharitylogError('unavailable', message, { logText: `export: ${reason}` });
}

function folderFault(reason: string): CharitylogError {
  const logText = `The export folder (CHARITYLOG_EXPORT_DIR) cannot be used: ${reason}.`;
  const message = `${logText} It must be a folder that this program may write into. Tell the user that an administrator must fix it.`;
  return new CharitylogError('config', message, { logText });
}
