import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AuditLog } from '../../../src/audit/audit-log.ts';
import { Budget, Share } from '../../../src/base/budget.ts';
import { exportPeopleTo } from '../../../src/mcp/tools/export-people.ts';
import type { SandboxOptions } from '../../../src/sandbox/sandbox.ts';
import { LocalExportFolder } from '../../../src/serving/exports/export-folder.ts';
import { atEnd } from '../../support/lifetime.ts';
import { type Tools, useTools } from '../../support/tools.ts';

interface Exports extends Tools {
  readonly folder: string;
  files(): Promise<string[]>;
  /** The lines of a file, without its mark. */
  lines(file: string): Promise<string[]>;
}

async function useExports(
  sandbox: SandboxOptions = {},
  given: Parameters<typeof useTools>[1] & { folder?: string; room?: Share } = {},
): Promise<Exports> {
  const folder = given.folder ?? (await useFolder());
  const tool = exportPeopleTo(new LocalExportFolder(folder), ...(given.room ? [given.room] : []));
  const tools = await useTools(sandbox, { ...given, moreTools: [tool] });
  return {
    ...tools,
    folder,
    files: async () => (await readdir(folder)).sort(),
    async lines(file) {
      const text = await readFile(join(folder, file), 'utf8');
      expect(text.startsWith('\ufeff')).toBe(true);
      expect(text.endsWith('\r\n')).toBe(true);
      return text.slice(1, -2).split('\r\n');
    },
  };
}

