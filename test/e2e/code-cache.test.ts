import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { connectV2 } from '../support/clients.ts';

/** A copy of the built program, and the files of its code cache. */
async function copyOfProgram() {
  const folder = await mkdtemp(join(tmpdir(), 'code-cache-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await cp('dist', folder, { recursive: true });
  const cache = join(folder, 'cache', `${process.version}-${process.arch}`);
  const files = (await readdir(cache)).map(name => join(cache, name));
  return { program: join(folder, 'cli.js'), cache, files };
}

async function toolsOf(program: string): Promise<string[]> {
  const client = await connectV2({ args: [program] });
  const tools = await client.listTools();
  await client.close();
  expect(client.stderr()).toBe('');
  return tools.map(tool => tool.name);
}

const twice = (data: Buffer) => Buffer.concat([data, data]);
const flipped = (data: Buffer, at: number) => {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};
const half = (data: Buffer) => data.subarray(0, data.length / 2);

test.each<[string, (data: Buffer) => Buffer]>([
  ['with a bit of its code changed', data => flipped(data, Math.floor(data.length * 0.2))],
  ['cut short', data => data.subarray(0, data.length / 3)],
  ['empty', () => Buffer.alloc(0)],
  ['of another V8', data => twice(flipped(half(data), 4))],
  ['of other code', data => twice(flipped(half(data), 8))],
  ['of noise', data => twice(Buffer.alloc(data.length, 'noise'))],
])('the program starts with a code cache %s', async (_, damage) => {
  const { program, files } = await copyOfProgram();
  for (const file of files) await writeFile(file, damage(await readFile(file)));
  expect(await toolsOf(program)).toContain('search_people');
});

test('the program starts where it can write no code cache', async () => {
  const { program, cache } = await copyOfProgram();
  await rm(join(cache, '..'), { recursive: true });
  await writeFile(join(cache, '..'), 'a file where the folder should be');
  expect(await toolsOf(program)).toContain('search_people');
});

test('programs that start at once leave one code cache that is whole', async () => {
  const { program, cache, files } = await copyOfProgram();
  await rm(cache, { recursive: true });
  await Promise.all([1, 2, 3].map(() => toolsOf(program)));
  const written = (await readdir(cache)).map(name => join(cache, name));
  expect(files).toEqual(expect.arrayContaining(written));
  expect(written.some(file => /start-\w+\.js$/.test(file))).toBe(true);
  for (const file of written) {
    const data = await readFile(file);
    expect(half(data)).toEqual(data.subarray(data.length / 2));
  }
});
