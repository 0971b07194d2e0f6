/**
 * Prepares an evaluation of how well an assistant answers staff's questions with the tools, and serves it: a sandbox of
 * made-up people, questions for the assistant, and the truths to score its answers by. Stays until it is ended.
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { todayInUk } from './calendar.ts';
import { filesOf, type Truths } from './files.ts';
import { isSetName, questionSets } from './questions.ts';
import { writeSheet } from './sheet.ts';

const usage =
  'usage: npx tsx test/eval/prepare.ts FOLDER --door PATH [--people N] [--name-filters] [--questions SET]\n';
const root = fileURLToPath(new URL('../..', import.meta.url));

function readCommandLine() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      door: { type: 'string' },
      people: { type: 'string', default: '500' },
      'name-filters': { type: 'boolean', default: false },
      questions: { type: 'string', default: 'basic' },
    },
  });
  const [folder] = positionals;
  const people = Number(values.people);
  const { questions: set, 'name-filters': nameFilters } = values;
  if (!folder || !values.door || positionals.length > 1 || !isSetName(set)) return;
  if (!Number.isSafeInteger(people) || people < 500) return;
  return { folder: resolve(folder), door: resolve(values.door), people, nameFilters, set };
}

/** @throws Error when the folder holds something already: logs of two evaluations would mix */
function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty; give a new folder`);
}

function writeJson(file: string, value: unknown): void {
  writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`);
}

type CommandLine = NonNullable<ReturnType<typeof readCommandLine>>;

async function prepare({ folder, door, people: count, nameFilters, set }: CommandLine) {
  const questions = questionSets[set];
  const today = todayInUk();
  const program = resolve(root, 'dist/cli.js');
  if (!existsSync(program)) throw new Error(`${program} is not there; build the program first`);
  makeFolder(folder);
  const files = filesOf(folder);
  const sandbox = await startSandbox({ people: count, nameFilters });
  const everybody = [...sandbox.people];

  const server = {
    command: process.execPath,
    args: [program],
    env: {
      CHARITYLOG_BASE_URL: sandbox.url,
      CHARITYLOG_SOURCE_KEY: sandbox.keys.source,
      CHARITYLOG_ORG_KEY: sandbox.keys.org,
      CHARITYLOG_USER_KEY: sandbox.keys.user,
    },
  };
  writeJson(files.setup, { ...server, log: files.log });
  for (const number of questions.keys()) {
    writeJson(files.setupOf(number + 1), { ...server, log: files.logOf(number + 1) });
  }
  writeFileSync(files.questions, writeSheet(questions, today, { folder, door, root }));

  const truths = questions.map(({ id, kind, truth }, index) => {
    return { number: index + 1, id, kind, expected: truth(everybody, { nameFilters, today }) };
  });
  writeJson(files.truths, { people: everybody.length, set, truths } satisfies Truths);

  const writeAdded = () => writeJson(files.added, sandbox.people.slice(everybody.length));
  writeAdded();
  sandbox.onRequest(({ method }) => {
    if (method !== 'GET') writeAdded();
  });
  return { sandbox, ready: `${questions.length} questions in ${files.questions}` };
}

const line = readCommandLine();
if (!line) {
  process.stderr.write(usage);
  process.exit(2);
}
const { sandbox, ready } = await prepare(line);
process.stdout.write(`ready: ${ready}; end with kill ${process.pid}\n`);
await new Promise(end => ['SIGTERM', 'SIGINT'].forEach(signal => void process.once(signal, end)));
await sandbox.close();
