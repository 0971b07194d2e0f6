/** How the sandbox writes its answers. The manual shows no response at all, so each of these is a guess that may be right. */
export interface Shape {
  /** Several people: a list, or an object keyed by id (as PHP arrays often become), whose records don't repeat the id. */
  people: 'array' | 'map';
  /** The key that people are wrapped in, as in `{"data": [...]}`. */
  wrap: 'none' | 'data' | 'clients' | 'results' | 'records';
  /** One record read by id: a bare object, that object in the wrapper, or a list of one in the form of other lists. */
  single: 'object' | 'wrapped' | 'list';
  /** Person ids and option ids: `7` or `"7"`. */
  ids: 'number' | 'string';
  /** A person's types: a bare id while there is one and `"1;7"` otherwise, always a list, or always text. */
  type: 'id' | 'list' | 'semicolon' | 'comma';
  /** Fields without a value: missing, `null` or `""`. */
  blanks: 'omit' | 'null' | 'empty';
  /** Options: `[{"id", "name"}]` with this key for the name, `{"7": "Volunteers"}` or `{"7": {"name": "Volunteers"}}`. */
  dictionary: 'name' | 'value' | 'label' | 'description' | 'map' | 'map-object';
  /** Field lists: `["email"]`, `[{"name": "email", "label"}]` with this key, `{"email": label}` or `{"email": {"label", "type"}}`. */
  fields: 'strings' | 'name' | 'field' | 'key' | 'map' | 'map-object';
  /** A created id: `12`, `"12"`, `{"id": 12}`, `{"client_id": 12}`, `[{"id": 12}]` or `{"data": {"id": 12}}`. */
  created: 'number' | 'string' | 'id' | 'client_id' | 'list' | 'data';
  /** A question that matches nobody: an empty list (in its wrapper), no body, `null` (in its wrapper), or status 404. */
  none: 'list' | 'empty-body' | 'null' | '404';
  /** Counts: `{"21": 5}` and `{"21": {"2": 3}}`, or `[{"value", "count"}]` and `[{"value", "metric", "count"}]`. */
  counts: 'map' | 'list';
}

/** The shape that one would guess first. */
export const plainShape: Shape = {
  people: 'array',
  wrap: 'none',
  single: 'object',
  ids: 'number',
  type: 'id',
  blanks: 'omit',
  dictionary: 'name',
  fields: 'strings',
  created: 'id',
  none: 'list',
  counts: 'map',
};

/** Named shapes that together have every option of {@link Shape} at least once. */
export const shapes: Readonly<Record<string, Shape>> = {
  plain: plainShape,
  wrapped: {
    ...plainShape,
    wrap: 'data',
    single: 'wrapped',
    type: 'list',
    blanks: 'null',
    fields: 'name',
    created: 'data',
    counts: 'list',
  },
  phpMap: {
    ...plainShape,
    people: 'map',
    single: 'list',
    ids: 'string',
    type: 'semicolon',
    blanks: 'empty',
    dictionary: 'map',
    fields: 'map',
    created: 'string',
  },
  phpRows: {
    ...plainShape,
    single: 'list',
    ids: 'string',
    type: 'comma',
    blanks: 'empty',
    dictionary: 'value',
    fields: 'field',
    created: 'list',
    none: 'null',
    counts: 'list',
  },
  wrappedMap: {
    ...plainShape,
    people: 'map',
    wrap: 'clients',
    single: 'list',
    blanks: 'null',
    dictionary: 'map-object',
    fields: 'map-object',
    created: 'client_id',
    none: 'empty-body',
  },
  results: {
    ...plainShape,
    wrap: 'results',
    single: 'list',
    type: 'list',
    dictionary: 'label',
    fields: 'key',
    none: '404',
  },
  records: {
    ...plainShape,
    wrap: 'records',
    ids: 'string',
    dictionary: 'description',
    created: 'number',
    none: 'null',
  },
  bare: { ...plainShape, type: 'semicolon', blanks: 'empty', fields: 'map', created: 'number', none: 'empty-body' },
};
