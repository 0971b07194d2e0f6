import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type Caller, CallersFile } from '../../../src/serving/callers/callers-file.ts';
import { parseCallers } from '../../../src/serving/callers/parse-callers.ts';

const reception = {
  name: 'Reception',
  token_sha256: sha256('reception-token'),
  org_key: 'org-of-reception',
  user_key: 'user-of-reception',
};
const finance = { name: 'Finance', subject: 'finance@example.org', org_key: 'org-2', user_key: 'user-2' };

let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callers-'));
  file = join(folder, 'callers.json');
  onTestFinished(() => rm(folder, { recursive: true }));
});

describe('a callers file', () => {
  test('gives its callers, complete and frozen', async () => {
    const limited = { ...finance, read_only: true, hidden_fields: ['notes', 'nhs_number'] };
    const { callers } = await openWith([reception, limited]);
    expect(callers.callers).toEqual([
      {
        name: 'Reception',
        org: 'org-of-reception',
        user: 'user-of-reception',
        readOnly: false,
        hiddenFields: [],
        tokenSha256: sha256('reception-token'),
      },
      {
        name: 'Finance',
        org: 'org-2',
        user: 'user-2',
        readOnly: true,
        hiddenFields: ['notes', 'nhs_number'],
        subject: 'finance@example.org',
      },
    ]);
    const parts = [callers.callers, ...callers.callers, ...callers.callers.map(caller => caller.hiddenFields)];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  test('finds callers by token and by subject, and nobody by what is near', async () => {
    const { callers } = await openWith([reception, finance]);
    expect(callers.byToken('reception-token')?.name).toBe('Reception');
    expect(nameOf(callers, 'finance@example.org')).toBe('Finance');
    for (const token of ['', 'reception-toke', 'Reception-token', sha256('reception-token'), 'finance@example.org']) {
      expect(callers.byToken(token)).toBeUndefined();
    }
    for (const subject of ['', 'Finance@example.org', '__proto__', 'constructor']) {
      expect(nameOf(callers, subject)).toBeUndefined();
    }
  });

  test('may have hashes in capitals, hidden fields as one text, and a byte order mark', async () => {
    const caller = { ...reception, token_sha256: sha256('t').toUpperCase(), hidden_fields: 'notes; sensitive' };
    await write(`\uFEFF${textOf([caller])}`);
    const { callers } = await opened();
    expect(callers.byToken('t')?.hiddenFields).toEqual(['notes', 'sensitive']);
  });

  test.each<[string, unknown, RegExp]>([
    ['no list', { people: [] }, /an object with a list of at least one caller/],
    ['an empty list', { callers: [] }, /at least one caller/],
    ['a list alone', [reception], /at least one caller/],
    [
      'a further key',
      { callers: [reception], Caller: [] },
      /The file has an unknown key "Caller"; did you mean callers\?/,
    ],
    ['a text for a caller', { callers: ['Reception'] }, /caller 1 must be an object/],
  ])('with %s is refused', async (_, content, problem) => {
    await expect(openWithText(JSON.stringify(content))).rejects.toThrow(problem);
  });

  test.each<[string, object, RegExp]>([
    ['no name', { name: undefined }, /caller 2 has no name: it must be a text/],
    [
      'two lines as name',
      { name: 'a\nb' },
      /name of caller 2 must be a text of 1 to 100 visible characters on one line/,
    ],
    ['spaces around the name', { name: ' a ' }, /name of caller 2 must be/],
    ['an invisible name', { name: 'a\u202Eb' }, /name of caller 2 must be/],
    ['a long name', { name: 'a'.repeat(101) }, /name of caller 2 must be/],
    ["another's name", { name: 'FINANCE' }, /caller 2 \(FINANCE\) has the same name as caller 1 \(Finance\)/],
    ['a token for its hash', { token_sha256: 'hunter2' }, /token_sha256 of caller 2 \(Reception\) must be the SHA-256/],
    ['the hash of nothing', { token_sha256: sha256('') }, /token_sha256 of caller 2 \(Reception\) must be the SHA-256/],
    ['a plain token', { token: 'hunter2' }, /unknown key "token"; did you mean token_sha256\?/],
    [
      'a misspelt limit',
      { readonly: true },
      /caller 2 \(Reception\) has an unknown key "readonly"; did you mean read_only/,
    ],
    ['a secret as key', { hunter2hunter2: true }, /has an unknown key\. Keys: name, token_sha256, subject/],
    [
      'no proof',
      { token_sha256: undefined },
      /caller 2 \(Reception\) must have one of token_sha256, subject and claim/,
    ],
    ['two proofs', { subject: 'hunter2' }, /caller 2 \(Reception\) must have one of token_sha256, subject and claim/],
    ['no key', { org_key: undefined }, /caller 2 \(Reception\) has no org_key/],
    ['an unprintable key', { user_key: 'hunter2\n' }, /user_key of caller 2 \(Reception\) must be a key/],
    ['a number as key', { user_key: 7 }, /user_key of caller 2 \(Reception\) must be a key/],
    ['a word for true', { read_only: 'hunter2' }, /read_only of caller 2 \(Reception\) must be true or false/],
    [
      'no way to hide names',
      { hidden_fields: ['Surname'] },
      /hidden_fields of caller 2 .* without id, type, first_name/,
    ],
    ['a number to hide', { hidden_fields: [7] }, /hidden_fields of caller 2/],
  ])('with %s is refused by name and field, without any value', async (_, change, problem) => {
    const error = await openWithText(textOf([finance, { ...reception, ...change }])).catch(thrown => thrown);
    expect(error).toMatchObject({ kind: 'config', message: expect.stringMatching(problem) });
    for (const text of [error.message, error.logText]) {
      expect(text).not.toMatch(/hunter2|-of-reception|org-2|user-2|finance@/);
      expect(text).not.toContain(reception.token_sha256);
      expect(text).not.toContain(folder);
    }
  });

  test.each([
    ['token_sha256', reception, { ...reception, name: 'Second', token_sha256: reception.token_sha256.toUpperCase() }],
    ['subject', finance, { ...finance, name: 'Second' }],
  ])('with one %s twice is refused', async (field, first, second) => {
    await expect(openWithText(textOf([first, second]))).rejects.toThrow(
      `caller 2 (Second) has the same ${field} as caller 1 (${first.name})`,
    );
  });

  test('is told all its problems at once, up to twenty', async () => {
    const error = await openWithText(textOf(Array.from({ length: 30 }, () => ({})))).catch(thrown => thrown);
    expect(error.message.split('\n')).toHaveLength(21);
    expect(error.message).toMatch(/And 100 more\.$/);
  });

  test.each(['{"callers": [{"name": "A", "user_key": hunter2}]}', '{"callers": [', ''])(
    'that is not JSON is refused without anything of what stands there: %j',
    async text => {
      const error = await openWithText(text).catch(thrown => thrown);
      expect(error.message).toBe(
        'The callers file (CHARITYLOG_CALLERS) cannot be used. It is not JSON: `jq empty FILE` tells where.',
      );
    },
  );

  test('that is missing, a folder, a pipe or too large is refused without its path', async () => {
    await expect(opened()).rejects.toThrow('It cannot be read: no such file or directory (ENOENT).');
    await expect(CallersFile.open(folder, () => {})).rejects.toThrow('It cannot be read: it is not a regular file.');
    await promisify(execFile)('mkfifo', ['-m', '600', file]);
    await expect(opened()).rejects.toThrow('It cannot be read: it is not a regular file.');
    await rm(file);
    await expect(openWithText(' '.repeat(1_000_001))).rejects.toThrow(
      'It cannot be read: it is larger than 1000000 bytes.',
    );
  });

  test('of any JSON is read or refused with sentences', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constant(reception.token_sha256), fc.string());
    const entry = fc.dictionary(
      fc.oneof(fc.constantFrom(...Object.keys({ ...reception, ...finance })), fc.string()),
      value,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, fc.jsonValue())), fc.boolean(), (entries, isCut) => {
        const text = textOf(entries);
        const parsed = parseCallers(isCut ? text.slice(0, -3) : text);
        expect(parsed.callers.length > 0 !== parsed.problems.length > 0).toBe(true);
      }),
    );
  });
});

