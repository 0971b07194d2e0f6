import {
  compareAddresses,
  compareBirthdays,
  compareLists,
  compareNhsNumbers,
  comparePostcodes,
  compareTowns,
} from './compare-details.ts';
import { compareNames, levelsOf, type NameComparison } from './compare-names.ts';
import type { KnownDetails } from './known-details.ts';
import { candidateFrom, type Level, sureFrom, weights } from './weights.ts';

/** Whether two people may be one, and why. The same whichever comes first. */
export interface Verdict {
  /** True where somebody should decide whether they are one. */
  readonly isCandidate: boolean;
  /** What agrees, in words: `same name`, `date of birth one digit off`. */
  readonly agrees: readonly string[];
  /** What is known of both and doesn't agree, in words: `different postcode`. */
  readonly differs: readonly string[];
  readonly sureness: 'sure' | 'likely' | 'possible';
  /** The sum of the weights: the more, the surer. */
  readonly weight: number;
}

/** Compares two people's details. */
export function judge(a: KnownDetails, b: KnownDetails): Verdict {
  const compared = compare(a, b);
  const levels = levelsIn(compared);
  const weight = levels.reduce((sum, level) => sum + weights[level], 0);
  return {
    isCandidate: mayBeOne(compared, weight),
    agrees: agreementsOf(compared),
    differs: differencesOf(compared),
    sureness: weight >= sureFrom ? 'sure' : weight >= candidateFrom + 2 ? 'likely' : 'possible',
    weight,
  };
}

function compare(a: KnownDetails, b: KnownDetails) {
  return {
    name: compareNames(a, b),
    nhs: compareNhsNumbers(a.nhsNumber, b.nhsNumber),
    external: compareLists([a.externalId].filter(Boolean), [b.externalId].filter(Boolean)),
    email: compareLists(a.emails, b.emails),
    phone: compareLists(a.phones, b.phones),
    birth: compareBirthdays(a.born, b.born),
    postcode: comparePostcodes(a.postcode, b.postcode),
    address: compareAddresses(a.address, b.address),
    town: compareTowns(a.town, b.town),
  };
}

type Compared = ReturnType<typeof compare>;

/** The comparison levels of all that is known of both. */
function levelsIn({ name, nhs, external, email, phone, birth, postcode, address, town }: Compared): Level[] {
  const levels = [
    ...levelsOf(name),
    nhs === undefined ? undefined : (`nhs_number: ${nhs}` as const),
    external === undefined ? undefined : (`external_id: ${external}` as const),
    email === undefined ? undefined : (`email: ${email}` as const),
    phone === undefined ? undefined : (`phone: ${phone}` as const),
    birth === undefined ? undefined : (`date of birth: ${birth}` as const),
    postcode === undefined ? undefined : (`postcode: ${postcode}` as const),
    address === undefined ? undefined : (`address: ${address}` as const),
    town === undefined ? undefined : (`town: ${town}` as const),
  ];
  return levels.filter(level => level !== undefined);
}

/** Two agreeing kinds that fit, or a key alone. */
function mayBeOne({ name, nhs, external, email, phone, birth, postcode, address }: Compared, weight: number): boolean {
  if (nhs === 'same' || external === 'same') return true;
  if (email === 'same') return !(isOther(name.first) && isOtherDay(birth));
  if (weight < candidateFrom || ownWeight(name, birth) < 0) return false;
  const isHere = (level: string | undefined) => level !== undefined && level !== 'different';
  const isSharedHome = isHere(phone) || isHere(postcode) || isHere(address);
  const isSameDay = birth !== undefined && !isOtherDay(birth);
  if (isSharedHome)
    return isSameDay || isNamedAlike(name) || (birth === undefined && isHere(postcode) && isHere(address));
  if (isSameDay) return isNamedAlike(name);
  return birth === undefined && name.first === 'same' && name.surname === 'same';
}

/**
 * What first name and birthday say. Relatives share the rest, so it must not speak against: couples, brothers, father and son
 * of one name.
 */
function ownWeight({ first }: NameComparison, birth: Compared['birth']): number {
  return (first ? weights[`first name: ${first}`] : 0) + (birth ? weights[`date of birth: ${birth}`] : 0);
}

/** True for two birthdays that may be one day, written with a slip. */
export function mayShareDay(a: number | undefined, b: number | undefined): boolean {
  const birth = compareBirthdays(a, b);
  return birth !== undefined && !isOtherDay(birth);
}

function isOtherDay(birth: Compared['birth']): boolean {
  return birth === 'nearly' || birth === 'different' || birth === 'a generation apart';
}

function isNamedAlike({ first, surname }: NameComparison): boolean {
  return !isOther(first) && !isOther(surname) && (first !== undefined || surname !== undefined);
}

/** True for two names that are another's. */
export function isOther(level: NameComparison['first']): boolean {
  return level === 'different' || level === 'another near name';
}

function agreementsOf({ name, nhs, external, email, phone, birth, postcode, address, town }: Compared): string[] {
  return [
    ...(nhs === 'same' ? ['same nhs_number'] : []),
    ...(external === 'same' ? ['same external_id'] : []),
    ...(email === 'same' ? ['same email'] : []),
    ...nameInWords(name),
    ...(birth === 'same' || birth === 'same 1 January' ? ['same date of birth'] : []),
    ...(birth === 'day and month exchanged' ? ['day and month of birth exchanged'] : []),
    ...(birth === 'one digit off' ? ['date of birth one digit off'] : []),
    ...(phone === 'same' ? ['same phone'] : []),
    ...(postcode === 'same' ? ['same postcode'] : []),
    ...(postcode === 'one sign off' ? ['postcode one sign off'] : []),
    ...(address === 'same' ? ['same address'] : []),
    ...(address === 'alike' ? ['similar address'] : []),
    ...(town === 'same' && address !== 'same' && postcode !== 'same' ? ['same town'] : []),
  ];
}

function nameInWords({ first, surname, isExchanged }: NameComparison): string[] {
  const isSame = first === 'same' && surname === 'same';
  if (isNamedAlike({ first, surname, isExchanged }) && first && surname)
    return [`${isSame ? 'same' : 'similar'} name${isExchanged ? 's the other way round' : ''}`];
  return [
    ...(first && !isOther(first) ? [`${first === 'same' ? 'same' : 'similar'} first name`] : []),
    ...(surname && !isOther(surname) ? [`${surname === 'same' ? 'same' : 'similar'} surname`] : []),
  ];
}

function differencesOf({ name, nhs, external, email, phone, birth, postcode, address, town }: Compared): string[] {
  return [
    ...(isOther(name.first) ? ['different first name'] : []),
    ...(isOther(name.surname) ? ['different surname'] : []),
    ...(isOtherDay(birth) ? ['different date of birth'] : []),
    ...(nhs !== undefined && nhs !== 'same' ? ['different nhs_number'] : []),
    ...(external === 'different' ? ['different external_id'] : []),
    ...(email === 'different' ? ['different email'] : []),
    ...(phone === 'different' ? ['different phone'] : []),
    ...(postcode === 'different' ? ['different postcode'] : []),
    ...(address === 'different' ? ['different address'] : []),
    ...(town === 'different' ? ['different town'] : []),
  ];
}
