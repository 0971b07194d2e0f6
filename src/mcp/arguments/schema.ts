/** The arguments of tools, and the flat JSON Schemas that hosts are told of them. */

/** One argument of a tool. */
export interface Argument {
  /** As published. */
  readonly name: string;
  readonly kind: 'string' | 'integer' | 'boolean' | 'strings';
  /** Only where the name doesn't say it. */
  readonly description?: string;
  readonly required?: boolean;
  /** A string that may hold several values, separated by `;`, parsed to a list; integers take a list, too. */
  readonly several?: boolean;
  /** A list whose items hold separators of their own: a single text is one item. */
  readonly isWhole?: boolean;
  /** A filter: a blank one is refused, as it says nothing. A blank of anything else counts as not given. */
  readonly isFilter?: boolean;
  /** A value to store, kept as it was written; a `text` may be long, any other one is short. */
  readonly isStored?: 'text' | 'name';
  /** A string that is `Y` or `N` for true and false: the field may turn out to be a yes/no field. */
  readonly takesYesNo?: boolean;
  /** Other spellings that mean this argument and nothing else. */
  readonly aliases?: readonly string[];
  /** A value that comes from an answer alone: what another key holds is none. */
  readonly isFromAnswer?: boolean;
  /** For integers: what is outside is taken as the nearest limit, with a note. */
  readonly range?: readonly [minimum: number, maximum: number];
  /** Known to the reader and left out of the published schema. */
  readonly unpublished?: boolean;
}

/**
 * A JSON Schema of the subset that every host accepts: flat, typed leaves, no keyword that any host refuses. No limits and
 * no `additionalProperties`: a client that checks them would refuse what the reader mends, or explains better.
 */
export type FlatSchema = {
  type: 'object';
  properties: Record<string, LeafSchema>;
  required: string[];
};

type LeafSchema = {
  type: 'string' | 'integer' | 'boolean' | 'array';
  items?: { type: 'string' };
  description?: string;
};

/** The schema to publish for these arguments. */
export function inputSchema(list: readonly Argument[]): FlatSchema {
  const published = list.filter(argument => !argument.unpublished);
  return {
    type: 'object',
    properties: Object.fromEntries(published.map(argument => [argument.name, leafSchema(argument)])),
    required: published.filter(argument => argument.required).map(argument => argument.name),
  };
}

function leafSchema({ kind, description }: Argument): LeafSchema {
  const leaf: LeafSchema = kind === 'strings' ? { type: 'array', items: { type: 'string' } } : { type: kind };
  return { ...leaf, ...(description && { description }) };
}
