/** Compares a new record with people on the system, cheaply for the very many with whom it has nothing in common. */
import type { Field } from '../../catalogue/field.ts';
import type { Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { judge, type Verdict } from './judge.ts';
import { detailIn, detailsReader } from './known-details.ts';
import { quickTestFor } from './quick-test.ts';

/** Fields that are always needed of people: to tell them apart, and to show them. */
const alwaysRead = new Set(['id', 'first_name', 'surname', 'known_as', 'type', 'active', 'deceased']);

/** Somebody on the system, and how they compare with the new record. */
export interface Comparison {
  readonly person: Person;
  readonly verdict: Verdict;
}

/** Somebody who may be the person to be added. */
export interface Candidate {
  readonly person: Person;
  /** What is the same, in words: `same name`, `same nhs_number`, ... */
  readonly matches: readonly string[];
  /** What is known of both and isn't the same, likewise. */
  readonly differs: readonly string[];
  readonly isInactive: boolean;
}

/**
 * Those of the fields that are read of people for the comparison: what tells as much as something of the new record, and
 * birthday and postcode, which are shown.
 */
export function fieldsToCompare(fields: readonly Field[], ofRecord: Iterable<string>): readonly string[] {
  const details = new Set([...ofRecord].map(detailIn));
  // The town tells little without the street.
  if (details.has('address')) details.add('town');
  const isCompared = (name: string) => {
    const detail = detailIn(name);
    if (detail === undefined) return alwaysRead.has(name);
    return detail === 'birth date' || detail === 'postcode' || details.has(detail);
  };
  return fields.map(({ name }) => name).filter(isCompared);
}

/**
 * The comparison of a new record with people who come with these fields; `undefined` for somebody who can't be a candidate.
 * The record's own values are prepared once.
 */
export function comparerFor(
  record: ReadonlyMap<string, string>,
  fields: readonly string[],
): (person: Person) => Comparison | undefined {
  const known = detailsReader(record.keys())(Object.fromEntries(record));
  const isWorthComparing = quickTestFor(known, fields);
  const detailsOf = detailsReader(fields);
  return person => (isWorthComparing(person) ? { person, verdict: judge(known, detailsOf(person)) } : undefined);
}

/** The person of a comparison as a candidate; `undefined` where it isn't one. */
export function candidateOf({ person, verdict }: Comparison): Candidate | undefined {
  const { isCandidate, agrees: matches, differs } = verdict;
  return isCandidate ? { person, matches, differs, isInactive: decodeYesNo(person.active) === false } : undefined;
}
