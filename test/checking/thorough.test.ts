import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/checking/assumptions/line.ts';
import { checkThoroughly } from '../../src/checking/thorough.ts';
import { type ThoroughReport, thoroughReportText } from '../../src/checking/thorough-report.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { loadConfig } from '../../src/settings/config.ts';
import { startOnce } from '../support/lifetime.ts';
import { namedSystems } from '../support/named-systems.ts';
import { settingsFor, useSandbox } from '../support/sandbox.ts';

type Misbehave = (sandbox: Sandbox) => void;

/** Checks a sandbox; what `misbehave` does to it stays. */
async function checked(
  options: SandboxOptions = {},
  misbehave: Misbehave = () => undefined,
  given: { env?: Record<string, string>; writeTestPerson?: boolean } = {},
) {
  const sandbox = await useSandbox({ people: 150, ...options });
  misbehave(sandbox);
  const config = loadConfig({ ...settingsFor(sandbox), ...given.env });
  const report = await checkThoroughly(config, { writeTestPerson: given.writeTestPerson ?? false });
  return { sandbox, report };
}

function lineOf({ lines }: ThoroughReport, name: string): Line | undefined {
  return lines.find(line => line.name === name);
}

const everybody = [
  { id: 11, first_name: 'Gwilym', surname: 'Tansley', type: '1', district: 21, active: '1', created: '17/05/2024' },
  { id: 12, first_name: 'Ines', surname: 'Quarmby', type: '7', district: 22, active: '0', created: '01/02/2024' },
  { id: 13, first_name: 'Osric', surname: 'Fenwright', type: '7', district: 21, active: '1', created: '02/02/2024' },
  { id: 14, first_name: 'Carys', surname: 'Moore', type: '1', district: 21, active: '1', created: '28/02/2024' },
];
const answers = (path: string, value: unknown) => ({ kind: 'json', value, path }) as const;

/** The people of one answer, those of each filter as they should come, and then something else. */
function system(...faults: (readonly [path: string, value: unknown])[]): Misbehave {
  return sandbox => {
    for (const [path, value] of faults) sandbox.misbehave(answers(path, value));
    sandbox.misbehave(answers('/clients/field/', everybody));
  };
}

describe('a system that is as the program assumes', () => {
  let usual: Awaited<ReturnType<typeof checked>>;
  startOnce(async () => {
    usual = await checked();
  });

  test('has every line hold, and needs no setting', () => {
    const { report } = usual;
    expect(report.lines.filter(line => line.verdict !== 'holds').map(line => line.name)).toEqual([
      'reports (dimension, metric)',
      'a new person',
    ]);
    expect(report).toMatchObject({ ok: true, settings: {} });
  });

  test.each(Object.entries(namedSystems).filter(([name]) => name !== 'usual'))(
    'and answers as the system "%s" does differs in nothing that matters',
    async (_, system) => {
      const { report } = await checked({ system });
      expect(report.lines.filter(line => line.verdict === 'differs' && line.setting === undefined)).toEqual([]);
      expect(lineOf(report, 'filter district')).toMatchObject({ verdict: 'holds' });
    },
  );

  test('is asked at most four times for each field, and everybody is read once', () => {
    const { sandbox, report } = usual;
    const { url: first = '' } = sandbox.requests.find(({ url }) => url.includes('/clients/field/')) ?? {};
    expect(sandbox.requests.filter(({ url }) => url === first)).toHaveLength(1);
    expect(sandbox.requests.length).toBeLessThan(4 * report.lines.length);
    expect(sandbox.requests.every(({ method }) => method === 'GET')).toBe(true);
  });
});