describe.skipIf(process.platform === 'win32')('who has access to the file', () => {
  test.each([0o604, 0o602, 0o601, 0o640, 0o620, 0o644, 0o777])('mode %o of an own file is refused', async mode => {
    await write(textOf([reception]));
    await chmod(file, mode);
    await expect(opened()).rejects.toThrow(/others than its owner have access to it; run chmod 600/);
  });

  test.each([0o600, 0o400])('mode %o of an own file is accepted', async mode => {
    await write(textOf([reception]));
    await chmod(file, mode);
    await expect(opened()).resolves.toBeDefined();
  });

  test.skipIf(process.getuid?.() !== 0).each([
    [0o440, 'accepted'],
    [0o640, 'accepted'],
    [0o660, 'refused'],
    [0o444, 'refused'],
  ])("mode %o of another user's file, as orchestrators mount secrets, is %s", async (mode, outcome) => {
    await write(textOf([reception]));
    await chown(file, 12_345, 0);
    await chmod(file, mode);
    expect(
      await opened().then(
        () => 'accepted',
        () => 'refused',
      ),
    ).toBe(outcome);
  });
});

test('a change of the file is in force within a second: who was taken out is refused, who was added accepted', async () => {
  const { callers, changes, lines } = await openWith([reception, finance]);
  const writtenAt = performance.now();
  await write(textOf([finance, { ...reception, name: 'Desk', token_sha256: sha256('new-token') }]));
  expect((await changes.next()).map(caller => caller.name)).toEqual(['Finance', 'Desk']);
  expect(performance.now() - writtenAt).toBeLessThan(1000);
  expect(callers.byToken('reception-token')).toBeUndefined();
  expect(callers.byToken('new-token')?.name).toBe('Desk');
  expect(lines.seen).toEqual(['callers file read again: 2 callers']);
});

