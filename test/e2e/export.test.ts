import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';
import { atEnd } from '../support/lifetime.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

test('an export is whole or gone: on a disk that is full, and when the program is stopped', async () => {
  const sandbox = await useSandbox({ people: 3000 });
  const folder = await mkdtemp(join(tmpdir(), 'exports-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  const client = await connectV2({
    command: 'sh',
    // A file of this process can't grow beyond so many blocks then.
    args: ['-c', 'ulimit -f 32 && exec "$@"', 'sh', process.execPath, 'dist/cli.js', '--read-only'],
    env: { ...settingsFor(sandbox), CHARITYLOG_EXPORT_DIR: folder },
  });
  const full = await client.call('export_people', { file: 'all' });
  expect(full).toMatchObject({ isError: true, text: expect.stringContaining('file too large (EFBIG)') });
  expect(full.text).toContain('Nothing of it is left.');
  expect(await readdir(folder)).toEqual([]);
  const some = await client.call('export_people', { where: ['id < 50'], file: 'some' });
  expect(some.data).toMatchObject({ file: 'some.csv' });
  const text = await readFile(join(folder, 'some.csv'), 'utf8');
  expect(text.split('\r\n')).toHaveLength(some.data.total + 2);

  sandbox.misbehave({ kind: 'stall', path: '/field/' });
  const cut = client.call('export_people', { file: 'cut' });
  await expect.poll(() => readdir(folder)).toHaveLength(2);
  await client.close();
  await expect(cut).rejects.toThrow();
  await expect.poll(() => readdir(folder)).toEqual(['some.csv']);
  expect(client.stderr()).not.toContain(folder);
});