describe('a system that differs', () => {
  test('in how it writes yes, no and days is told with the settings to use', async () => {
    const { report } = await checked(
      {},
      system(
        ['/active/1/', everybody.filter(({ active }) => active === '1')],
        ['/active/0/', everybody.filter(({ active }) => active === '0')],
      ),
    );
    expect(report.settings).toEqual({ CHARITYLOG_YES_NO: '1;0', CHARITYLOG_DATE_FORMAT: 'DD/MM/YYYY' });
    expect(lineOf(report, 'yes and no in active')).toMatchObject({ verdict: 'differs', detail: '1;0' });
    expect(lineOf(report, 'filter active')).toMatchObject({ verdict: 'differs', setting: 'CHARITYLOG_YES_NO=1;0' });
  });

  test('by having 1 and 0 in records, and Y and N in filters', async () => {
    const { report } = await checked(
      {},
      system(
        ['/active/Y/', everybody.filter(({ active }) => active === '1')],
        ['/active/N/', everybody.filter(({ active }) => active === '0')],
        ['/active/', []],
      ),
    );
    expect(lineOf(report, 'filter active')).toMatchObject({ verdict: 'holds' });
  });

  test.each([
    ['ignores a filter', '/district/', everybody, /^ignored/],
    ['obeys it in part', '/district/', everybody.slice(0, 2), /^obeyed in part: others come too/],
    ['leaves out people', '/district/', [], /^obeyed in part: nobody comes/],
    ['takes the first of several values', '/district/21;22/', [everybody[0]], /^obeyed, but not for several values/],
  ])('because it %s is told', async (_, path, value, detail) => {
    const ofDistrict = (id: number) => everybody.filter(({ district }) => district === id);
    const { report } = await checked(
      {},
      system(
        [path, value],
        ['/district/21/', ofDistrict(21)],
        ['/district/22;21/', everybody.slice(1, 2)],
        ['/district/22/', ofDistrict(22)],
      ),
    );
    expect(lineOf(report, 'filter district')).toMatchObject({
      verdict: 'differs',
      detail: expect.stringMatching(detail),
    });
  });

  test('in how it writes days, so that none can be asked for, is told', async () => {
    const { report } = await checked(
      { nameFilters: true },
      system(
        ['/date_of_birth/', []],
        ['/clients/field/', everybody.map(one => ({ ...one, date_of_birth: '17/05/1948' }))],
      ),
    );
    expect(lineOf(report, 'filter date_of_birth')).toMatchObject({
      verdict: 'differs',
      detail: expect.stringContaining('one with slashes cannot be asked for'),
    });
  });

  test('because it refuses a filter is told', async () => {
    const { report } = await checked(
      {},
      sandbox =>
        void sandbox.misbehave({
          kind: 'status',
          status: 400,
          path: '/clients/religion/',
          message: 'Ines Quarmby may not',
        }),
    );
    expect(lineOf(report, 'filter religion')).toMatchObject({ verdict: 'differs', detail: 'refused (HTTP 400)' });
    expect(report.ok).toBe(false);
  });

  test('because it shows nobody without a filter is read by its types', async () => {
    const { report } = await checked({}, sandbox => void sandbox.misbehave(answers('/clients/field/', [])));
    expect(lineOf(report, 'everybody without a filter')).toMatchObject({
      verdict: 'differs',
      detail: expect.stringContaining('nobody comes, though people come by their types'),
    });
    expect(lineOf(report, 'filter district')).toMatchObject({ verdict: 'holds' });
    expect(report.ok).toBe(false);
  });

  test('because everybody is a part of all is found out by its filters', async () => {
    const { report } = await checked(
      {},
      sandbox =>
        void sandbox.misbehave(
          answers('/clients/field/', [{ id: 1, first_name: 'Ines', surname: 'Quarmby', type: 1 }]),
        ),
    );
    expect(lineOf(report, 'nobody is left out of everybody')).toMatchObject({ verdict: 'differs' });
  });

  test('by escaping texts for HTML and withholding names', async () => {
    const escaped = everybody.map(({ first_name, ...one }) => ({ ...one, surname: 'O&#039;Brien' }));
    const { report } = await checked({}, sandbox => void sandbox.misbehave(answers('/clients/field/', escaped)));
    expect(lineOf(report, 'texts are not escaped for HTML')).toMatchObject({ verdict: 'differs' });
    expect(lineOf(report, 'names')).toMatchObject({
      verdict: 'differs',
      detail: expect.stringContaining('first_name'),
    });
    expect(lineOf(report, 'each field comes with somebody')?.detail).toMatch(/came with nobody.*first_name/);
  });

  test('by a dictionary that fails, or that lacks options of records', async () => {
    const { report } = await checked({}, sandbox => {
      sandbox.misbehave({ kind: 'status', status: 403, path: 'dictionary/organisations/religion' });
      sandbox.misbehave({ kind: 'status', status: 403, path: 'dictionary/religion' });
      sandbox.misbehave({ kind: 'status', status: 403, path: 'dictionary/extension_database/religion' });
      sandbox.misbehave(answers('dictionary/organisations/gender', [{ id: 999, name: 'Other' }]));
    });
    expect(lineOf(report, 'options of religion')).toMatchObject({
      verdict: 'differs',
      detail: expect.stringMatching(/no dictionary/),
    });
    expect(lineOf(report, 'options of gender')).toMatchObject({ verdict: 'differs', setting: 'none needed' });
  });

  test('by a filter whose field cannot be read is told as not to be proved', async () => {
    const { report } = await checked({ hideFields: ['email'] });
    expect(lineOf(report, 'filter email')).toMatchObject({ verdict: 'not tried' });
    expect(lineOf(report, 'the field of each filter can be read')?.detail).toContain('email');
  });

  test('by refusing the keys is asked for nothing else', async () => {
    const { sandbox, report } = await checked({}, undefined, { env: { CHARITYLOG_ORG_KEY: 'wrong' } });
    expect(report.lines.map(line => [line.name, line.verdict])).toEqual([
      ['keys', 'differs'],
      ['everything else', 'not tried'],
    ]);
    expect(sandbox.requests).toHaveLength(1);
  });

  test('by having nobody is told', async () => {
    const { report } = await checked({ people: 0 });
    expect(lineOf(report, 'everybody without a filter')).toMatchObject({ verdict: 'not tried' });
  });
});

