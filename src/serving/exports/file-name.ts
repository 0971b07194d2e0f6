import { invalid } from '../../base/errors.ts';
import { dayInUk } from '../../people/values/date.ts';

/** The longest name, in characters: every system of files takes so many, with what is put behind them. */
const longestName = 100;

/** What files may be called on every system: nothing here leads elsewhere, hides a file, or stands for anything else. */
const plainName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()&'+,-]*$/u;

/** Names that Windows keeps for devices, whatever stands behind them. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * The name of a file that is to be written, with `.csv` behind it.
 *
 * @throws CharitylogError `invalid` for what is no plain name
 */
export function fileNameOf(given: string): string {
  const name = withEnding(given);
  if (isPlain(name)) return name;
  const last = withEnding(given.split(/[/\\:]/).at(-1) ?? '');
  throw invalid({
    text:
      'file takes a name alone, of letters, digits, spaces and . _ - ( ), such as carers.csv. The file is written into the ' +
      'export folder.',
    mend: isPlain(last) ? args => ({ ...args, file: last }) : undefined,
  });
}

/** The names that a file may have, the first one that is free: `people.csv`, `people-2.csv` and so on. */
export function* namesLike(name: string): Generator<string> {
  yield name;
  for (let n = 2; n <= 1000; n++) yield name.replace(/(?=\.csv$)/i, `-${n}`);
}

/** The name of a file of today, where the caller gives none. */
export function nameOfToday(): string {
  return `people-${dayInUk(new Date())}.csv`;
}

function withEnding(given: string): string {
  const name = given.normalize('NFC').trim();
  return /\.csv$/i.test(name) ? name : `${name}.csv`;
}

function isPlain(name: string): boolean {
  const [first = ''] = name.split('.');
  return plainName.test(name) && name.length <= longestName && !device.test(first.trim());
}
