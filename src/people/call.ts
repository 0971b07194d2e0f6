import type { Waiting } from '../base/deadlines.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Field } from '../catalogue/field.ts';
import type { PeopleApi } from '../charitylog/api.ts';
import type { Heeding } from './heeding.ts';
import type { Writing } from './writing.ts';

/** What every question and every new record works with. */
export interface Call {
  readonly api: PeopleApi;
  readonly catalogue: Catalogue;
  /** What is known by now of how the system applies filters. */
  readonly heeding: Heeding;
  /** How the system writes yes, no and days. */
  readonly writing: Writing;
  /** Its signal aborts when the caller cancels and when the call's time is up. */
  readonly waiting: Waiting;
  /** Tells a waiting caller how many people were read so far. */
  readonly progress: (read: number) => void;
}

/** A value as it was given: a list for what may have several. */
export type GivenValue = string | number | boolean | readonly string[];

/** True for a text or a list with nothing in it. */
export function isBlank(value: GivenValue): boolean {
  return value === '' || (typeof value === 'object' && value.length === 0);
}

/** A value that a caller gave for a field. */
export interface Given {
  /** The argument that it came in; fields whose names can't be published have another one. */
  readonly argument: string;
  readonly field: Field;
  readonly value: GivenValue;
}
