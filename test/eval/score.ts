/** Scores an evaluation that `prepare.ts` has set up: what was answered, against the truths. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Added, filesOf, type Truths } from './files.ts';
import { isRight, type LoggedCall } from './judge.ts';

/** A line of a log of the door: a call, or a look at the definitions. */
type LogLine = ({ readonly verb: 'call' } & LoggedCall) | { readonly verb: 'tools'; readonly tokens: number };

function readJson<T>(file: string, absent?: T): T {
  return absent !== undefined && !existsSync(file) ? absent : JSON.parse(readFileSync(file, 'utf8'));
}

function readLog(file: string): LogLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line));
}

function isCall(line: LogLine): line is LogLine & { verb: 'call' } {
  return line.verb === 'call';
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function score(folder: string): string {
  const files = filesOf(folder);
  const { people, set, truths } = readJson<Truths>(files.truths);
  const answers = readJson<Record<string, unknown>>(files.answers, {});
  const added = readJson<Added>(files.added);
  const logs = [files.log, ...truths.map(({ number }) => files.logOf(number))].flatMap(readLog);
  const definitions = logs.find(line => line.verb === 'tools')?.tokens;

  const rows = truths.map(({ number, id, kind, expected }) => {
    const calls = readLog(files.logOf(number)).filter(isCall);
    const right = isRight(expected, answers[number], { calls, added });
    return { number, id, kind, right, calls: calls.length, tokens: sum(calls.map(call => call.tokens)) };
  });
  const lines = rows.map(({ number, id, kind, right, calls, tokens }) => {
    const figures = [String(calls).padStart(5), String(tokens).padStart(6)].join(' ');
    return `${String(number).padStart(2)} ${right ? 'right' : 'WRONG'} ${figures}  ${kind}: ${id}`;
  });
  const mean = (figures: readonly number[]) => (sum(figures) / rows.length).toFixed(2);
  return [
    ' #       calls tokens',
    ...lines,
    '',
    `${rows.filter(row => row.right).length} of ${rows.length} right of the ${set} questions, ${people} people, ${added.length} people added`,
    `${mean(rows.map(row => row.calls))} calls and ${mean(rows.map(row => row.tokens))} result tokens a question`,
    `${definitions ?? 'unknown'} tokens of definitions`,
    '',
  ].join('\n');
}

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('usage: npx tsx test/eval/score.ts FOLDER\n');
  process.exit(2);
}
process.stdout.write(score(resolve(folder)));
