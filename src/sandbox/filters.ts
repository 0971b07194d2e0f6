import { ApiError } from './api-error.ts';
import { type Field, getValue, type SandboxPerson } from './fields.ts';
import type { Switches } from './switches.ts';
import { readDate, readYesNo } from './values.ts';

/** One key/value pair of a URL, whose value may be several, separated by `;`. */
export interface Filter {
  readonly field: Field;
  readonly value: string;
}

type Predicate = (person: SandboxPerson) => boolean;

/**
 * What the filters of a question leave: people for whom all hold that this system doesn't ignore.
 *
 * @throws ApiError 400 for a value that a filter doesn't take, ignored or not.
 */
export function makePredicate(switches: Switches, filters: readonly Filter[]): Predicate {
  const predicates = filters.flatMap(filter => {
    const predicate = predicateOf(switches, filter);
    return isIgnored(switches, filter, filters) ? [] : [predicate];
  });
  return person => predicates.every(predicate => predicate(person));
}

/** Whether this system takes a filter without using it. One record's id is no filter, except where even that is ignored. */
function isIgnored({ ignores }: Switches, { field }: Filter, filters: readonly Filter[]): boolean {
  switch (ignores) {
    case 'nothing':
      return false;
    case 'everything':
      return field.kind !== 'id';
    case 'choices':
      return field.kind === 'choice';
    case 'yes-no':
      return field.kind === 'yes-no';
    case 'type-beside-others':
      return field.name === 'type' && filters.length > 1;
    default:
      return field.name === ignores;
  }
}

function predicateOf(switches: Switches, { field, value }: Filter): Predicate {
  const wanted = new Set(valuesOf(switches, value).map(text => readWanted(switches, field, text)));
  if (field.kind === 'types') return person => person.type.some(type => wanted.has(type));
  if (switches.texts === 'contains' && isText(field)) {
    const parts = [...wanted].map(String);
    return person => {
      const actual = getValue(person, field.name);
      return actual !== undefined && parts.some(part => String(actual).toLowerCase().includes(part));
    };
  }
  return person => {
    const actual = getValue(person, field.name);
    return (
      actual !== undefined && wanted.has(typeof actual === 'string' ? fold(switches, field, actual) : Number(actual))
    );
  };
}

/** Several values, separated by `;`, mean any of them, or what this system takes them for. */
function valuesOf({ values }: Switches, value: string): readonly string[] {
  const texts = value.split(';');
  if (values === 'any' || texts.length === 1) return texts;
  if (values === 'literal') return [];
  return texts.slice(...(values === 'first' ? [0, 1] : [-1]));
}

function isText({ kind }: Field): boolean {
  return kind === 'text' || kind === 'code';
}

function isNumeric({ kind, options }: Field): boolean {
  return options !== undefined || kind === 'id' || kind === 'count';
}

function readWanted(switches: Switches, field: Field, text: string): string | number | undefined {
  const { kind } = field;
  if (kind === 'yes-no') return readYesNo(switches, text);
  if (kind === 'date' || kind === 'datetime') return readDate(switches, kind, text);
  if (!isNumeric(field)) return fold(switches, field, text);
  if (!/^\d+$/.test(text)) throw new ApiError(400, `${field.name} is compared with numbers, not with "${text}"`);
  return Number(text);
}

/** Codes are compared exactly as stored, other text regardless of case, unless this system compares texts otherwise. */
function fold({ texts }: Switches, field: Field, text: string): string {
  const isFolded = texts === 'contains' ? isText(field) : texts === 'folded' && field.kind === 'text';
  return isFolded ? text.toLowerCase() : text;
}
