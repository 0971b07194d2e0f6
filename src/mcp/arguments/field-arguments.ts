import { isObject } from '../../base/json.ts';
import type { Field } from '../../catalogue/catalogue.ts';
import { type Argument, type ArgumentHelp, jsonList, wrongArguments } from './parse.ts';

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

/**
 * Puts what `more` holds (`["name=value"]`, one such text, or `{name: value}`) among the other arguments.
 *
 * @throws CharitylogError `invalid` for an entry that can't be read, or that is given twice
 */
export function expandMore(input: unknown, help: ArgumentHelp): unknown {
  if (!isObject(input) || input.more === undefined || input.more === null) return input;
  const { more: given, ...rest } = input;
  const expanded = new Map(Object.entries(rest));
  for (const entry of entriesOf(given)) {
    if (!entry) throw wrongArguments([`more takes "name=value", not ${JSON.stringify(given)}.`], help);
    const [name, value] = entry;
    if (expanded.has(name)) throw wrongArguments([`${name} is given twice; give it once.`], help);
    expanded.set(name, value);
  }
  return Object.fromEntries(expanded);
}

function entriesOf(given: unknown): (readonly [string, unknown] | undefined)[] {
  if (isObject(given)) return Object.entries(given);
  const entries = Array.isArray(given) ? given : (jsonList(given) ?? [given]);
  return entries.map(entry => {
    const [, name, value] = (typeof entry === 'string' && /^\s*([^=]+?)\s*=(.*)$/s.exec(entry)) || [];
    return name === undefined ? undefined : [name, value];
  });
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
