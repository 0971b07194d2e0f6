import type { Mend, Problem } from '../../base/errors.ts';
import { memoizeByObject } from '../../base/memoize.ts';
import { quote } from '../../base/quote.ts';
import { foldSpelling, nearest } from '../../base/spelling.ts';
import { type Field, type FieldLists, typeField } from '../../catalogue/field.ts';
import { calledFields, findField } from '../../catalogue/find-field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { NamedField } from '../../people/asking/conditions/condition.ts';
import { withCondition } from '../../people/asking/conditions/mends.ts';
import { findSubject } from '../../people/asking/conditions/subject.ts';
import { type Question, readQuestion } from '../../people/asking/question.ts';
import type { Call } from '../../people/call.ts';
import { kindOf } from '../../people/values/kinds.ts';
import { type FieldArguments, fieldArguments, givenFields } from './field-arguments.ts';
import type { ParsedArguments } from './parse.ts';
import type { Argument } from './schema.ts';

const anyOf = { kind: 'string', several: true, isFilter: true } as const;
const typeArgument: Argument = { ...anyOf, name: 'type', aliases: ['client_type', 'types'] };
const nameArgument: Argument = { ...anyOf, name: 'name', aliases: ['full_name'] };
const whereArgument: Argument = {
  name: 'where',
  kind: 'strings',
  isWhole: true,
  isFilter: true,
  description:
    'Conditions: "email is blank", "district is not A;B", "age >= 65", "created 2025-01-01..today", "birthday today..today+7d", "notes contains dog"',
  aliases: ['conditions', 'condition', 'filter', 'filters'],
};

/** The arguments of a tool that asks about people: who is meant, and the tool's own. */
export interface QuestionArguments {
  of(fields: FieldLists): readonly Argument[];
  /**
   * Reads who is asked for.
   *
   * @param otherPairs how many of the ten pairs of an API URL the question needs besides its filters
   * @throws CharitylogError `invalid` saying what is wrong
   */
  read(parsed: ParsedArguments, fields: FieldLists, otherPairs: number, call: Call): Promise<Question>;
}

/**
 * `type`, `name`, one argument for each field that this charity's system can filter by, and the tool's own. Name and filters
 * may be left out.
 */
export function questionArguments(
  own: readonly Argument[],
  { hasFilters = true, hasName = true }: { readonly hasFilters?: boolean; readonly hasName?: boolean } = {},
): QuestionArguments {
  const { description: _, ...whereAlone } = whereArgument;
  // Another tool's where says what it takes: tokens cost in every conversation.
  const who = hasName ? [typeArgument, nameArgument, whereArgument] : [typeArgument, whereAlone];
  // Made once for each load of the lists: calls come far more often.
  const argumentsFor = memoizeByObject(({ filterable }: FieldLists): FieldArguments => {
    const fields = hasFilters ? filterable.filter(field => field.name !== typeField.name) : [];
    const reserved = [...who, ...own].map(argument => argument.name);
    const filters = fieldArguments(fields, reserved, field => ({
      isFilter: true,
      ...(field.kind !== 'yes_no' && { several: true }),
    }));
    return {
      list: [...who, ...filters.list, ...own],
      fields: new Map([[typeArgument.name, typeField], ...filters.fields]),
    };
  });
  return {
    of: fields => argumentsFor(fields).list,
    read(parsed, fields, otherPairs, call) {
      const names = (parsed.values.get(nameArgument.name) ?? []) as readonly string[];
      const where = (parsed.values.get(whereArgument.name) ?? []) as readonly string[];
      return readQuestion({ given: givenFields(parsed, argumentsFor(fields)), names, where, otherPairs }, call);
    },
  };
}

/** Why a key that may be a field is no filter, and how to ask instead. */
export function whyNoFilter(key: string, fields: FieldLists): string | Problem | undefined {
  if (foldSpelling(key) === 'inactive')
    return { text: 'For inactive people, give active: false.', mend: askByActive(key) };
  const named = findSubject(fields.selectable, key);
  if (findField(fields.filterable, key)) return undefined;
  if (!named) return whatIsCalled(key, fields);
  const byName = nameFields.includes(named.name) ? '; name finds any words of a name' : '';
  const text = `${named.name} is no filter on this Charitylog system. where can ask for it${byName}.`;
  return { text, mend: askByWhere(key, named) };
}

/** What people may mean by a word that is no field's name. */
function whatIsCalled(key: string, { selectable, filterable }: FieldLists): string | undefined {
  const names = filterable.map(({ name }) => name);
  const called = nearest(key, names).length > 0 ? [] : calledFields(selectable, key);
  if (called.length === 0) return undefined;
  return `${quote(key)} may be ${called.join(' or ')}: give that filter, or ask in where, as "${called[0]} is VALUE".`;
}

/** Where a tool has no filters: what asks for the field that a key is. */
export function whyNoFilterHere(key: string, { selectable }: FieldLists): Problem | undefined {
  const named = findSubject(selectable, key);
  return named && { text: `${named.name} is no argument here; where asks for it.`, mend: askByWhere(key, named) };
}

function askByWhere(key: string, { name, field }: NamedField): Mend {
  return ({ [key]: value, ...args }) => {
    const text = [value].flat().map(yesOrNo).join(';');
    const form = name === field.name ? formFor(field, value) : 'is';
    return withCondition(args, /^[<>=]/.test(text) ? `${name} ${text}` : `${name} ${form} ${text}`);
  };
}

function yesOrNo(value: unknown): unknown {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
}

/** A word of a note or an address isn't the whole of it, nor is a part of a number. */
function formFor({ kind, meaning }: Field, value: unknown): 'is' | 'contains' {
  if (kind === 'text' && (meaning === 'note' || meaning === 'address' || meaning === 'text')) return 'contains';
  return [value].flat().every(one => kindOf(meaning).isWhole(String(one))) ? 'is' : 'contains';
}

function askByActive(key: string): Mend {
  return ({ [key]: value, ...args }) => ({ ...args, active: decodeYesNo(value) === false });
}
