import type { Field } from '../../catalogue/field.ts';
import type { Given } from '../../people/call.ts';
import { more } from './more.ts';
import type { ParsedArguments } from './parse.ts';
import type { Argument } from './schema.ts';

/** At most this many fields are arguments of their own; the others are given in `more`. */
const maxPublishedFields = 60;

/** A tool's arguments for the fields of this charity's system. */
export interface FieldArguments {
  readonly list: readonly Argument[];
  /** The field behind each argument name. */
  readonly fields: ReadonlyMap<string, Field>;
}

/**
 * One argument a field, typed by its kind. A field whose name hosts would refuse, or that another argument has
 * already, gets a safe name (`field_...`); from the 61st on, fields go into `more: ["name=value"]`.
 *
 * @param reserved names of the tool's other arguments
 * @param shape what else holds for each field's argument
 */
export function fieldArguments(
  fields: readonly Field[],
  reserved: readonly string[],
  shape: (field: Field) => Partial<Argument>,
): FieldArguments {
  const byName = new Map<string, Field>();
  const list = fields.map((field, position): Argument => {
    const name = safeName(field.name, taken => reserved.includes(taken) || taken === more.name || byName.has(taken));
    byName.set(name, field);
    return {
      name,
      kind: kindOf(field),
      ...(name !== field.name && { description: field.label, aliases: [field.name] }),
      ...(field.kind === 'unknown' && { takesYesNo: true }),
      ...(position >= maxPublishedFields && { unpublished: true }),
      ...shape(field),
    };
  });
  return { list: fields.length > maxPublishedFields ? [...list, more] : list, fields: byName };
}

/** The values that were given for fields, in the order in which they were given. */
export function givenFields({ values }: ParsedArguments, { fields }: FieldArguments): readonly Given[] {
  return [...values].flatMap(([argument, value]) => {
    const field = fields.get(argument);
    return field ? [{ argument, field, value }] : [];
  });
}

function kindOf({ kind }: Field): Argument['kind'] {
  if (kind === 'yes_no') return 'boolean';
  return kind === 'count' ? 'integer' : 'string';
}

function safeName(name: string, isTaken: (name: string) => boolean): string {
  if (/^[a-zA-Z0-9_.-]{1,64}$/.test(name) && !isTaken(name)) return name;
  const base = `field_${name.replace(/[^a-zA-Z0-9_.-]/g, '_')}`.slice(0, 60);
  let candidate = base;
  for (let n = 2; isTaken(candidate); n++) candidate = `${base}_${n}`;
  return candidate;
}
