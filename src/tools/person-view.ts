import type { FieldLists } from '../catalogue/catalogue.ts';
import { optionName } from '../catalogue/options.ts';
import { decodeTypes, decodeYesNo } from '../charitylog/decode.ts';
import type { Option, Person } from '../charitylog/people-api.ts';

/** The fields behind a person's short form. */
const shortFormFields = ['id', 'first_name', 'surname', 'type', 'active', 'deceased'];

/** The fields to ask the API for: the short form's and these; none that the live list doesn't have. */
export function fieldsToAsk(lists: FieldLists, extra: readonly string[]): string[] {
  const known = new Set(lists.selectable.map(field => field.name));
  return [...new Set([...shortFormFields, ...extra])].filter(name => known.has(name));
}

/** A person's short form: `{id, name, type}`, `inactive` and `deceased` where true, then the fields asked for. */
export function shortForm(person: Person, extra: readonly string[], types: readonly Option[]): Record<string, unknown> {
  return {
    id: person.id,
    name: fullName(person),
    ...(hasValue(person.type) && { type: typeNames(person.type, types) }),
    ...(decodeYesNo(person.active) === false && { inactive: true }),
    ...(decodeYesNo(person.deceased) === true && { deceased: true }),
    ...Object.fromEntries(extra.flatMap(name => (hasValue(person[name]) ? [[name, shown(name, person, types)]] : []))),
  };
}

/** A person's types by name, joined by `; `. */
export function typeNames(value: unknown, types: readonly Option[]): string {
  return decodeTypes(value)
    .map(id => optionName(types, id))
    .join('; ');
}

/** False for what stands for no value: null, blank text, an empty list. */
export function hasValue(value: unknown): boolean {
  if (typeof value === 'string') return value.trim() !== '';
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function shown(name: string, person: Person, types: readonly Option[]): unknown {
  return name === 'type' ? typeNames(person.type, types) : person[name];
}

function fullName(person: Person): string {
  const words = [person.first_name, person.surname].filter(hasValue).map(word => String(word).trim());
  return words.join(' ') || '(no name)';
}
