import type { Field } from '../catalogue/catalogue.ts';
import { isObject } from '../json.ts';
import type { Argument } from './arguments.ts';

/** At most this many fields are arguments of their own; the others are given in `more`. */
export const maxPublishedFields = 60;

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
    const name = safeName(field.name, taken => reserved.includes(taken) || taken === 'more' || byName.has(taken));
    byName.set(name, field);
    const hidden = position >= maxPublishedFields && { unpublished: true };
    return {
      name,
      kind: kindOf(field),
      ...(name !== field.name && { description: field.label }),
      ...hidden,
      ...shape(field),
    };
  });
  return { list: fields.length > maxPublishedFields ? [...list, more] : list, fields: byName };
}

/** Turns `more: ["name=value"]` into arguments of those names; anything else in `more` stays for the validator to refuse. */
export function expandMore(input: unknown): unknown {
  if (!isObject(input) || !Array.isArray(input.more)) return input;
  const { more: entries, ...rest } = input;
  const unreadable: unknown[] = [];
  for (const entry of entries as unknown[]) {
    const [, name, value] = (typeof entry === 'string' && /^\s*([^=]+?)\s*=(.*)$/s.exec(entry)) || [];
    if (name === undefined || Object.hasOwn(rest, name)) unreadable.push(entry);
    else rest[name] = value;
  }
  return unreadable.length > 0 ? { ...rest, more: unreadable } : rest;
}

const more: Argument = {
  name: 'more',
  kind: 'strings',
  description: 'Further fields of this system, each as "name=value"',
};

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
