/** The audit log summed up, for whoever reviews once a year who asked for what. */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CharitylogError, systemReason } from '../base/errors.ts';
import { isObject, tryParseJson } from '../base/json.ts';
import { visibleLine } from '../base/visible-text.ts';
import { categoryOf } from '../catalogue/field.ts';

/** What happened in all, or in a part. */
interface Sum {
  calls: number;
  /** Calls that were refused or failed. */
  failed: number;
  /** Records that were shown or written, each as often as it was. */
  records: number;
  added: number;
}

/** The sums of a log, by each of four properties of its lines. */
export interface AuditReport {
  readonly total: Sum;
  readonly months: Map<string, Sum>;
  readonly identities: Map<string, Sum>;
  readonly tools: Map<string, Sum>;
  /** By kind of data: a call counts in each kind that it showed or wrote. */
  readonly kinds: Map<string, Sum>;
  /** How many lines can't be read, such as one that was cut off. */
  unreadable: number;
}

/**
 * Reads a log line by line.
 *
 * @throws CharitylogError `config` for a file that can't be read
 */
export async function auditReport(file: string): Promise<AuditReport> {
  const byProperty = { months: new Map(), identities: new Map(), tools: new Map(), kinds: new Map() };
  const report: AuditReport = { total: emptySum(), ...byProperty, unreadable: 0 };
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const text of lines) {
      if (text.trim() === '') continue;
      const line = readLine(text);
      if (!line) report.unreadable++;
      else if (line.outcome !== 'sending' || line.late) addLine(report, line);
    }
  } catch (error) {
    throw new CharitylogError('config', `the audit log cannot be read: ${systemReason(error)}.`);
  }
  return report;
}

/** The report as text: a table a property. */
export function auditReportText({ total, months, identities, tools, kinds, unreadable }: AuditReport): string {
  return [
    ...table('month', [...months].sort(byKey), total),
    ...table('who', [...identities].sort(bySize)),
    ...table('tool', [...tools].sort(bySize)),
    ...table('kind of data', [...kinds].sort(bySize)),
    'A call can show several kinds of data. Records count as often as they were shown or written.',
    ...(unreadable > 0 ? [`${unreadable} lines could not be read.`] : []),
    '',
  ].join('\n');
}

type Line = NonNullable<ReturnType<typeof readLine>>;

/** What counts of a line; `undefined` for one that can't be read. */
function readLine(text: string) {
  const line = tryParseJson(text);
  if (!isObject(line)) return undefined;
  const { time, identity, tool, outcome, fields, ids, ids_left_out, late } = line;
  const isLine = [time, identity, tool, outcome].every(value => typeof value === 'string' && value !== '');
  if (!isLine || !/^\d{4}-\d{2}-/.test(String(time))) return undefined;
  const left = typeof ids_left_out === 'number' ? ids_left_out : 0;
  return {
    month: String(time).slice(0, 7),
    identity: visibleLine(String(identity)),
    tool: visibleLine(String(tool)),
    outcome: String(outcome),
    fields: Array.isArray(fields) ? fields.map(String) : [],
    records: (Array.isArray(ids) ? ids.length : 0) + left,
    late: late === true,
  };
}

const successes = new Set(
  'ok created staged dry_run possible_duplicates needs_confirmation declined asked unknown'.split(' '),
);

function addLine({ total, months, identities, tools, kinds }: AuditReport, line: Line): void {
  const categories = new Set(line.fields.map(name => categoryOf({ name })));
  const shown = [...categories].map(kind => sumOf(kinds, kind));
  const parts = [total, sumOf(months, line.month), sumOf(identities, line.identity), sumOf(tools, line.tool), ...shown];
  for (const sum of parts) {
    // The call itself has a line of its own.
    if (!line.late) sum.calls++;
    if (!line.late && !successes.has(line.outcome)) sum.failed++;
    sum.records += line.records;
    if (line.outcome === 'created' || line.outcome === 'staged') sum.added++;
  }
}

function emptySum(): Sum {
  return { calls: 0, failed: 0, records: 0, added: 0 };
}

function sumOf(sums: Map<string, Sum>, key: string): Sum {
  const sum = sums.get(key) ?? emptySum();
  sums.set(key, sum);
  return sum;
}

type Row = readonly [key: string, sum: Sum];

function byKey([a]: Row, [b]: Row): number {
  return a < b ? -1 : 1;
}

function bySize([a, one]: Row, [b, other]: Row): number {
  return other.calls - one.calls || (a < b ? -1 : 1);
}

function table(title: string, rows: readonly Row[], total?: Sum): string[] {
  const all: readonly Row[] = total ? [...rows, ['all', total]] : rows;
  const width = Math.max(title.length, ...all.map(([key]) => key.length));
  const line = (key: string, cells: readonly unknown[]) =>
    `${key.padEnd(width)}${cells.map(cell => String(cell).padStart(10)).join('')}`;
  return [
    line(title, ['calls', 'failed', 'records', 'added']),
    ...all.map(([key, { calls, failed, records, added }]) => line(key, [calls, failed, records, added])),
    '',
  ];
}
