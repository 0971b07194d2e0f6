/** What may be shown of a value that has parts with names of their own: a list of records, a map, or either in a text. */
import { bounds } from '../../base/bounds.ts';
import { isObject, tryParseJson } from '../../base/json.ts';
import type { Field } from '../../catalogue/field.ts';
import { keyTest, type NestedKeys } from '../../catalogue/nested-keys.ts';

/** Values are at most so many levels deep; what is deeper is made to exhaust a program that walks through it. */
const deepest = 16;

const tooDeep = '(nested too deep to be shown)';
const unreadable = '(not shown: it can not be told whether a hidden field is in it)';
const tooManyNames = 'Values with very many parts are shown in part: only so many can be told from hidden fields.';

/** The field that a value is of. */
type OuterField = Pick<Field, 'name' | 'special'>;

/** Stands for a part that isn't shown. */
const nothing = Symbol('nothing');

/** Takes the parts out of values that aren't to be shown: hidden fields, and special-category ones that weren't asked for. */
export class NestedValues {
  readonly #keys: NestedKeys;
  readonly #isNamed: (key: string) => boolean;
  readonly #withheld = new Map<string, Set<string>>();
  /** The names of parts that were looked at. */
  readonly #seen = new Set<string>();
  #hasTooManyNames = false;
  /** How many parts were left out. */
  #left = 0;

  /** @param fields the fields that are shown: a special-category one among them was asked for by its name */
  constructor(keys: NestedKeys, fields: readonly Field[]) {
    this.#keys = keys;
    this.#isNamed = keyTest(fields.filter(field => field.special).flatMap(({ name, label }) => [name, label]));
  }

  /** Tells which special-category parts were left out. */
  get notes(): string[] {
    const withheld = [...this.#withheld].map(([field, keys]) => {
      const named = [...keys].slice(0, 5).map(key => key.slice(0, 60));
      return `${field} is shown without ${named.join(', ')}: special-category data are shown only where fields names them.`;
    });
    return this.#hasTooManyNames ? [...withheld, tooManyNames] : withheld;
  }

  /** What may be shown of a field's value; `undefined` where nothing is left of it. */
  visible(field: OuterField, value: unknown): unknown {
    if (!mayHaveParts(value)) return value;
    const shown = this.#part(value, field, 0);
    const isEmptied = isObject(shown) && Object.keys(shown).length === 0;
    return shown === nothing || isEmptied ? undefined : shown;
  }

  #part(value: unknown, field: OuterField, depth: number): unknown {
    if (!mayHaveParts(value)) return value;
    if (depth > deepest) return this.#leave(tooDeep);
    const inner = (part: unknown) => this.#part(part, field, depth + 1);
    if (typeof value === 'string') return this.#text(value, field, inner);
    if (Array.isArray(value))
      return value.map(inner).filter(part => part !== nothing && !this.#isHiddenPair(part, field));
    const object = value as Record<string, unknown>;
    const names = Object.hasOwn(object, 'value') ? [object.name, object.field, object.key, object.label] : [];
    if (names.some(name => this.#isWithheld(name, field))) return nothing;
    const entries = Object.entries(object).filter(([key]) => !this.#isWithheld(key, field));
    return Object.fromEntries(entries.map(([key, part]) => [key, inner(part)]).filter(([, part]) => part !== nothing));
  }

  /** JSON in a text is read; what looks like it and can't be read is judged by the names in it. */
  #text(text: string, field: OuterField, inner: (part: unknown) => unknown): unknown {
    if (text.length > bounds.searched) return this.#leave(unreadable);
    const json = jsonOf(text);
    if (json === undefined) {
      const names = [...text.matchAll(/(?=["']([^"'\\]{1,100})["'])/g)].map(([, name]) => name);
      return names.some(name => this.#isWithheld(name, field)) ? this.#leave(unreadable) : text;
    }
    const before = this.#left;
    const shown = inner(json);
    if (this.#left === before) return text;
    return shown === nothing ? nothing : JSON.stringify(shown);
  }

  /** True for `["nhs_number", "943 476 5919"]` in a list. */
  #isHiddenPair(part: unknown, field: OuterField): boolean {
    if (!Array.isArray(part) || part.length !== 2) return false;
    const [name] = part;
    return typeof name === 'string' && name.length <= bounds.compared && this.#isWithheld(name, field);
  }

  #isWithheld(key: unknown, { name, special }: OuterField): boolean {
    if (typeof key !== 'string') return false;
    if (this.#isTooMuch(key)) return this.#leave(true);
    if (this.#keys.isHidden(key)) return this.#leave(true);
    // Whoever asks for a special-category field by its name asks for what is in it.
    if (special || !this.#keys.isSpecial(key) || this.#isNamed(key)) return false;
    this.#withheld.set(name, (this.#withheld.get(name) ?? new Set()).add(key));
    return this.#leave(true);
  }

  /** True for a name that takes too long to be judged: a very long one, or one more of very many. */
  #isTooMuch(key: string): boolean {
    if (this.#seen.size < bounds.nestedNames && key.length <= bounds.compared) this.#seen.add(key);
    const isSeen = this.#seen.has(key);
    this.#hasTooManyNames ||= !isSeen;
    return !isSeen;
  }

  /** Counts a part that isn't shown. @returns what stands in its place */
  #leave<T>(instead: T): T {
    this.#left++;
    return instead;
  }
}

/** Cheap, as it is asked of each value: lists, maps, and texts that begin as JSON or PHP's serialised values do. */
export function mayHaveParts(value: unknown): boolean {
  if (typeof value === 'string') return /^\s*(?:[[{]|[aO]:\d)/.test(value);
  return typeof value === 'object' && value !== null;
}

/** The list or map that a text holds as JSON; `undefined` for any other text. */
function jsonOf(text: string): object | undefined {
  const json = tryParseJson(text);
  return typeof json === 'object' && json !== null ? json : undefined;
}
