import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { AuditedCall } from '../../src/audit/audit-line.ts';
import { AuditLog } from '../../src/audit/audit-log.ts';
import { CharitylogError } from '../../src/base/errors.ts';
import type { Field, FieldLists } from '../../src/catalogue/field.ts';
import { givenNames } from '../../src/mcp/arguments/parse.ts';
import type { Tool, ToolResult } from '../../src/mcp/tool.ts';
import { countPeople } from '../../src/mcp/tools/count-people.ts';
import { createPersonFor } from '../../src/mcp/tools/create-person.ts';
import { describeFields } from '../../src/mcp/tools/describe-fields.ts';
import { getPerson } from '../../src/mcp/tools/get-person.ts';
import { listClientTypes } from '../../src/mcp/tools/list-client-types.ts';
import { searchPeople } from '../../src/mcp/tools/search-people.ts';
import { secretInputs, secretMark, secretNumber, secretOutcomes } from '../support/secrets.ts';

const lists = listsOf('type', 'district', 'email', 'date_of_birth');
const createPerson = createPersonFor({ requiredFields: [], createMark: undefined });
const call: AuditedCall = {
  tool: 'search_people',
  argumentNames: [],
  client: { name: 'test-client', version: '1.0.0' },
  outcome: 'ok',
  ms: 12.4,
};