describe('a change of the file', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
  });

  test('by a rename is seen, even of the same size and time', async () => {
    const { changes } = await openWith([reception]);
    const { atime, mtime } = await stat(file);
    const other = join(folder, 'other.json');
    await writeFile(other, textOf([{ ...reception, name: 'Deception' }]), { mode: 0o600 });
    await utimes(other, atime, mtime);
    await rename(other, file);
    expect((await changes.next()).map(caller => caller.name)).toEqual(['Deception']);
  });

  test('by a link that is led elsewhere is seen, as Kubernetes changes its secrets', async () => {
    await mountSecret('1', [reception]);
    await symlink(join('..data', 'callers.json'), file);
    const { changes } = await opened();
    await mountSecret('2', [finance]);
    expect((await changes.next()).map(caller => caller.name)).toEqual(['Finance']);
  });

  test('to something broken is told once, without values, and the callers stay until it is mended', async () => {
    const { callers, changes, lines } = await openWith([reception]);
    await write('{"callers": [{"name": "Reception", "user_key": "hunter2"');
    expect(await lines.next()).toBe(
      'The callers file (CHARITYLOG_CALLERS) cannot be used. It is not JSON: `jq empty FILE` tells where. ' +
        'The 1 caller read before stay in force.',
    );
    expect(callers.byToken('reception-token')?.name).toBe('Reception');
    await write(textOf([finance]));
    expect(await lines.next()).toBe('callers file read again: 1 caller');
    expect(await changes.next()).toHaveLength(1);
    expect(lines.seen).toHaveLength(2);
  });

  test('that opens the file to others does not count', async () => {
    const { callers, lines } = await openWith([reception]);
    await chmod(file, 0o644);
    expect(await lines.next()).toMatch(/others than its owner have access/);
    expect(callers.byToken('reception-token')?.name).toBe('Reception');
    await chmod(file, 0o600);
    expect(await lines.next()).toBe('callers file read again: 1 caller');
  });

  test('that removes the file is told, and the file is found when it is back', async () => {
    const { callers, lines } = await openWith([reception]);
    await rm(file);
    expect(await lines.next()).toMatch(/no such file or directory/);
    expect(callers.callers).toHaveLength(1);
    await write(textOf([finance]));
    expect(await lines.next()).toBe('callers file read again: 1 caller');
    expect(callers.callers[0]?.name).toBe('Finance');
  });

  test('that is still being written counts when it is whole, and nothing is told of the half', async () => {
    const { changes, lines } = await openWith([reception]);
    await write(textOf([reception, finance]).slice(0, 40));
    await write(textOf([reception, finance]));
    expect(await changes.next()).toHaveLength(2);
    expect(lines.seen).toEqual(['callers file read again: 2 callers']);
  });

  test('is looked for no more after close, and looking does not keep the process', async () => {
    await write(textOf([reception]));
    const script = `
      const { CallersFile } = await import('./src/serving/callers/callers-file.ts');
      await CallersFile.open(${JSON.stringify(file)}, () => undefined);
      process.stdout.write('opened');
    `;
    const { stdout } = await promisify(execFile)('node_modules/.bin/tsx', ['--input-type=module', '-e', script], {
      timeout: 20_000,
    });
    expect(stdout).toBe('opened');
    const { callers } = await opened();
    callers.close();
    await write(textOf([finance]));
    const { changes } = await opened();
    await write(textOf([reception]));
    await changes.next();
    expect(callers.callers[0]?.name).toBe('Reception');
    expect(nameOf(callers, 'finance@example.org')).toBeUndefined();
  });
});

