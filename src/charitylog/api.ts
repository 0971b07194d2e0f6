/** What the tools need of a Charitylog system. `client.ts` provides it over REST. */

/** What values a field takes. */
export type FieldKind = 'text' | 'choice' | 'yes_no' | 'count' | 'date';

/** A field as the live system lists it. */
export interface LiveField {
  readonly name: string;
  readonly label?: string;
  readonly kind?: FieldKind;
}

/** One option of a dictionary. Ids differ from charity to charity. */
export interface Option {
  readonly id: string;
  readonly name: string;
}

/** A record of a People type: its id and whatever fields were asked for, as the API wrote them. */
export interface Person {
  readonly id: number;
  readonly [field: string]: unknown;
}

/** Which people, and what of them. */
export interface PeopleQuery {
  /** Filter name to values, any of which may match; all filters must hold. None at all means everybody. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
  /** Fields to return; empty leaves the choice to the API. */
  readonly fields: readonly string[];
  /** Fields whose options the API should answer with names instead of ids, or `['ALL']`. */
  readonly resolve?: readonly string[];
}

/** What is known of an answer when all of its people have come. */
export interface PeopleRead {
  readonly people: number;
  /** The fields asked for that came with none of these people, not even without a value: nothing is known of them. */
  readonly neverCame: readonly string[];
}

/** Takes in the people of an answer. */
export interface Collector {
  /** Forgets everybody: the answer broke off, and its people come again from the first one on. */
  restart(): void;
  /** Takes the next person. What it throws ends the reading. */
  add(person: Person): void;
  /** Asked between the parts of an answer: resolves when more people may come, `undefined` where they may at once. */
  readonly ready?: (() => Promise<void> | undefined) | undefined;
}

/** Everything a tool may ask of the API. Every method throws a `CharitylogError` when it fails. */
export interface PeopleApi {
  /**
   * Reads everybody who matches, one after the other and in no particular order; nobody is kept here. A person has an id
   * and no field but those asked for.
   *
   * @throws CharitylogError `unreadable` where the answer is a part of a longer one and the rest can't be read
   */
  eachPerson(query: PeopleQuery, collector: Collector, signal: AbortSignal): Promise<PeopleRead>;
  /** One record, or `undefined` where there is none with this id. */
  person(
    id: number,
    fields: readonly string[],
    resolve: readonly string[],
    signal: AbortSignal,
  ): Promise<Person | undefined>;
  /**
   * Creates a record and returns its id. The request is sent once and cut by nothing.
   *
   * @throws CharitylogError `unknown_outcome` where the record may have been made; any other kind means it wasn't
   */
  createPerson(values: ReadonlyMap<string, string>): Promise<number>;
  /**
   * Puts a person into the staging area, where an administrator accepts each one (manual: API external referrals).
   * The request is sent once.
   *
   * @throws CharitylogError as `createPerson` does
   */
  stagePerson(values: ReadonlyMap<string, string>): Promise<void>;
  fields(list: 'filterable' | 'selectable', signal: AbortSignal): Promise<readonly LiveField[]>;
  /** A dictionary's options, e.g. of `client_type`. */
  dictionary(name: string, signal: AbortSignal): Promise<readonly Option[]>;
  /** Resolves when the API accepts the keys. */
  checkKeys(signal: AbortSignal): Promise<void>;
}