const published = searchPeople.arguments(lists).map(argument => argument.name);

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

  test.each<[string, Tool, ToolResult | CharitylogError, object]>([
    [
      'get_person has the id and the names of its fields',
      getPerson,
      { person: { id: 37, name: 'Jo', notes: 'unwell' } },
      { outcome: 'ok', ids: [37], fields: ['name', 'notes'] },
    ],
    [
      'count_people has the total alone',
      countPeople,
      { total: 5, groups: [{ value: 'East', count: 5 }], applied_filters: { district: 'East' } },
      { outcome: 'ok', count: 5 },
    ],
    [
      'list_client_types has no ids, as those of types are no records',
      listClientTypes,
      { types: [{ id: 1, name: 'Clients' }] },
      ok(),
    ],
    [
      'describe_fields has no ids either',
      describeFields,
      { field: 'district', options: [{ id: 3, name: 'East' }] },
      ok(),
    ],
    [
      'describe_fields shows nobody',
      describeFields,
      { fields: [{ name: 'district', label: 'District', kind: 'choice' }] },
      ok(),
    ],
    [
      'create_person has its status, the new id and what was stored',
      createPerson,
      { status: 'created', id: 91, stored_fields: { surname: 'Shaw', email: 'jo@example.org' }, next: 'Look at Shaw.' },
      { outcome: 'created', ids: [91], fields: ['email', 'surname'] },
    ],
    [
      'create_person that wrote nothing has the candidates shown',
      createPerson,
      { status: 'possible_duplicates', candidates: [{ id: 8, name: 'Jo Shaw' }], confirm_token: 'secret' },
      { outcome: 'possible_duplicates', ids: [8], fields: ['name'] },
    ],
    [
      'a doubtful create has its status',
      createPerson,
      { status: 'unknown', next: 'Look up Jo Shaw.' },
      { outcome: 'unknown' },
    ],
    [
      'an error has its kind, and neither of its texts',
      getPerson,
      new CharitylogError('not_found', 'No Jo Shaw.', { logText: 'unknown person' }),
      { outcome: 'not_found' },
    ],
  ])('of %s', async (_, of, outcome, expected) => {
    const { time, identity, client, tool, ms, ...found } = await lineFor({ tool: of }, outcome);
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
    const line = await lineFor({ on: many, input });
    expect(line.arguments).toEqual(['(unknown)', 'extra_1', 'extra_70', 'extra_79']);
    expect((await lineFor({ on: many, input: { more: ['Jo Shaw'] } })).arguments).toEqual(['more']);
    expect((await lineFor({ on: many, input, tool: getPerson })).arguments).toEqual(['(unknown)']);
  });

  test('of a write whose outcome became known after its call says so', async () => {
    expect(await lineFor({ tool: createPerson, late: true }, { status: 'created', id: 91 })).toMatchObject({
      late: true,
      ids: [91],
    });
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
        const { summary, ...ended } = endedWith(createPerson, outcome);
        await logOf().write({ ...call, argumentNames: namesIn(searchPeople, input), ...ended }, summary);
        const text = await readFile(file, 'utf8');
        expect(text).not.toContain(secretMark);
        expect(text).not.toContain(String(secretNumber));
        for (const name of JSON.parse(text).arguments) expect(['(unknown)', ...published]).toContain(name);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the file', () => {
  test('is created at the first line, for its owner alone', async () => {
    const log = logOf();
    await expect(stat(file)).rejects.toThrow('ENOENT');
    await log.write(call, {});
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('is appended to', async () => {
    await writeFile(file, '{"earlier":true}\n', { mode: 0o600 });
    const log = logOf();
    await log.write(call, {});
    await log.write(call, {});
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
      await log.write(call, {});
      expect(await readFile(file, 'utf8')).toBe('');
      expect(reports).toEqual([expect.stringContaining('run chmod 600 on the file')]);
      await expect(log.check()).rejects.toThrow('run chmod 600 on the file');
      await chmod(file, 0o600);
      await log.check();
      await log.write(call, {});
      expect(await linesOf(file)).toHaveLength(1);
    },
  );

  test('may be renamed or removed between two lines: the next one starts a new file', async () => {
    const log = logOf();
    await log.write({ ...call, outcome: 'first' }, {});
    await rename(file, `${file}.1`);
    await log.write({ ...call, outcome: 'second' }, {});
    expect(await outcomesIn(`${file}.1`)).toEqual(['first']);
    expect(await outcomesIn(file)).toEqual(['second']);
    await rm(file);
    await log.write({ ...call, outcome: 'third' }, {});
    expect(await outcomesIn(file)).toEqual(['third']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test('that ends within a line gets a new one for the next', async () => {
    await writeFile(file, '{"torn":', { mode: 0o600 });
    const log = logOf();
    await log.write({ ...call, outcome: 'first' }, {});
    await log.write({ ...call, outcome: 'second' }, {});
    const [torn, ...lines] = await linesOf(file);
    expect(torn).toBe('{"torn":');
    expect(lines.map(line => JSON.parse(line).outcome)).toEqual(['first', 'second']);
  });

  test('takes whole lines from several processes at once', async () => {
    const program = `
      import { AuditLog } from './src/audit/audit-log.ts';
      const [, file, identity] = process.argv;
      const log = new AuditLog({ file, identity, report: line => { throw new Error(line); } });
      const call = { tool: 'search_people', argumentNames: [], client: undefined, outcome: 'ok', ms: 1 };
      const ids = Array.from({ length: 100 }, (_, n) => 1e9 + n);
      for (let count = 0; count < 500; count++) await log.write(call, { count, ids });`;
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

    await log.write(call, {});
    await log.write(call, {});
    expect(reports).toEqual([noFolder]);
    await writeFile(join(folder, 'sub'), '');
    await log.write(call, {});
    await log.write(call, {});
    expect(reports).toEqual([noFolder, throughFile]);
    await rm(join(folder, 'sub'));
    await mkdir(join(folder, 'sub'));
    await log.write({ ...call, outcome: 'works' }, {});
    expect(await outcomesIn(join(folder, 'sub', 'log'))).toEqual(['works']);
    await rm(join(folder, 'sub'), { recursive: true });
    await log.write(call, {});
    expect(reports).toEqual([noFolder, throughFile, noFolder]);
  });

  test('is told by check, to a caller and to logs, without its path', async () => {
    const log = new AuditLog({ file: folder, identity: 'x', report: () => {} });
    await expect(log.check()).rejects.toMatchObject({
      kind: 'config',
      message:
        'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: illegal operation on a directory (EISDIR). ' +
        'Nothing was done. Tell the user that an administrator must fix it.',
      logText: 'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written: illegal operation on a directory (EISDIR).',
    });
  });

  test('is one that is no file, such as a device', async () => {
    await symlink('/dev/null', file);
    await expect(logOf().check()).rejects.toThrow('it is not a regular file');
  });

  test('for want of room is told of each line until one is written; a torn line stays apart', async () => {
    const program = `
      import { truncateSync } from 'node:fs';
      import { AuditLog } from './src/audit/audit-log.ts';
      const [, file] = process.argv;
      const log = new AuditLog({ file, identity: 'x', report: line => console.log(line) });
      const call = { tool: 'search_people', argumentNames: [], client: undefined, outcome: 'ok', ms: 1 };
      const write = async count => (await log.write(call, { count }))?.kind ?? 'written';
      const outcomes = [];
      for (let n = 0; n < 30; n++) outcomes.push(await write(n));
      console.log([...new Set(outcomes)].join(', then '));
      truncateSync(file, 200);
      console.log(await write(30));`;
    const output = await runProgram(program, [file], 'ulimit -f 1');
    const full = 'The audit log (CHARITYLOG_AUDIT_LOG) cannot be written:';
    expect(output.trim().split('\n')).toEqual([
      `${full} there was room for only a part of a line.`,
      `${full} file too large (EFBIG).`,
      'written, then config',
      'written',
    ]);
    const [first = '', torn = '', last = ''] = await linesOf(file);
    expect([JSON.parse(first).count, JSON.parse(last).count]).toEqual([0, 30]);
    expect(() => JSON.parse(torn)).toThrow();
  });

  test.each(['a pipe that nobody reads', 'a device that is full'])('is %s: it holds nobody up', async what => {
    if (what.startsWith('a pipe')) await promisify(execFile)('mkfifo', ['-m', '600', file]);
    else await symlink('/dev/full', file);
    const reports: string[] = [];
    const log = logOf(reports);
    const faults = await Promise.all(Array.from({ length: 20 }, () => log.write(call, {})));
    for (const fault of faults) expect(fault).toMatchObject({ kind: 'config' });
    expect(reports).toEqual([expect.stringContaining('it is not a regular file')]);
  });
});

function listsOf(...names: string[]): FieldLists {
  const fields = names.map((name): Field => ({ name, label: name, kind: 'text', meaning: undefined, special: false }));
  return { isLive: true, filterable: fields, selectable: fields, writable: fields };
}

function ok(): object {
  return { outcome: 'ok' };
}

function logOf(reports: string[] = []): AuditLog {
  return new AuditLog({ file, identity: 'reception', report: line => reports.push(line) });
}

/** What is written of a call of a tool, as an object; the log has a new file. */
async function lineFor(
  { tool = searchPeople, input = {}, on = lists, ...parts }: LineOf,
  outcome: ToolResult | CharitylogError = {},
) {
  await rm(file, { force: true });
  const names = namesIn(tool, input, on);
  const { summary, ...ended } = endedWith(tool, outcome);
  await logOf().write({ ...call, tool: tool.name, argumentNames: names, ...ended, ...parts }, summary);
  const [line = ''] = await linesOf(file);
  return JSON.parse(line);
}

interface LineOf extends Pick<Partial<AuditedCall>, 'late' | 'client'> {
  tool?: Tool;
  input?: unknown;
  on?: FieldLists;
}

function namesIn(tool: Tool, input: unknown, on = lists) {
  return givenNames(tool.arguments(on), input);
}

/** The outcome of a call, and what of its result may be logged. */
function endedWith(tool: Tool, result: ToolResult | CharitylogError) {
  if (result instanceof CharitylogError) return { outcome: result.kind, summary: {} };
  return { outcome: tool.outcome?.(result) ?? 'ok', summary: tool.audited(result) };
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

/** Runs a TypeScript-importing program in a process of its own, after a shell command. */
async function runProgram(program: string, args: string[], before = ':'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: '.' },
    ...{ bundle: true, platform: 'node', format: 'esm', write: false },
  });
  const text = outputFiles[0]?.text ?? '';
  const node = [process.execPath, '--input-type=module', '-e', text, '--', ...args];
  return (await promisify(execFile)('sh', ['-c', `${before} && exec "$@"`, 'sh', ...node])).stdout;
}