/** The name of the caller with this subject, and no groups. */
function nameOf(callers: CallersFile, subject: string): string | undefined {
  const caller = callers.byPerson({ subject, claims: new Map() });
  return typeof caller === 'object' ? caller.name : caller;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function textOf(callers: readonly unknown[]): string {
  return JSON.stringify({ callers });
}

async function write(text: string): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
}

async function openWithText(text: string) {
  await write(text);
  return opened();
}

function openWith(callers: readonly object[]) {
  return openWithText(textOf(callers));
}

/** The callers file, with the changes and lines that it tells. */
async function opened() {
  const lines = arrivals<string>();
  const callers = await CallersFile.open(file, lines.push);
  onTestFinished(() => callers.close());
  const changes = arrivals<readonly Caller[]>();
  callers.onChange(changes.push);
  return { callers, changes, lines };
}

/** A secret as Kubernetes mounts it: `..data` leads to the folder of the newest version. */
async function mountSecret(version: string, callers: readonly object[]): Promise<void> {
  await mkdir(join(folder, version));
  await writeFile(join(folder, version, 'callers.json'), textOf(callers), { mode: 0o600 });
  await symlink(version, join(folder, '..data_tmp'));
  await rename(join(folder, '..data_tmp'), join(folder, '..data'));
}

/** What is pushed, in order; `next` waits for what hasn't come, and lets a clock in the test's hands run. */
function arrivals<T>() {
  const seen: T[] = [];
  let taken = 0;
  return {
    seen,
    push: (one: T) => void seen.push(one),
    next: async (): Promise<T> => {
      while (seen.length <= taken) {
        if (vi.isFakeTimers()) vi.advanceTimersByTime(500);
        await new Promise<void>(resolve => setImmediate(resolve));
      }
      return seen[taken++] as T;
    },
  };
}
