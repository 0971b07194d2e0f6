/** How records have yes and no, days, and several types. */
import type { Field } from '../../catalogue/field.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { date } from '../../people/values/date.ts';
import { Writing } from '../../people/writing.ts';
import type { Counted, Sample } from '../sample.ts';
import type { System } from '../system.ts';
import { about, differs, holds, type Line, noneNeeded, notTried } from './line.ts';

/** Looks at the values of all fields of a kind. */
export async function tryValues({ lists }: System, { tallies }: Sample): Promise<readonly Line[]> {
  const valuesOf = ({ name }: Field) => tallies.get(name)?.values ?? [];
  const yesNo = lists.selectable.filter(field => isYesNoField(field, valuesOf(field)));
  const dates = lists.selectable.filter(({ kind }) => kind === 'date');
  return [
    ...yesNo.map(field => about(field, yesNoLine(field, valuesOf(field)))),
    ...dates.map(field => about(field, dateLine(field, valuesOf(field)))),
  ];
}

/** True for a field of yes and no, also for one whose values alone tell that it is one. */
export function isYesNoField({ kind }: Field, values: readonly Counted[]): boolean {
  if (kind === 'yes_no') return true;
  const isWord = ({ value }: Counted) => typeof value !== 'number' && decodeYesNo(value) !== undefined;
  return kind === 'unknown' && values.length > 0 && values.every(isWord);
}

/** The words for yes and no that the program would learn from these values: `Y` and `N` where they tell nothing. */
export function learntYesNo(field: Field, values: readonly Counted[]): readonly [string, string] {
  const writing = learning(field, values);
  return [writing.write(field, 'Y'), writing.write(field, 'N')];
}

function yesNoLine(field: Field, values: readonly Counted[]): Line {
  const name = `yes and no in ${field.name}`;
  if (values.length === 0) return notTried(name, 'no record has a value');
  const unread = values.filter(({ value }) => decodeYesNo(value) === undefined);
  if (unread.length > 0) return differs(name, 'records have words that the program takes for neither');
  const words = learntYesNo(field, values);
  const hasNo = values.some(({ value }) => decodeYesNo(value) === false);
  const blanks = hasNo ? '' : '; nobody has a no in words, so that no value may stand for it';
  if (values.some(({ value }) => typeof value === 'boolean')) {
    return differs(name, `true and false of JSON${blanks}`, noneNeeded);
  }
  const isLearnt = values.every(({ value }) =>
    words.some(word => word.toLowerCase() === String(value).trim().toLowerCase()),
  );
  if (!isLearnt) return differs(name, `in several ways, or too seldom to tell${blanks}`, noneNeeded);
  const form = words.join(';');
  return form === 'Y;N'
    ? holds(name, `${form}${blanks}`)
    : differs(name, `${form}${blanks}`, `CHARITYLOG_YES_NO=${form}`);
}

function dateLine(field: Field, values: readonly Counted[]): Line {
  const name = `days in ${field.name}`;
  const texts = values.map(({ value }) => String(value));
  const days = texts.map(text => date.normal(text));
  if (days.every(day => day === '')) return notTried(name, 'no record has a day that the program reads');
  const zeros = texts.some(text => /^0000/.test(text)) ? '; zeros for no day' : '';
  const isOdd = days.some((day, n) => day === '' && !/^0000/.test(texts[n] ?? ''));
  if (isOdd) return differs(name, `some are in a form that the program does not read${zeros}`);
  if (days.some(day => Number(day.slice(4, 6)) > 12))
    return differs(name, `some have the month before the day${zeros}`);
  const format = learning(field, values).write(field, '2024-02-29') === '2024-02-29' ? 'YYYY-MM-DD' : 'DD/MM/YYYY';
  const time = texts.some(text => /\d:\d/.test(text)) ? ' with a time' : '';
  const isMixed = texts.some(text => /^\s*\d{4}-/.test(text)) && texts.some(text => /^\s*\d{1,2}\//.test(text));
  if (isMixed) return differs(name, `in two forms${zeros}`, noneNeeded);
  const shown = `${format}${time}${zeros}`;
  return format === 'YYYY-MM-DD' ? holds(name, shown) : differs(name, shown, `CHARITYLOG_DATE_FORMAT=${format}`);
}

function learning(field: Field, values: readonly Counted[]): Writing {
  const writing = new Writing({ yesNo: undefined, dateFormat: undefined });
  // A form is believed from two records on.
  for (const { value, count } of values) for (let n = 0; n < Math.min(count, 2); n++) writing.note(field, value);
  return writing;
}
