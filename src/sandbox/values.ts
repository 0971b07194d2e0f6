import type { Dictionary } from './dictionaries.ts';
import { escapeHtml } from './entities.ts';
import { type Field, type FieldKind, getValue, type SandboxPerson } from './fields.ts';
import type { Switches } from './switches.ts';

/** A field that is written for each person; with `names`, names stand in place of its ids. */
export interface Column {
  readonly field: Field;
  readonly names: Dictionary | undefined;
}

type Value = string | number | readonly number[];

/** Makes the function that gives a person's value of a field as this system writes it; undefined leaves the field out. */
export function writerOf(switches: Switches, column: Column): (person: SandboxPerson) => unknown {
  const { name, kind } = column.field;
  const blank = blankOf(switches, kind);
  const write = writerOfRecorded(switches, column);
  // The usual system writes most values as they are: on that path nothing more is called, since it serves very many people.
  if (!write) return person => getValue(person, name) ?? blank;
  return person => {
    const value = getValue(person, name);
    return value === undefined ? blank : write(value);
  };
}

const blanks = { omit: undefined, null: null, empty: '' };
const zeroDates = { zeros: '0000-00-00', 'zeros-time': '0000-00-00 00:00:00' };

function blankOf({ blanks: form, noDate }: Switches, kind: FieldKind): unknown {
  const isDate = kind === 'date' || kind === 'datetime';
  return isDate && noDate !== 'blank' ? zeroDates[noDate] : blanks[form];
}

/** Undefined for values that are written as they are. */
function writerOfRecorded(switches: Switches, { field, names }: Column): ((value: Value) => unknown) | undefined {
  const { ids, yesNo, no, dates, entities } = switches;
  const idOrName = (id: number) => writeName(switches, names?.get(id)) ?? writeId(switches, id);
  switch (field.kind) {
    case 'types':
      return types => writeTypes(switches, types as readonly number[], idOrName);
    case 'id':
    case 'choice':
      return names || ids === 'string' ? id => idOrName(Number(id)) : undefined;
    case 'yes-no':
      return yesNo === 'Y/N' && no === 'word' ? undefined : value => writeYesNo(switches, value === 'Y');
    case 'date':
    case 'datetime':
      return dates === 'iso' ? undefined : value => writeDate(switches, String(value));
    case 'count':
      return undefined;
    default:
      return entities === 'none' ? undefined : value => escapeHtml(entities, String(value));
  }
}

function writeTypes(
  { type: form }: Switches,
  types: readonly number[],
  idOrName: (id: number) => string | number,
): unknown {
  const [first = 0] = types;
  if (form === 'id' && types.length === 1) return idOrName(first);
  const values = types.map(idOrName);
  if (form === 'list') return values;
  return values.join(form === 'comma' ? ',' : ';');
}

/** An id as this system writes ids. */
export function writeId({ ids }: Switches, id: number): number | string {
  return ids === 'string' ? String(id) : id;
}

/** The name of an option as this system writes texts. */
export function writeName<Name extends string | undefined>({ entities }: Switches, name: Name): Name | string {
  return name === undefined || entities === 'none' ? name : escapeHtml(entities, name);
}

const yesNoForms = {
  'Y/N': ['Y', 'N'],
  '1/0': [1, 0],
  '"1"/"0"': ['1', '0'],
  'Yes/No': ['Yes', 'No'],
  'true/false': [true, false],
  '"true"/"false"': ['true', 'false'],
  'on/off': ['on', 'off'],
} as const satisfies Record<Switches['yesNo'], readonly [unknown, unknown]>;

/** Yes or no as this system writes it; undefined leaves the field out. */
export function writeYesNo({ yesNo, no, blanks: form }: Switches, isYes: boolean): unknown {
  if (!isYes && no === 'blank') return blanks[form];
  return yesNoForms[yesNo][isYes ? 0 : 1];
}

/** What a yes/no value of a request means, `Y` or `N`; undefined for a word that this system doesn't use. */
export function readYesNo({ yesNo, no }: Switches, text: string): 'Y' | 'N' | undefined {
  const [yes, negative] = yesNoForms[yesNo].map(form => String(form).toLowerCase());
  const word = text.toLowerCase();
  if (word === yes) return 'Y';
  return word === negative && no === 'word' ? 'N' : undefined;
}

function writeDate({ dates }: Switches, value: string): string {
  const [day = '', time] = value.split(' ');
  if (dates === 'iso-time') return `${day} ${time ?? '00:00:00'}`;
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}${time ? ` ${time}` : ''}`;
}

/** A date or time of a request as the system keeps it; undefined for what is no day of the calendar in this system's form. */
export function readDate({ dates }: Switches, kind: 'date' | 'datetime', text: string): string | undefined {
  const iso = dates === 'dmy' ? text.replace(/^(\d\d)\/(\d\d)\/(\d{4})/, '$3-$2-$1') : text;
  if (dates === 'dmy' && iso === text) return undefined;
  const [, day = '', hours] = /^(\d{4}-\d\d-\d\d)(?: ([01]\d|2[0-3]):[0-5]\d:[0-5]\d)?$/.exec(iso) ?? [];
  if (!isDay(day)) return undefined;
  if (kind === 'datetime') return hours === undefined ? undefined : iso;
  return hours === undefined || (dates === 'iso-time' && iso.endsWith(' 00:00:00')) ? day : undefined;
}

function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
