/**
 * How one Charitylog system may differ from another: each switch with its values, the usual one first. The manual shows no
 * answer at all, so each value is a guess that may be right. The switches are independent: any combination is a system.
 */
export const switches = {
  // Answers

  /** Several people: a list, or an object keyed by id (as PHP arrays often become), whose records don't repeat the id. */
  people: ['array', 'map'],
  /** The key that people are wrapped in, as in `{"data": [...]}`. */
  wrap: ['none', 'data', 'clients', 'results', 'records'],
  /** One record read by id: a bare object, that object in the wrapper, or a list of one in the form of other lists. */
  single: ['object', 'wrapped', 'list'],
  /** Where a record has its fields: in itself, or in an object beside its id. */
  nesting: ['flat', 'attributes', 'fields'],
  /** The keys of a record: `first_name`, `First_Name` or `client_first_name`. */
  keys: ['plain', 'capitalised', 'prefixed'],
  /** When a record has its id: when it is asked for, always, in no record that is read by its id, or never. */
  idField: ['asked', 'always', 'not-of-one', 'never'],
  /**
   * How more than 25 people come: all at once, or page by page, with the way to the next page in `links.next` beside
   * `meta.last_page`, in `links.next`, `_links.next.href` or `paging.next`, beside the list as Laravel has it, in a Link header, or
   * on another host; or without a way, cut beside a count of pages, beside a total as number or text, or as a 206.
   */
  paging: [
    ...['none', 'meta', 'links', 'hal', 'paging', 'laravel', 'link-header', 'foreign'],
    ...['pages', 'total', 'total-text', '206'],
  ],
  /** The bytes of an answer; `ascii` escapes the rest, `undeclared` is windows-1252 without saying so. */
  charset: ['utf-8', 'ascii', 'iso-8859-1', 'windows-1252', 'undeclared'],
  /** A question that matches nobody: an empty list (in its wrapper), no body, `null` (in its wrapper), or status 404 or 204. */
  none: ['list', 'empty-body', 'null', '404', '204'],

  // Values

  /** Person ids and option ids: `7` or `"7"`. */
  ids: ['number', 'string'],
  /** A person's types: a bare id while there is one and `"1;7"` otherwise, always a list, or always text. */
  type: ['id', 'list', 'semicolon', 'comma'],
  /** Fields without a value: missing, `null` or `""`. */
  blanks: ['omit', 'null', 'empty'],
  /** How yes and no are written, and taken; words and digits in quotes are text. */
  yesNo: ['Y/N', '1/0', '"1"/"0"', 'Yes/No', 'true/false', '"true"/"false"', 'on/off'],
  /** What stands for no: its word, or nothing, as an unticked box of a form leaves. */
  no: ['word', 'blank'],
  /** How dates are written, and taken: `1948-05-17`, `1948-05-17 00:00:00` or `17/05/1948`. */
  dates: ['iso', 'iso-time', 'dmy'],
  /** A date without a value: as other blanks, `0000-00-00` or `0000-00-00 00:00:00`. */
  noDate: ['blank', 'zeros', 'zeros-time'],
  /** Texts as they are, or escaped for HTML: `O&#039;Brien`, also `Zo&euml;`, or `Zo&#235;`. */
  entities: ['none', 'special', 'named', 'numeric'],

  // Lists

  /** Options: `[{"id", "name"}]` with this key for the name, `{"7": "Volunteers"}` or `{"7": {"name": "Volunteers"}}`. */
  dictionary: ['name', 'value', 'label', 'description', 'map', 'map-object'],
  /** The dictionaries of choice fields: there, unknown (404), without options, or failing (500). */
  dictionaries: ['there', 'missing', 'empty', 'failing'],
  /** The dictionary of types, likewise. */
  clientTypes: ['there', 'missing', 'empty', 'failing'],
  /** Some types and districts are called `Carers, Young` or `Arts; Crafts Quarter`. */
  optionNames: ['plain', 'with-separators'],
  /** Whether `resolveIds` gives names. */
  resolveIds: ['heeded', 'ignored'],
  /** Field lists: `["email"]`, `[{"name": "email", "label"}]` with this key, `{"email": label}` or `{"email": {"label", "type"}}`. */
  fields: ['strings', 'name', 'field', 'key', 'map', 'map-object'],

  // Questions

  /** Filters that are taken and change nothing: none, all, those of a field or a kind, or `type` beside another filter. */
  ignores: ['nothing', 'everything', 'type', 'type-beside-others', 'email', 'choices', 'yes-no', 'id'],
  /** `a;b` in a filter: any of them, the first alone, the last alone, or one text that nobody has. */
  values: ['any', 'first', 'last', 'literal'],
  /** How texts are compared: whole but for case (codes such as postcodes exactly), exactly, or by a part of them. */
  texts: ['folded', 'exact', 'contains'],
  /** Reading people without a filter: given, refused (403), or answered as if there were nobody. */
  everybody: ['given', 'refused', '404', 'list', '204', 'empty-body'],
  /** Reports by `dimension`: right, of everybody whatever the filters, of active people alone, or refused. */
  reports: ['right', 'ignore-filters', 'active-only', 'refused'],
  /** Reports: `{"21": 5}` and `{"21": {"2": 3}}`, or `[{"value", "count"}]` and `[{"value", "metric", "count"}]`. */
  counts: ['map', 'list'],
  /**
   * How a refusal is said: by its status, or in a 200 as `success`, `status` (`"error"` or `false`), `code`, `ok`, `error` or
   * `errors`, in a wrapper, or as plain text.
   */
  refusal: [
    ...['status', 'success', 'status-word', 'status-false', 'code', 'ok', 'error', 'errors'],
    ...['wrapped', 'text'],
  ],

  // New records

  /**
   * The answer to a create: `{"id": 12}`, `12`, `"12"`, `{"client_id": 12}`, `[{"id": 12}]`, `{"data": {"id": 12}}` or
   * `{"status": "success", "id": 12}`; or one that doesn't tell the id: `true`, `1`, the id of a namesake or else of somebody, a
   * page of HTML with numbers in it, or no body.
   */
  created: [
    ...['id', 'number', 'string', 'client_id', 'list', 'data', 'success'],
    ...['true', 'one', 'other', 'page', 'empty-body'],
  ],
  /** When a new record can be read: at once, after two further reads, or never. */
  settling: ['at-once', 'later', 'never'],
} as const;

/** One system: a value of each switch. */
export type Switches = { readonly [Name in keyof typeof switches]: (typeof switches)[Name][number] };

/** The system that one would guess first. */
export const usualSystem = Object.fromEntries(
  Object.entries(switches).map(([name, [usual]]) => [name, usual]),
) as unknown as Switches;
