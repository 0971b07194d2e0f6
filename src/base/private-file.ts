/** Files that nobody but their owner may have access to: they hold secrets, or tell who did what. */

import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { systemReason } from './errors.ts';

/** Opening a pipe without this flag waits for its other end. Windows has no such flag. */
const nonBlocking = constants.O_NONBLOCK ?? 0;

/** Why a file isn't used: its message begins with "it" or "others", names no path, and ends without a full stop. */
class UnfitFile extends Error {}

/**
 * Opens a file for reading and appending; one that isn't there is created for its owner alone.
 *
 * The caller closes it.
 *
 * @throws an error that {@link fileProblem} puts in words
 */
export async function openToAppend(path: string): Promise<FileHandle> {
  const file = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | nonBlocking, 0o600);
  try {
    refuseUnlessPrivate(await file.stat(), 0o077);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Reads a text of up to `maxBytes` bytes. A group may read the file too where its owner isn't the user of this process:
 * so do orchestrators hand over secrets (Kubernetes: owner root, mode 0440, the group of the pod).
 *
 * @throws an error that {@link fileProblem} puts in words
 */
export async function readPrivateText(path: string, maxBytes: number): Promise<string> {
  const file = await open(path, constants.O_RDONLY | nonBlocking);
  try {
    const stats = await file.stat();
    refuseUnlessPrivate(stats, stats.uid === process.getuid?.() ? 0o077 : 0o037);
    if (stats.size > maxBytes) throw new UnfitFile(`it is larger than ${maxBytes} bytes`);
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/** @param refused the bits of the mode of which none may be set */
function refuseUnlessPrivate(stats: Stats, refused: number): void {
  if (!stats.isFile()) throw new UnfitFile('it is not a regular file');
  // Windows has no such modes: it shows every file as open to all.
  if (process.platform === 'win32' || (stats.mode & refused) === 0) return;
  throw new UnfitFile(
    'others than its owner have access to it; run chmod 600 on the file (secrets of Kubernetes or Docker: mode 0440)',
  );
}

/** Why a file can't be used, in words without its path: what the system says, or what its modes are. */
export function fileProblem(error: unknown): string {
  return error instanceof UnfitFile ? error.message : systemReason(error);
}
