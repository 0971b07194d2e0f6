// zod, with builders of schemas that return a stand-in of the schema, which is built when it is first asked for anything but
// another schema made of it.
import * as zod from 'zod/v4';

export * from 'zod/v4';

const built = Symbol('built');

/** What a schema makes another schema with. */
const makers = new Set([
  ...[
    'optional',
    'nullable',
    'nullish',
    'default',
    'catch',
    'describe',
    'meta',
    'and',
    'or',
    'pipe',
    'transform',
    'refine',
  ],
  ...[
    'superRefine',
    'readonly',
    'extend',
    'merge',
    'pick',
    'omit',
    'partial',
    'loose',
    'strict',
    'strip',
    'passthrough',
  ],
  ...['catchall', 'int', 'min', 'max', 'length', 'nonnegative', 'positive', 'regex', 'startsWith', 'trim', 'url'],
]);

/** What a stand-in does in the place of its schema. */
class StandIn {
  #build;
  #shape;
  #schema;

  constructor(build, shape) {
    this.#build = build;
    this.#shape = shape;
  }

  get schema() {
    this.#schema ??= this.#build();
    return this.#schema;
  }

  get(_, key) {
    if (key === built) return this.schema;
    if (key === 'shape' && this.#shape) return this.#shape;
    if (!this.#schema && makers.has(key)) return (...args) => lazily(() => this.schema[key](...args.map(withBuilt)));
    return this.schema[key];
  }

  set(_, key, value) {
    return Reflect.set(this.schema, key, value);
  }

  has(_, key) {
    return key in this.schema;
  }

  getPrototypeOf() {
    return Object.getPrototypeOf(this.schema);
  }
}

const nothing = {};
const lazily = (build, shape) => new Proxy(nothing, new StandIn(build, shape));

/** A builder's argument with the schemas themselves in it, as zod asks those many times. */
function withBuilt(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(withBuilt);
  if (value[built]) return value[built];
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withBuilt(inner)]));
}

const later =
  build =>
  (...args) =>
    lazily(() => build(...args.map(withBuilt)));
const laterObject =
  build =>
  (shape, ...more) =>
    lazily(() => build(withBuilt(shape), ...more), shape);

export const object = laterObject(zod.object);
export const looseObject = laterObject(zod.looseObject);
export const strictObject = laterObject(zod.strictObject);
export const any = later(zod.any);
export const array = later(zod.array);
export const boolean = later(zod.boolean);
export const custom = later(zod.custom);
export const discriminatedUnion = later(zod.discriminatedUnion);
export const intersection = later(zod.intersection);
export const lazy = later(zod.lazy);
export const literal = later(zod.literal);
export const number = later(zod.number);
export const optional = later(zod.optional);
export const preprocess = later(zod.preprocess);
export const record = later(zod.record);
export const string = later(zod.string);
export const union = later(zod.union);
export const unknown = later(zod.unknown);
const laterEnum = later(zod.enum);
const laterNull = later(zod.null);

export { laterEnum as enum, laterNull as null };
