import type { Field } from '../catalogue/field.ts';
import { decodeYesNo } from '../charitylog/values.ts';
import type { Config } from '../settings/config.ts';

/** How yes and no are written, as `Y;N`. */
type YesNo = readonly [yes: string, no: string];

/** The forms that records are known to have (manual: API Details has `Y` and `N`). */
const yesNoForms: readonly YesNo[] = [
  ['Y', 'N'],
  ['1', '0'],
  ['Yes', 'No'],
  ['true', 'false'],
  ['on', 'off'],
];

/** A form is believed when so many values have it, and none has another. */
const enough = 2;

/** At most so many values of a field are looked at: what they all have, the next ones have too. */
const maxLookedAt = 50;

/** Counts the forms that the values of a field have. */
class Votes<T> {
  readonly #counts = new Map<T, number>();
  #lookedAt = 0;

  add(form: T | undefined): void {
    if (form === undefined || this.#lookedAt >= maxLookedAt) return;
    this.#lookedAt++;
    this.#counts.set(form, (this.#counts.get(form) ?? 0) + 1);
  }

  /** The only form that was seen, and often enough. */
  get result(): T | undefined {
    const [first, ...others] = this.#counts;
    return first && others.length === 0 && first[1] >= enough ? first[0] : undefined;
  }
}

/** How one identity's system writes yes, no and days: as the settings say, else as its records have it. */
export class Writing {
  readonly #set: Pick<Config, 'yesNo' | 'dateFormat'>;
  readonly #yesNo = new Map<string, Votes<YesNo>>();
  readonly #days = new Votes<'YYYY-MM-DD' | 'DD/MM/YYYY'>();

  constructor(settings: Pick<Config, 'yesNo' | 'dateFormat'>) {
    this.#set = settings;
  }

  /** Looks at how a record has a field's value. */
  note({ name, kind }: Pick<Field, 'name' | 'kind'>, value: unknown): void {
    if (kind === 'date') this.#days.add(dayForm(value));
    if (kind !== 'yes_no' && kind !== 'unknown') return;
    const form = yesNoForm(value);
    if (!form) return;
    const votes = this.#yesNo.get(name) ?? new Votes();
    votes.add(form);
    this.#yesNo.set(name, votes);
  }

  /** A yes or no as a record has it, in the words of the settings, too; `undefined` for anything else. */
  readYesNo(value: unknown): boolean | undefined {
    const at = this.#set.yesNo?.findIndex(word => word.toLowerCase() === String(value).trim().toLowerCase()) ?? -1;
    return at < 0 ? decodeYesNo(value) : at === 0;
  }

  /** A value as this system writes it: `Y` and `N`, and days as `YYYY-MM-DD`, become what its records have. */
  write({ name, kind }: Pick<Field, 'name' | 'kind'>, value: string): string {
    if (kind === 'date') return this.#writeDay(value);
    const isYesNo = kind === 'yes_no' || (kind === 'unknown' && this.#yesNo.has(name));
    if (!isYesNo || !/^[YN]$/.test(value)) return value;
    const [yes, no] = this.#set.yesNo ?? this.#yesNo.get(name)?.result ?? ['Y', 'N'];
    return value === 'Y' ? yes : no;
  }

  #writeDay(value: string): string {
    const format = this.#set.dateFormat ?? this.#days.result;
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? [];
    return format === 'DD/MM/YYYY' && year ? `${day}/${month}/${year}` : value;
  }
}

/** JSON's own true and false tell nothing of how the system writes them. */
function yesNoForm(value: unknown): YesNo | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim().toLowerCase();
  return yesNoForms.find(form => form.some(word => word.toLowerCase() === text));
}

function dayForm(value: unknown): 'YYYY-MM-DD' | 'DD/MM/YYYY' | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\s*[1-9]\d{3}-\d{2}-\d{2}/.test(value)) return 'YYYY-MM-DD';
  return /^\s*\d{1,2}\/\d{1,2}\/\d{4}/.test(value) ? 'DD/MM/YYYY' : undefined;
}
