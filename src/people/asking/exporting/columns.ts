import type { Field } from '../../../catalogue/field.ts';
import type { Option, Person } from '../../../charitylog/api.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import type { Call } from '../../call.ts';
import { dayText } from '../../values/date.ts';
import { dayOf } from '../conditions/decide.ts';
import { NestedValues } from '../nested-values.ts';
import { hasIds, idsShown, PersonView } from '../show-person.ts';
import { csvLine } from './csv.ts';

/** Opens the columns of a file, with the options that this system has: nobody is known yet who goes into them. */
export async function openColumns(
  fields: readonly Field[],
  { catalogue, signal }: Pick<Call, 'catalogue' | 'signal'>,
): Promise<Columns> {
  const optionsOf = (field: Field) =>
    field.kind === 'choice' ? catalogue.optionsToShow(field, signal) : catalogue.knownOptions(field);
  const options = await Promise.all(fields.map(optionsOf));
  const known = fields.flatMap(({ name, kind }, n) =>
    options[n] || kind === 'choice' ? [[name, options[n] ?? []] as const] : [],
  );
  return new Columns(fields, new Map(known), new NestedValues(catalogue.nestedKeys, fields));
}

/** The columns of a file: people as its lines, with names for ids. */
export class Columns {
  readonly fields: readonly Field[];
  readonly #names: readonly string[];
  readonly #view: PersonView;
  readonly #nested: NestedValues;
  /** Choices whose options this system doesn't tell. */
  readonly #unlisted: readonly string[];
  readonly #withIds = new Set<string>();
  readonly #empty: Set<string>;

  constructor(fields: readonly Field[], options: ReadonlyMap<string, readonly Option[]>, nested: NestedValues) {
    this.fields = fields;
    this.#names = fields.map(({ name }) => name);
    this.#view = new PersonView(options, { fields, unnamed: [], nested });
    this.#nested = nested;
    this.#unlisted = this.#names.filter(name => options.get(name)?.length === 0);
    this.#empty = new Set(this.#names);
  }

  /** The line with the names of the fields. */
  get header(): string {
    return csvLine(this.#names);
  }

  /** The line of a person. */
  lineOf(person: Person): string {
    const values = this.#view.valuesOf(person, this.#names);
    for (const name of this.#unlisted) if (hasIds(person[name])) this.#withIds.add(name);
    for (const name of this.#empty) if (values[name] !== undefined) this.#empty.delete(name);
    return csvLine(this.fields.map(field => cellText(field, values[field.name])));
  }

  /** What the caller should know of the lines. */
  get notes(): string[] {
    const empty = [...this.#empty];
    return [
      ...[...this.#withIds].map(idsShown),
      ...this.#nested.notes,
      ...(empty.length > 0 ? [`Nobody has a value in ${empty.join(', ')}.`] : []),
    ];
  }
}

function cellText({ kind }: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'date') {
    const day = dayOf(value);
    if (day !== undefined) return dayText(day);
  }
  if (kind === 'yes_no') {
    const answer = decodeYesNo(value);
    if (answer !== undefined) return answer ? 'Yes' : 'No';
  }
  const isList = Array.isArray(value) && value.every(item => typeof item !== 'object');
  if (isList) return value.join('; ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
