import { memoizeByObject } from '../../base/memoize.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { type Field, type FieldLists, typeField } from '../../catalogue/field.ts';
import type { Config } from '../../settings/config.ts';
import { requiredForAll } from '../../settings/required-fields.ts';
import { type FieldArguments, fieldArguments } from './field-arguments.ts';
import type { Argument } from './schema.ts';

const named: readonly (Argument & { readonly field: Field })[] = [
  { ...requiredText('first_name', 'First name'), aliases: ['forename', 'given_name'] },
  { ...requiredText('surname', 'Surname'), aliases: ['last_name', 'family_name'] },
  { name: 'type', kind: 'string', aliases: ['client_type'], field: typeField },
];

const controls: readonly Argument[] = [
  { name: 'dry_run', kind: 'boolean' },
  { name: 'confirm_token', kind: 'string', isFromAnswer: true },
];

/** What a charity lays down for all its new records. */
export type RecordSettings = Pick<Config, 'requiredFields' | 'createMark'>;

/**
 * The arguments of `create_person`: the names, the type, every writable field, and how to go about it. What the charity's
 * own minimum data set wants of all types is required in the schema; the field of its mark isn't published.
 */
export function recordArguments(settings: RecordSettings): (fields: FieldLists) => FieldArguments {
  const { requiredFields, createMark } = settings;
  const always = requiredForAll(requiredFields).map(foldSpelling);
  const isMarked = (field: Field) =>
    createMark !== undefined && foldSpelling(createMark.field) === foldSpelling(field.name);
  return memoizeByObject(({ writable }: FieldLists) => {
    const own = named.map(argument => argument.name);
    const reserved = [...own, ...controls.map(argument => argument.name)];
    const others = writable.filter(field => !own.includes(field.name));
    const further = fieldArguments(others, reserved, field => ({
      isStored: 'text',
      ...(field.kind === 'choice' && { several: true }),
      ...(always.includes(foldSpelling(field.name)) && !isMarked(field) && { required: true }),
      ...(isMarked(field) && { unpublished: true }),
    }));
    return {
      list: [...named, ...further.list, ...controls],
      fields: new Map([...named.map(({ name, field }) => [name, field] as const), ...further.fields]),
    };
  });
}

function requiredText(name: string, label: string): Argument & { readonly field: Field } {
  const field: Field = { name, label, kind: 'text', meaning: 'name', special: false };
  return { name, kind: 'string', required: true, isStored: 'name', field };
}
