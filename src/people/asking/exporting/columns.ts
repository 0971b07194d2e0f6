import type { Field } from '../../../catalogue/field.ts';
import type { Option, Person } from '../../../charitylog/api.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import { dayNumber, dayText } from '../../values/date.ts';
import { plainText } from '../../values/plain.ts';
import type { NestedValues } from '../nested-values.ts';
import { hasIds, idsShown, PersonView } from '../show-person.ts';
import { csvLine } from './csv.ts';

/** The columns of a file: people as its lines, with names for ids. */
export class Columns {
  readonly fields: readonly Field[];
  readonly #names: readonly string[];
  readonly #view: PersonView;
  /** Choices whose options this system doesn't tell. */
  readonly #unlisted: readonly string[];
  readonly #withIds = new Set<string>();
  readonly #empty: Set<string>;

  /** @param options those of this system: nobody is known yet who goes into the file */
  constructor(fields: readonly Field[], options: ReadonlyMap<string, readonly Option[]>, nested: NestedValues) {
    this.fields = fields;
    this.#names = fields.map(({ name }) => name);
    this.#view = new PersonView(options, { fields, unnamed: [], nested });
    this.#unlisted = this.#names.filter(name => options.get(name)?.length === 0);
    this.#empty = new Set(this.#names);
  }

  get header(): string {
    return csvLine(this.#names);
  }

  lineOf(person: Person): string {
    const values = this.#view.valuesOf(person, this.#names);
    for (const name of this.#unlisted) if (hasIds(person[name])) this.#withIds.add(name);
    for (const name of this.#empty) if (values[name] !== undefined) this.#empty.delete(name);
    return csvLine(this.fields.map(field => cellText(field, values[field.name])));
  }

  get notes(): string[] {
    const empty = [...this.#empty];
    return [
      ...[...this.#withIds].map(idsShown),
      ...this.#view.notes,
      ...(empty.length > 0 ? [`Nobody has a value in ${empty.join(', ')}.`] : []),
    ];
  }
}

function cellText({ kind }: Field, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (kind === 'date') {
    const day = dayNumber(value);
    if (day !== undefined) return dayText(day);
  }
  if (kind === 'yes_no') {
    const answer = decodeYesNo(value);
    if (answer !== undefined) return answer ? 'Yes' : 'No';
  }
  return plainText(value);
}