async function useFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'exports-'));
  atEnd(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('export_people', () => {
  test('writes who matches into a file for its owner alone, and tells no row', async () => {
    const tools = await useExports();
    const where = ['district is Eastwick;Westbrook'];
    const args = { type: 'Carers', where, fields: ['district', 'date_of_birth'], file: 'carers' };
    const { data, text } = await tools.call('export_people', args);
    const meant = tools.sandbox.people.filter(
      ({ type, district }) => type.includes(3) && ['21', '22'].includes(String(district)),
    );
    const columns = ['id', 'first_name', 'surname', 'district', 'date_of_birth'];
    expect(data).toMatchObject({ total: meant.length, file: 'carers.csv', columns });
    const [header, ...rows] = await tools.lines('carers.csv');
    expect(header).toBe(columns.join(','));
    expect(rows.map(row => Number(row.split(',')[0]))).toEqual(meant.map(({ id }) => id));
    for (const row of rows) expect(row).toMatch(/^\d+,[^,]+,[^,]+,(Eastwick|Westbrook),(\d{4}-\d\d-\d\d)?$/);
    for (const { surname } of meant) expect(text).not.toContain(String(surname));
    expect((await lstat(join(tools.folder, 'carers.csv'))).mode & 0o777).toBe(0o600);
    expect(await tools.files()).toEqual(['carers.csv']);
  });

  test.each<[string, SandboxOptions]>([
    ['names and British days', { system: { people: 'map', dates: 'dmy', wrap: 'data' } }],
    ['ids, and pages', { system: { resolveIds: 'ignored', type: 'list', paging: 'meta', dates: 'iso-time' } }],
    ['an answer that breaks off first', {}],
  ])('is the same of a system that writes %s', async (what, sandbox) => {
    const usual = await useExports({ people: 120 });
    const other = await useExports({ ...sandbox, people: 120 });
    if (what.includes('breaks off')) other.sandbox.misbehave({ kind: 'cut', path: '/field/', times: 1 });
    const args = { fields: ['type', 'district', 'main_language', 'created', 'active'], file: 'all' };
    for (const tools of [usual, other]) expect((await tools.call('export_people', args)).data.total).toBe(120);
    expect((await other.lines('all.csv')).toSorted()).toEqual((await usual.lines('all.csv')).toSorted());
  });

  test('sorts, and gives files of a day names of their own', async () => {
    const tools = await useExports({ people: 60 });
    const { data } = await tools.call('export_people', { sort: '-surname' });
    const again = await tools.call('export_people', { sort: 'surname desc' });
    expect(data.columns).toEqual(['id', 'first_name', 'surname', 'type', 'active', 'deceased']);
    expect(data.file).toMatch(/^people-\d{4}-\d\d-\d\d\.csv$/);
    expect(again.data.file).toBe(data.file.replace('.csv', '-2.csv'));
    const surnames = (await tools.lines(data.file)).slice(1).map(line => line.split(',')[2] ?? '');
    const collator = new Intl.Collator('en-GB', { numeric: true, ignorePunctuation: true });
    expect(surnames).toEqual(surnames.toSorted((a, b) => collator.compare(b, a)));
    expect(surnames).toHaveLength(60);
    expect(await tools.lines(again.data.file)).toEqual(await tools.lines(data.file));
  });

  test('of more people than there is room to sort is refused, and done without the sort', async () => {
    const tools = await useExports({ people: 300 }, { room: new Share(new Budget(4 * 20_000)) });
    const { text, isError } = await tools.call('export_people', { sort: 'surname', file: 'all' });
    expect(isError).toBe(true);
    expect(text).toContain('Mended call: export_people {"file":"all"}');
    expect(await tools.files()).toEqual([]);
    expect((await tools.call('export_people', { sort: 'surname', where: ['id < 20'] })).isError).toBe(false);
    expect((await tools.call('export_people', { file: 'all' })).data.total).toBe(300);
  });

  test('shows masked fields in part in the file, too, and says so', async () => {
    const tools = await useExports({ people: 20 }, { maskedFields: ['date_of_birth', 'email'] });
    const { data } = await tools.call('export_people', { fields: ['email', 'date_of_birth'], file: 'all' });
    expect(data.notes).toContain('Shown in part, as this charity has set: email, date_of_birth.');
    const [, ...rows] = await tools.lines('all.csv');
    for (const row of rows) expect(row).toMatch(/^\d+,[^,]+,[^,]+,(\S\*\*\*@[^,]+)?,(\d{4}|\*\*\*)?$/);
    expect(rows.join()).toContain('***@');
  });

  test('shows special-category fields where they are named, and hidden ones never, inside of values too', async () => {
    const tools = await useExports({ people: 20, extraFields: 1 }, { hiddenFields: ['nhs_number'] });
    for (const person of tools.sandbox.people)
      Object.assign(person, { extra_1: [{ nhs_number: 'A1', religion: 'B2', town: 'C3' }] });
    await tools.call('export_people', { fields: ['extra_1'], file: 'plain' });
    const plain = (await tools.lines('plain.csv')).join('\n');
    expect(plain).toContain('C3');
    expect(plain).not.toMatch(/A1|B2/);
    expect(
      (await tools.call('export_people', { fields: ['religion', 'extra_1'], file: 'named' })).data.columns,
    ).toContain('religion');
    const named = (await tools.lines('named.csv')).join('\n');
    expect(named).toContain('B2');
    expect(named).not.toContain('A1');
    expect((await tools.call('export_people', { fields: ['nhs_number'] })).text).toContain('no field "nhs_number"');
  });

  test('runs nothing of what people wrote, and keeps their lines in one cell', async () => {
    const tools = await useExports({ people: 5 });
    const [first, second, third] = tools.sandbox.people;
    Object.assign(first as object, { surname: '=HYPERLINK("https://example.org")', first_name: '\u200b@x' });
    Object.assign(second as object, { surname: 'a\r\n=1+1,"b"', first_name: '+44' });
    Object.assign(third as object, { surname: '', first_name: null });
    await tools.call('export_people', { file: 'x' });
    const text = await readFile(join(tools.folder, 'x.csv'), 'utf8');
    expect(text).toContain(`${first?.id},'@x,"'=HYPERLINK(""https://example.org"")",`);
    expect(text).toContain(`${second?.id},'+44,"a\n=1+1,""b""",`);
    expect(text).toContain(`${third?.id},,,`);
  });

  test('writes over no file and through no link, and says which name is free', async () => {
    const tools = await useExports({ people: 12 });
    const outside = join(await useFolder(), 'outside.csv');
    await writeFile(join(tools.folder, 'kept.csv'), 'kept');
    await symlink(outside, join(tools.folder, 'link.csv'));
    await mkdir(join(tools.folder, 'folder.csv'));
    for (const file of ['kept', 'link', 'folder']) {
      const { text, isError } = await tools.call('export_people', { file });
      expect(isError).toBe(true);
      expect(text).toContain(`Mended call: export_people {"file":"${file}-2.csv"}`);
    }
    expect(await readFile(join(tools.folder, 'kept.csv'), 'utf8')).toBe('kept');
    await expect(lstat(outside)).rejects.toThrow('ENOENT');
    expect(await tools.files()).toEqual(['folder.csv', 'kept.csv', 'link.csv']);
  });

  test('writes over no file that comes while it writes', async () => {
    const tools = await useExports({ people: 12 });
    tools.sandbox.misbehave({ kind: 'slow', ms: 300, path: '/field/' });
    const exported = tools.call('export_people', { file: 'late' });
    await expect.poll(tools.files).toEqual([expect.stringMatching(/^late\.csv\.[0-9a-f]{12}\.part$/)]);
    await writeFile(join(tools.folder, 'late.csv'), 'another');
    expect((await exported).text).toContain('already');
    expect(await tools.files()).toEqual(['late.csv']);
    expect(await readFile(join(tools.folder, 'late.csv'), 'utf8')).toBe('another');
  });

  test.each(['cancelled', 'broken off by the API', 'refused by the API'])(
    'leaves nothing where it is %s',
    async what => {
      const tools = await useExports({ people: 3000 }, { timeoutMs: 400 });
      const fault = what === 'cancelled' ? 'stall' : what.startsWith('broken') ? 'cut' : undefined;
      tools.sandbox.misbehave(
        fault ? { kind: fault, path: '/field/' } : { kind: 'status', status: 403, path: '/field/' },
      );
      const caller = new AbortController();
      const exported = tools.client.callTool(
        { name: 'export_people', arguments: { file: 'x' } },
        { signal: caller.signal },
      );
      if (what === 'cancelled') {
        await expect.poll(tools.files).toHaveLength(1);
        caller.abort();
        await expect(exported).rejects.toThrow();
      } else expect(await exported).toHaveProperty('isError', true);
      await expect.poll(tools.files).toEqual([]);
    },
  );

  test('goes into the folder that the setting led to at first, and nowhere else', async () => {
    const [real, other] = [await useFolder(), await useFolder()];
    const link = join(await useFolder(), 'link');
    await symlink(real, link);
    const tools = await useExports({ people: 12 }, { folder: link });
    await tools.call('export_people', { file: 'a' });
    await rm(link);
    await symlink(other, link);
    await tools.call('export_people', { file: 'b' });
    expect((await readdir(real)).sort()).toEqual(['a.csv', 'b.csv']);
    await rename(real, `${real}-moved`);
    await symlink(other, real);
    atEnd(() => rm(`${real}-moved`, { recursive: true }));
    const { text } = await tools.call('export_people', { file: 'c' });
    expect(text).toContain('(CHARITYLOG_EXPORT_DIR) cannot be used: it is another folder now');
    expect(await readdir(other)).toEqual([]);
  });

  test('says what is wrong with the folder', async () => {
    const parent = await useFolder();
    await writeFile(join(parent, 'file'), '');
    for (const [name, problem] of [
      ['missing', 'no such file or directory (ENOENT)'],
      ['file', 'it is no folder'],
    ] as const) {
      const tools = await useExports({ people: 12 }, { folder: join(parent, name) });
      expect((await tools.call('export_people', {})).text).toContain(`cannot be used: ${problem}.`);
      expect(tools.log.at(-1)).toContain('export_people: config');
    }
    await chmod(parent, 0o700);
  });

  test('takes conditions where a filter is given, and says so', async () => {
    const tools = await useExports();
    for (const [args, call] of [
      [{ district: 'Eastwick' }, { where: ['district is Eastwick'] }],
      [{ active: true, where: ['age > 20'] }, { where: ['age > 20', 'active is yes'] }],
    ]) {
      const { text } = await tools.call('export_people', args);
      expect(text).toContain(`Mended call: export_people ${JSON.stringify(call)}`);
      expect((await tools.call('export_people', call)).isError).toBe(false);
    }
  });

  test('of nobody is a file with the names of the columns alone', async () => {
    const tools = await useExports();
    const { data } = await tools.call('export_people', { name: 'Nobody Atall', file: 'none' });
    expect(data).toEqual({
      total: 0,
      file: 'none.csv',
      columns: expect.anything(),
      notes: ['Nobody matches: the file has no line but the names of its columns.'],
    });
    expect(await tools.lines('none.csv')).toHaveLength(1);
  });

  test('is in the audit log by number and fields, without the name of the file', async () => {
    const file = join(await useFolder(), 'audit.log');
    const audit = new AuditLog({ file, identity: 'x', report: () => undefined });
    const tools = await useExports({ people: 12 }, { audit });
    await tools.call('export_people', { fields: ['email'], file: 'Gwilym Tansley' });
    const line = await readFile(file, 'utf8');
    expect(JSON.parse(line)).toMatchObject({
      tool: 'export_people',
      arguments: ['fields', 'file'],
      outcome: 'ok',
      count: 12,
      fields: ['email', 'first_name', 'id', 'surname'],
    });
    expect(line).not.toContain('Tansley');
  });

  test('tells how many people it has read', async () => {
    const tools = await useExports({ people: 2500 });
    const seen: number[] = [];
    const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
    await tools.client.callTool({ name: 'export_people', arguments: {} }, { onprogress });
    expect(seen[0]).toBe(1000);
  });

  test('is offered where a folder is set alone', async () => {
    const names = async ({ client }: Tools) => (await client.listTools()).tools.map(({ name }) => name);
    expect(await names(await useTools())).not.toContain('export_people');
    expect(await names(await useExports())).toContain('export_people');
  });
});
