import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type AuditedCall, type AuditedOutcome, AuditLog } from '../../src/audit/audit-log.ts';
import { CharitylogError } from '../../src/base/errors.ts';
import type { Field, FieldLists } from '../../src/catalogue/catalogue.ts';
import { getPerson } from '../../src/mcp/tools/get-person.ts';
import { searchPeople } from '../../src/mcp/tools/search-people.ts';
import { secretInputs, secretMark, secretNumber, secretOutcomes } from '../support/secrets.ts';

const lists = listsOf('type', 'district', 'email', 'date_of_birth');
const call: AuditedCall = {
  tool: searchPeople,
  input: {},
  lists,
  client: { name: 'test-client', version: '1.0.0' },
  ms: 12.4,
};

const published = Object.keys(searchPeople.schema(lists).properties);

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  file = join(folder, 'audit.jsonl');
  onTestFinished(() => rm(folder, { recursive: true }));
});

describe('a line', () => {
  test('tells who called what, with which arguments, and how that ended', async () => {
    const before = Date.now();
    const line = await lineFor(
      { input: { surname: 'Shaw', email: 'jo@example.org', limit: 2, cursor: null } },
      {
        total: 12,
        people: [
          { id: 41, name: 'Jo Shaw', type: 'Clients', email: 'jo@example.org' },
          { id: 57, name: 'Jo Shaw', type: 'Staff', inactive: true },
        ],
        applied_filters: { email: 'jo@example.org' },
        next_cursor: '57.abc',
        notes: ['Jo Shaw'],
      },
    );
    expect(line).toEqual({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      identity: 'reception',
      client: 'test-client/1.0.0',
      tool: 'search_people',
      arguments: ['(unknown)', 'email', 'limit'],
      fields: ['email', 'inactive', 'name', 'type'],
      outcome: 'ok',
      ids: [41, 57],
      count: 12,
      ms: 12,
    });
    expect(Date.parse(line.time)).toBeGreaterThanOrEqual(before);
  });

  test.each<[string, AuditedOutcome, object]>([
    [
      'get_person has the id and the names of its fields',
      { person: { id: 37, name: 'Jo', notes: 'unwell' } },
      { outcome: 'ok', ids: [37], fields: ['name', 'notes'] },
    ],
    [
      'count_people has the total alone',
      { total: 5, groups: [{ value: 'East', count: 5 }], applied_filters: { district: 'East' } },
      { outcome: 'ok', count: 5 },
    ],
    ['list_client_types has no ids, as those of types are no records', { types: [{ id: 1, name: 'Clients' }] }, ok()],
    ['describe_fields has no ids either', { field: 'district', options: [{ id: 3, name: 'East' }] }, ok()],
    ['describe_fields shows nobody', { fields: [{ name: 'district', label: 'District', kind: 'choice' }] }, ok()],
    [
      'create_person has its status, the new id and what was stored',
      { status: 'created', id: 91, stored_fields: { surname: 'Shaw', email: 'jo@example.org' }, next: 'Look at Shaw.' },
      { outcome: 'created', ids: [91], fields: ['email', 'surname'] },
    ],
    [
      'create_person that wrote nothing has the candidates shown',
      { status: 'possible_duplicates', candidates: [{ id: 8, name: 'Jo Shaw' }], confirm_token: 'secret' },
      { outcome: 'possible_duplicates', ids: [8], fields: ['name'] },
    ],
    ['a doubtful create has its status', { status: 'unknown', next: 'Look up Jo Shaw.' }, { outcome: 'unknown' }],
    [
      'an error has its kind, and neither of its texts',
      new CharitylogError('not_found', 'No Jo Shaw.', { logText: 'unknown person' }),
      { outcome: 'not_found' },
    ],
  ])('of %s', async (_, outcome, expected) => {
    const { time, identity, client, tool, ms, ...found } = await lineFor({}, outcome);
    expect(found).toEqual({ arguments: [], ...expected });
  });

  test('holds 100 ids at most, and the number of the others', async () => {
    const people = Array.from({ length: 130 }, (_, n) => ({ id: n + 1 }));
    const line = await lineFor({}, { total: 130, people });
    expect(line.ids).toEqual(people.slice(0, 100).map(person => person.id));
    expect(line.ids_left_out).toBe(30);
  });

  test('names arguments as the tool does, however they were spelled', async () => {
    const line = await lineFor({ input: { 'Date-Of-Birth': '1950-01-01', TYPE: 'Staff', 'Jo Shaw': 1, 'Al Shaw': 2 } });
    expect(line.arguments).toEqual(['(unknown)', 'date_of_birth', 'type']);
  });

  test('names what `more` holds where the tool takes it', async () => {
    const many = listsOf('type', ...Array.from({ length: 80 }, (_, n) => `extra_${n}`));
    const input = { more: ['extra_70=Jo', 'Jo Shaw=Jo'], extra_79: 'Jo', extra_1: 'Jo' };
    const line = await lineFor({ lists: many, input });
    expect(line.arguments).toEqual(['(unknown)', 'extra_1', 'extra_70', 'extra_79']);
    expect((await lineFor({ lists: many, input: { more: ['Jo Shaw'] } })).arguments).toEqual(['more']);
    expect((await lineFor({ lists: many, input, tool: getPerson })).arguments).toEqual(['(unknown)']);
  });

  test('of a write whose outcome became known after its call says so', async () => {
    expect(await lineFor({ late: true }, { status: 'created', id: 91 })).toMatchObject({ late: true, ids: [91] });
  });

  test('shows a host by a short name without line breaks and hidden characters', async () => {
    const client = { name: `Desk\u202E\r\n  top${'x'.repeat(100)}`, version: `1\u0000.2\ud83d` };
    expect((await lineFor({ client })).client).toBe(`Desk top${'x'.repeat(48)}/1.2\uFFFD`);
    expect(await lineFor({ client: undefined })).not.toHaveProperty('client');
  });

  test('never holds a value, a text, or the name of an argument that the tool does not have', async () => {
    await fc.assert(
      fc.asyncProperty(secretInputs(published), secretOutcomes, async (input, outcome) => {
        await rm(file, { force: true });
        logOf().write({ ...call, input }, outcome);
        const text = await readFile(file, 'utf8');
        expect(text).not.toContain(secretMark);
        expect(text).not.toContain(String(secretNumber));
        for (const name of JSON.parse(text).arguments) expect(['(unknown)', ...published]).toContain(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the file', () => {
  test('is created at the first line, for its owner alone', async () => {
    const log = logOf();
    await expect(stat(file)).rejects.toThrow('ENOENT');
    log.write(call, {});
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('is appended to', async () => {
    await writeFile(file, '{"earlier":true}\n', { mode: 0o600 });
    const log = logOf();
    log.write(call, {});
    log.write(call, {});
    const [earlier, ...lines] = await linesOf(file);
    expect(earlier).toBe('{"earlier":true}');
    expect(lines).toHaveLength(2);
  });

  test.each([0o644, 0o640, 0o602])(
    'with the mode %o is refused, left as it is, and named with chmod 600',
    async mode => {
      await writeFile(file, '');
      await chmod(file, mode);
      const reports: string[] = [];
      const log = logOf(reports);
      log.write(call, {});
      expect(await readFile(file, 'utf8')).toBe('');
      expect(reports).toEqual([expect.stringContaining('run chmod 600 on the file')]);
      expect(() => log.check()).toThrow('run chmod 600 on the file');
      await chmod(file, 0o600);
      log.check();
      log.write(call, {});
      expect(await linesOf(file)).toHaveLength(1);
    },
  );

  test('may be renamed or removed between two lines: the next one starts a new file', async () => {
    const log = logOf();
    log.write(call, { status: 'first' });
    await rename(file, `${file}.1`);
    log.write(call, { status: 'second' });
    expect(await outcomesIn(`${file}.1`)).toEqual(['first']);
    expect(await outcomesIn(file)).toEqual(['second']);
    await rm(file);
    log.write(call, { status: 'third' });
    expect(await outcomesIn(file)).toEqual(['third']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('that ends within a line gets a new one for the next', async () => {
    await writeFile(file, '{"torn":', { mode: 0o600 });
    const log = logOf();
    log.write(call, { status: 'first' });
    log.write(call, { status: 'second' });
    const [torn, ...lines] = await linesOf(file);
    expect(torn).toBe('{"torn":');
    expect(lines.map(line => JSON.parse(line).outcome)).toEqual(['first', 'second']);
  });

  test('takes whole lines from several processes at once', async () => {
    const program = `
      import { AuditLog } from './src/audit/audit-log.ts';
      const [, file, identity] = process.argv;
      const log = new AuditLog({ file, identity, report: line => { throw new Error(line); } });
      const tool = { name: 'search_people', schema: () => ({ properties: {} }) };
      const call = { tool, input: {}, lists: { filterable: [], selectable: [] }, client: undefined, ms: 1 };
      const people = Array.from({ length: 100 }, (_, n) => ({ id: 1e9 + n }));
      for (let total = 0; total < 500; total++) log.write(call, { total, people });`;
    await Promise.all(['one', 'two', 'three'].map(identity => runProgram(program, [file, identity])));
    const lines = (await linesOf(file)).map(line => JSON.parse(line));
    for (const identity of ['one', 'two', 'three']) {
      const counts = lines.filter(line => line.identity === identity).map(line => line.count);
      expect(counts).toEqual(Array.from({ length: 500 }, (_, n) => n));
    }
    expect(lines).toHaveLength(1500);
  });
});

describe('a log that cannot be written', () => {
  test('is reported once for each kind of failure until it works, and each line tries again', async () => {
    const reports: string[] = [];
    const log = new AuditLog({ file: join(folder, 'sub', 'log'), identity: 'x', report: line => reports.push(line) });
    const failsWith = (meaning: string) => `The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: ${meaning}.`;
    const noFolder = failsWith('no such file or directory (ENOENT)');
    const throughFile = failsWith('not a directory (ENOTDIR)');

    log.write(call, {});
    log.write(call, {});
    expect(reports).toEqual([noFolder]);
    await writeFile(join(folder, 'sub'), '');
    log.write(call, {});
    log.write(call, {});
    expect(reports).toEqual([noFolder, throughFile]);
    await rm(join(folder, 'sub'));
    await mkdir(join(folder, 'sub'));
    log.write(call, { status: 'works' });
    expect(await outcomesIn(join(folder, 'sub', 'log'))).toEqual(['works']);
    await rm(join(folder, 'sub'), { recursive: true });
    log.write(call, {});
    expect(reports).toEqual([noFolder, throughFile, noFolder]);
  });

  test('is told by check, to a caller and to logs, without its path', async () => {
    const log = new AuditLog({ file: folder, identity: 'x', report: () => {} });
    const error = thrownBy(() => log.check()) as CharitylogError;
    expect(error).toMatchObject({
      kind: 'config',
      message:
        'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: illegal operation on a directory (EISDIR). ' +
        'Nothing was done. Tell the user that an administrator has to mend it.',
      logText: 'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: illegal operation on a directory (EISDIR).',
    });
  });

  test('is one that is no file, such as a device', async () => {
    await symlink('/dev/null', file);
    expect(() => logOf().check()).toThrow('it is not a regular file');
  });

  test('never breaks the call that it is about', () => {
    const reports: string[] = [];
    const schema = () => {
      throw new TypeError('about Jo Shaw');
    };
    logOf(reports).write({ ...call, tool: { name: 'get_person', schema } }, {});
    expect(reports).toEqual(['The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: failed (TypeError).']);
  });

  test('for want of room is known to check until a line is written; a torn line stays apart', async () => {
    const program = `
      import { truncateSync } from 'node:fs';
      import { AuditLog } from './src/audit/audit-log.ts';
      const [, file] = process.argv;
      const log = new AuditLog({ file, identity: 'x', report: line => console.log(line) });
      const tool = { name: 'search_people', schema: () => ({ properties: {} }) };
      const call = { tool, input: {}, lists: { filterable: [], selectable: [] }, client: undefined, ms: 1 };
      const check = () => { try { log.check(); console.log('ready'); } catch (error) { console.log(error.kind); } };
      check();
      for (let n = 0; n < 30; n++) log.write(call, { total: n });
      check();
      truncateSync(file, 200);
      log.write(call, { total: 30 });
      check();`;
    const output = await runProgram(program, [file], 'ulimit -f 1');
    const full = 'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written:';
    expect(output.trim().split('\n')).toEqual([
      'ready',
      `${full} there was room for a part of a line only.`,
      `${full} file too large (EFBIG).`,
      'config',
      'ready',
    ]);
    const [first = '', torn = '', last = ''] = await linesOf(file);
    expect([JSON.parse(first).count, JSON.parse(last).count]).toEqual([0, 30]);
    expect(() => JSON.parse(torn)).toThrow();
  });
});

function listsOf(...names: string[]): FieldLists {
  const fields = names.map((name): Field => ({ name, label: name, kind: 'text', special: false }));
  return { live: true, filterable: fields, selectable: fields, writable: fields };
}

function ok(): object {
  return { outcome: 'ok' };
}

function logOf(reports: string[] = []): AuditLog {
  return new AuditLog({ file, identity: 'reception', report: line => reports.push(line) });
}

/** What is written of a call, as an object; the log has a new file. */
async function lineFor(parts: Partial<AuditedCall>, outcome: AuditedOutcome = {}) {
  await rm(file, { force: true });
  logOf().write({ ...call, ...parts }, outcome);
  const [line = ''] = await linesOf(file);
  return JSON.parse(line);
}

/** The lines of a file; each must be ended. */
async function linesOf(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  expect(lines.pop()).toBe('');
  return lines;
}

async function outcomesIn(path: string): Promise<string[]> {
  return (await linesOf(path)).map(line => JSON.parse(line).outcome);
}

function thrownBy(task: () => void): unknown {
  try {
    task();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Runs a TypeScript-importing program in a process of its own, after a shell command. */
async function runProgram(program: string, args: string[], before = ':'): Promise<string> {
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', program, '--', ...args];
  const env = { ...process.env, TSX_DISABLE_CACHE: '1' };
  return (await promisify(execFile)('sh', ['-c', `${before} && exec "$@"`, 'sh', ...node], { env })).stdout;
}