describe('the made-up person', () => {
  test('is added, read back, and named for deletion', async () => {
    const { sandbox, report } = await checked({}, undefined, { writeTestPerson: true });
    const added = sandbox.people.at(-1);
    expect(added).toMatchObject({ first_name: 'Delete-Me', surname: 'Testperson', type: [1] });
    expect(lineOf(report, 'a new person')).toMatchObject({
      verdict: 'holds',
      detail: expect.stringContaining(`record ${added?.id}`),
    });
    expect(lineOf(report, 'it reads back as sent')).toMatchObject({ verdict: 'holds' });
  });

  test.each([
    ['PUT', { status: 405 }, 'CHARITYLOG_CREATE_METHOD=PUT'],
    ['JSON', { status: 415 }, 'CHARITYLOG_CREATE_ENCODING=json'],
    ['no writing', { status: 403 }, 'CHARITYLOG_READ_ONLY=true'],
  ])('refused asks for %s', async (_, { status }, setting) => {
    const { report } = await checked(
      {},
      sandbox => void sandbox.misbehave({ kind: 'status', status, method: 'POST' }),
      {
        writeTestPerson: true,
      },
    );
    expect(lineOf(report, 'a new person')).toMatchObject({ verdict: 'differs', setting });
  });

  test('answered with the id of somebody else is to be looked for', async () => {
    const { report } = await checked(
      {},
      sandbox => void sandbox.misbehave({ ...answers('/clients', { id: 5 }), method: 'POST' }),
      {
        writeTestPerson: true,
      },
    );
    expect(lineOf(report, 'a new person')?.detail).toMatch(
      /somebody who was there before. Look for Delete-Me Testperson/,
    );
  });

  test('goes to no staging area, and nowhere where nothing may be written', async () => {
    const staging = { env: { CHARITYLOG_CREATE_VIA: 'external_referral' }, writeTestPerson: true };
    const { sandbox, report } = await checked({}, undefined, staging);
    expect(lineOf(report, 'a new person')).toMatchObject({ verdict: 'not tried' });
    expect(sandbox.staged).toEqual([]);
    const readOnly = { env: { CHARITYLOG_READ_ONLY: 'true' }, writeTestPerson: true };
    await expect(checked({}, undefined, readOnly)).rejects.toThrow(/CHARITYLOG_READ_ONLY is set/);
  });
});

test.each([
  ['as assumed', () => undefined],
  ['that ignores a filter', (sandbox: Sandbox) => void sandbox.misbehave(answers('/district/', everybody))],
  [
    'that fails',
    (sandbox: Sandbox) => void sandbox.misbehave({ kind: 'error-200', path: '/email/', message: 'Ines Quarmby' }),
  ],
])('no value of anybody on a system %s is in the report', async (_, misbehave) => {
  const { sandbox, report } = await checked({}, misbehave);
  const printed = `${JSON.stringify(report)}\n${thoroughReportText(report)}`;
  const words = new Set(printed.split(/[^\p{L}\p{N}@.'-]+/u));
  const values = [...sandbox.people, ...everybody].flatMap(person => Object.entries(person));
  const found = values.filter(([name, value]) => {
    const text = String(value);
    if (text.length <= 3 || name === 'id') return false;
    return /\s/.test(text) ? printed.includes(text) : words.has(text);
  });
  expect(found).toEqual([]);
  expect(printed).not.toMatch(/sandbox-(source|org|user)-key/);
});
