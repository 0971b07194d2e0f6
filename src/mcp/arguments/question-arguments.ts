import { memoizeByObject } from '../../base/memoize.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { type FieldLists, typeField } from '../../catalogue/field.ts';
import { findField } from '../../catalogue/find-field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import { type Question, readQuestion } from '../../people/asking/question.ts';
import type { Call } from '../../people/call.ts';
import { type FieldArguments, fieldArguments, givenFields } from './field-arguments.ts';
import type { ParsedArguments } from './parse.ts';
import type { Argument } from './schema.ts';

const typeArgument: Argument = {
  name: 'type',
  kind: 'string',
  several: true,
  isFilter: true,
  aliases: ['client_type', 'types'],
};
const nameArgument: Argument = { name: 'name', kind: 'string', isFilter: true, aliases: ['full_name'] };

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

/** `type`, `name`, one argument for each field that this charity's system can filter by, and the tool's own. */
export function questionArguments(own: readonly Argument[]): QuestionArguments {
  // Made once for each load of the lists: calls come far more often.
  const argumentsFor = memoizeByObject(({ filterable }: FieldLists): FieldArguments => {
    const fields = filterable.filter(field => field.name !== typeField.name);
    const reserved = [typeArgument, nameArgument, ...own].map(argument => argument.name);
    const filters = fieldArguments(fields, reserved, field => ({
      isFilter: true,
      ...(field.kind !== 'yes_no' && { several: true }),
    }));
    return {
      list: [typeArgument, nameArgument, ...filters.list, ...own],
      fields: new Map([[typeArgument.name, typeField], ...filters.fields]),
    };
  });
  return {
    of: fields => argumentsFor(fields).list,
    read(parsed, fields, otherPairs, call) {
      const name = parsed.values.get(nameArgument.name) as string | undefined;
      return readQuestion({ given: givenFields(parsed, argumentsFor(fields)), name, otherPairs }, call);
    },
  };
}

/** Why a key that may be a field can't be searched by. */
export function whyNoFilter(key: string, fields: FieldLists): string | undefined {
  if (foldSpelling(key) === 'inactive') return 'For inactive people, give active: false.';
  const field = findField(fields.selectable, key);
  if (!field || findField(fields.filterable, key)) return undefined;
  const instead = nameFields.includes(field.name)
    ? 'use name'
    : `show it with search_people and fields: ["${field.name}"]`;
  return `${field.name} cannot be searched by on this Charitylog system; ${instead}.`;
}
