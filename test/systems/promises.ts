import { type SandboxOptions, type Switches, usualSystem } from '../../src/sandbox/sandbox.ts';

/** What a system that deviates in one thing alone promises: the truth to every question, or the truth or an error. */
export type Promised = 'must' | 'may refuse';

type Promises = { readonly [Name in keyof Switches]: { readonly [Value in Switches[Name]]: Promised } };

/** Says of each switch value whether the truth must be told of a system that differs from the usual one in it alone. */
export const promises: Promises = {
  people: { array: 'must', map: 'must' },
  wrap: { none: 'must', data: 'must', clients: 'must', results: 'must', records: 'must' },
  single: { object: 'must', wrapped: 'must', list: 'must' },
  nesting: { flat: 'must', attributes: 'must', fields: 'must' },
  keys: { plain: 'must', capitalised: 'must', prefixed: 'must' },
  idField: { asked: 'must', always: 'must', 'not-of-one': 'must', never: 'may refuse' },
  paging: {
    ...{ none: 'must', meta: 'must', links: 'must', hal: 'must', paging: 'must', laravel: 'must' },
    ...{ 'link-header': 'must', foreign: 'may refuse' },
    ...{ pages: 'may refuse', total: 'may refuse', 'total-text': 'may refuse', '206': 'may refuse' },
  },
  charset: { 'utf-8': 'must', ascii: 'must', 'iso-8859-1': 'must', 'windows-1252': 'must', undeclared: 'may refuse' },
  none: { list: 'must', 'empty-body': 'must', null: 'must', '404': 'must', '204': 'must' },
  ids: { number: 'must', string: 'must' },
  type: { id: 'must', list: 'must', semicolon: 'must', comma: 'must' },
  blanks: { omit: 'must', null: 'must', empty: 'must' },
  yesNo: {
    ...{ 'Y/N': 'must', '1/0': 'must', '"1"/"0"': 'must', 'Yes/No': 'must' },
    ...{ 'true/false': 'must', '"true"/"false"': 'must', 'on/off': 'must' },
  },
  no: { word: 'must', blank: 'may refuse' },
  dates: { iso: 'must', 'iso-time': 'must', dmy: 'must' },
  noDate: { blank: 'must', zeros: 'must', 'zeros-time': 'must' },
  entities: { none: 'must', special: 'must', named: 'must', numeric: 'must' },
  dictionary: { name: 'must', value: 'must', label: 'must', description: 'must', map: 'must', 'map-object': 'must' },
  dictionaries: { there: 'must', missing: 'may refuse', empty: 'may refuse', failing: 'may refuse' },
  clientTypes: { there: 'must', missing: 'may refuse', empty: 'may refuse', failing: 'may refuse' },
  optionNames: { plain: 'must', 'with-separators': 'must' },
  resolveIds: { heeded: 'must', ignored: 'must' },
  fields: { strings: 'must', name: 'must', field: 'must', key: 'must', map: 'must', 'map-object': 'must' },
  ignores: {
    ...{ nothing: 'must', everything: 'must', type: 'must', 'type-beside-others': 'must' },
    ...{ email: 'must', choices: 'must', 'yes-no': 'must', id: 'may refuse' },
  },
  values: { any: 'must', first: 'must', last: 'must', literal: 'must' },
  texts: { folded: 'must', exact: 'must', contains: 'must' },
  everybody: {
    ...{ given: 'must', refused: 'may refuse', '404': 'may refuse', list: 'may refuse' },
    ...{ '204': 'may refuse', 'empty-body': 'may refuse' },
  },
  reports: { right: 'must', 'ignore-filters': 'must', 'active-only': 'must', refused: 'must' },
  counts: { map: 'must', list: 'must' },
  refusal: {
    ...{ status: 'must', success: 'must', 'status-word': 'must', 'status-false': 'must', code: 'must' },
    ...{ ok: 'must', error: 'must', errors: 'must', wrapped: 'must', text: 'must' },
  },
  created: {
    ...{ id: 'must', number: 'must', string: 'must', client_id: 'must', list: 'must', data: 'must', success: 'must' },
    ...{ true: 'may refuse', one: 'may refuse', other: 'may refuse', page: 'may refuse', 'empty-body': 'may refuse' },
  },
  settling: { 'at-once': 'must', later: 'may refuse', never: 'may refuse' },
};

/** Deviations besides the switches, likewise. */
export const furtherDeviations: readonly (readonly [Promised, Omit<SandboxOptions, 'system'>])[] = [
  ['must', { nameFilters: true }],
  ['must', { extraFields: 400 }],
  ['may refuse', { readOnlyLicence: true }],
];

/** A value of one switch that isn't the usual one. */
export interface Deviation {
  readonly system: Partial<Switches>;
  readonly promised: Promised;
}

/** Every value of every switch but the usual ones. */
export const deviations: readonly Deviation[] = Object.entries(promises).flatMap(([name, values]) =>
  Object.entries(values as Record<string, Promised>)
    .filter(([value]) => value !== usualSystem[name as keyof Switches])
    .map(([value, promised]) => ({ system: { [name]: value }, promised })),
);
