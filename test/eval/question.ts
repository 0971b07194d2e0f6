import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';

/** What staff ask for: every kind has questions. */
export const kinds = [
  'count',
  'ids',
  'look-up',
  'breakdown',
  'breakdown by two',
  'several values',
  'four filters',
  'yes/no',
  'extension field',
  'unknown option',
  'ambiguous option',
  'name',
  'record',
  'options',
  'impossible',
  'injection',
  'create',
  'create existing',
  'create incomplete',
  'negation',
  'blank',
  'age',
  'birthday',
  'date',
  'part of a text',
  'other form',
  'name as heard',
  'for a funder',
  'all of several',
  'deceased',
  'combined',
  'sorted list',
] as const;

export type Kind = (typeof kinds)[number];

/** The JSON in which an answer is handed in; whatever the form, `{"text": ...}` is open for saying what is in the way. */
export type Form = 'count' | 'ids' | 'groups' | 'two groups' | 'three groups' | 'hidden groups' | 'text' | 'id';

/** How many people there are of each value, or their share in percent; with a further field, of each of its values within. */
export interface Groups {
  readonly [value: string]: number | string | Groups;
}

/** A new record as the API stores it: options and types as ids. */
export interface NewRecord {
  readonly first_name: string;
  readonly surname: string;
  readonly [field: string]: string | number | readonly number[];
}

/** What makes an answer right. */
export type Expectation =
  | { readonly is: 'count'; readonly count: number }
  | { readonly is: 'ids'; readonly ids: readonly number[] }
  /** A list in its order. A place names all who may have it, as some share a day; nobody stands twice. */
  | { readonly is: 'list'; readonly places: readonly (readonly number[])[] }
  /** Groups with nobody may be left out. */
  | { readonly is: 'groups'; readonly groups: Groups }
  /** Counts from 1 to 4 read "<5", others their number or "suppressed"; none can be worked out from the others. */
  | { readonly is: 'hidden groups'; readonly groups: Groups }
  /** A text without any number or list beside it, in which all of the first occur, and one of the words. */
  | { readonly is: 'text'; readonly all: readonly string[]; readonly anyWord: readonly string[] }
  | { readonly is: 'either'; readonly of: readonly Expectation[] }
  /** One new person with these values, whose id is the answer. */
  | { readonly is: 'created'; readonly record: NewRecord }
  /** Nobody new with this first name, and a text that says why with one of the words. */
  | { readonly is: 'not created'; readonly firstName: string; readonly anyWord: readonly string[] };

/** What a truth may depend on besides the people. */
export interface SystemFacts {
  /** Whether names, dates of birth and phone numbers are filters here. */
  readonly nameFilters: boolean;
  /** In the United Kingdom, as YYYY-MM-DD. */
  readonly today: string;
}

/** The right answer, computed from everybody on the system before anybody was added. */
export type Truth = (people: readonly SandboxPerson[], facts: SystemFacts) => Expectation;

/** A question in the plain words of reception staff and case workers. */
export interface Question {
  /** Stays the same when questions are added or moved. */
  readonly id: string;
  readonly kind: Kind;
  readonly ask: string;
  readonly form: Form;
  readonly truth: Truth;
}
