import {
  compareAddresses,
  compareBirthdays,
  compareEmails,
  compareLists,
  compareNhsNumbers,
  comparePostcodes,
  compareTowns,
  haveOneMobile,
  isOn1January,
} from './compare-details.ts';
import { areWrittenAlike, compareNames, isNear, levelsOf, type NameComparison } from './compare-names.ts';
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
  /** First name and surname are the same, each in its place. */
  readonly isSameName: boolean;
  /** Both names may be one person's: the same, misspelt, short, in another spelling. */
  readonly isNamedAlike: boolean;
  /** All that is known of both is the same, the name included: it may be the very record. */
  readonly isIdentical: boolean;
  readonly sureness: 'sure' | 'likely' | 'possible';
  /** The sum of the weights: the more, the surer. */
  readonly weight: number;
}

/** Compares two people's details. */
export function judge(a: KnownDetails, b: KnownDetails): Verdict {
  const compared = compare(a, b);
  const levels = levelsIn(compared);
  const weight = levels.reduce((sum, level) => sum + weights[level], 0);
  const isOneName = isSameName(compared.name) || areWrittenAlike(a, b);
  return {
    isCandidate: mayBeOne(compared, weight),
    isSameName: isOneName,
    isNamedAlike: isOneName || isNamedAlike(compared.name),
    isIdentical: isOneName && levels.every(level => / same/.test(level)),
    agrees: agreementsOf(compared),
    differs: differencesOf(compared),
    sureness: weight >= sureFrom ? 'sure' : weight >= candidateFrom + 2 ? 'likely' : 'possible',
    weight,
  };
}

function compare(a: KnownDetails, b: KnownDetails) {
  const email = compareEmails(a.emails, b.emails);
  return {
    name: compareNames(a, b),
    nhs_number: compareNhsNumbers(a.nhsNumber, b.nhsNumber),
    external_id: compareLists([a.externalId].filter(Boolean), [b.externalId].filter(Boolean)),
    // rakesh@ and rajesh@ are as near as the brothers' names are.
    email: email === 'nearly' && hasOwnName(a, b) && hasOwnName(b, a) ? 'different' : email,
    phone: compareLists(a.phones, b.phones),
    birth: compareBirthdays(a.born, b.born),
    /** How many of them were born on a 1 January. */
    januaries: [a.born, b.born].filter(isOn1January).length,
    hasOneMobile: haveOneMobile(a.phones, b.phones),
    postcode: comparePostcodes(a.postcode, b.postcode),
    address: compareAddresses(a.address, b.address),
    town: compareTowns(a.town, b.town),
  };
}

/** True for an e-mail address with a first name in it that is not the other's. */
function hasOwnName({ firstNames, emails }: KnownDetails, other: KnownDetails): boolean {
  const others = other.firstNames.flat();
  return firstNames
    .flat()
    .some(word => word.length > 2 && !others.includes(word) && emails.some(email => email.includes(word)));
}

type Compared = ReturnType<typeof compare>;

/** The comparison levels of all that is known of both: the details have the names that their weights have. */
function levelsIn({ name, januaries: _, hasOneMobile: __, ...details }: Compared): Level[] {
  const known = Object.entries(details).filter(([, level]) => level !== undefined);
  return [...levelsOf(name), ...known.map(([kind, level]) => `${kind}: ${level}` as Level)];
}

/** Two agreeing kinds that fit, or a key alone. */
function mayBeOne(compared: Compared, weight: number): boolean {
  const { name, nhs_number, external_id, email, phone, birth } = compared;
  if (nhs_number === 'same' || external_id === 'same') return true;
  if (email === 'same') return !(!isNear(name.first) && isOtherDay(birth));
  if (isOneByMobile(compared)) return true;
  if (birth === 'a generation apart') return isBadlyTyped(compared);
  if (weight < candidateFrom || ownWeight(compared) < 0 || isGrandchild(compared)) return false;
  const isSameDay = birth !== undefined && !isOtherDay(birth);
  if (isSameDay && isNamedAlike(name)) return true;
  if (isAgreeing(phone) || isSharedHome(compared)) {
    return (isSameDay && isTellingDay(compared)) || isNamedAlike(name) || isNamedHere(compared);
  }
  return birth === undefined && name.first === 'same' && name.surname === 'same';
}

/** Two of one full name who have one mobile. Where a birthday is 1 January, nobody may know the day, nor the year. */
function isOneByMobile({ name, hasOneMobile, januaries }: Compared): boolean {
  return hasOneMobile && januaries > 0 && isSameName(name);
}

/** Very many guests of a hostel were born on 1 January, as papers have it: that tells by a mobile only, or by the names. */
function isTellingDay({ januaries, hasOneMobile }: Compared): boolean {
  return januaries < 2 || hasOneMobile;
}

/** One home, as far as it is known. The same street elsewhere is another one. */
function isSharedHome({ postcode, address }: Compared): boolean {
  if (address === 'alike') return postcode !== 'different';
  return isAgreeing(postcode) || isAgreeing(address);
}

/** Somebody of one first name at one address, whose birthday is not known of both: the surname may have changed. */
function isNamedHere({ name, birth, postcode, address }: Compared): boolean {
  const isNamed = name.first !== undefined || name.surname !== undefined;
  return isNamed && birth === undefined && isAgreeing(postcode) && isAgreeing(address);
}

/**
 * Father and son have one name and one address. Where these agree and have slips in them, all of the record was typed badly, and
 * the birthday with it. Where postcode or address isn't known, it takes two slips to say so.
 */
function isBadlyTyped(compared: Compared): boolean {
  const { name, postcode, address } = compared;
  if (!isNamedAlike(name) || postcode === 'different' || address === 'different') return false;
  return slipsIn(compared) >= (postcode && address ? 1 : 2);
}

/** Grandfather and grandson of one name in one home: all of it agrees, to the letter. */
function isGrandchild(compared: Compared): boolean {
  const { birth, postcode, address, town } = compared;
  if (birth !== 'two generations apart' || slipsIn(compared) > 0) return false;
  return isSharedHome(compared) && ![postcode, address, town].includes('different');
}

function slipsIn({ name: { first, surname, isExchanged }, postcode, address, town }: Compared): number {
  const misspelt = [first, surname, postcode, address, town].filter(level => slips.includes(level));
  // By its initial alone, a name may stand in the other's field by chance.
  return misspelt.length + (isExchanged && first !== 'initial' && surname !== 'initial' ? 1 : 0);
}

const slips: readonly (string | undefined)[] = ['misspelt', 'one sign off', 'alike'];

function isAgreeing(level: string | undefined): boolean {
  return level !== undefined && level !== 'different';
}

/**
 * What first name, birthday and e-mail say. Relatives and neighbours share the rest, so these must not speak against: couples,
 * brothers, father and son of one name, two of one name in a street.
 */
function ownWeight({ name: { first }, birth, email }: Compared): number {
  return (
    (first ? weights[`first name: ${first}`] : 0) +
    (birth ? weights[`birth: ${birth}`] : 0) +
    (email ? weights[`email: ${email}`] : 0)
  );
}

const otherDays: readonly string[] = ['nearly', 'different', 'a generation apart', 'two generations apart'];

function isOtherDay(birth: Compared['birth']): boolean {
  return birth !== undefined && otherDays.includes(birth);
}

function isNamedAlike({ first, surname }: NameComparison): boolean {
  return isNear(first) && isNear(surname) && (first !== undefined || surname !== undefined);
}

function isSameName({ first, surname, isExchanged }: NameComparison): boolean {
  return first === 'same' && surname === 'same' && !isExchanged;
}

function agreementsOf(compared: Compared): string[] {
  const { name, nhs_number, external_id, email, phone, birth, postcode, address, town } = compared;
  return [
    ...(nhs_number === 'same' ? ['same nhs_number'] : []),
    ...(external_id === 'same' ? ['same external_id'] : []),
    ...(email === 'same' ? ['same email'] : []),
    ...nameInWords(name),
    ...(email === 'nearly' ? ['similar email'] : []),
    ...(birth === 'same' || birth === 'same 1 January' ? ['same date of birth'] : []),
    ...(birth === 'day and month exchanged' ? ['day and month of birth exchanged'] : []),
    ...(birth === 'one digit off' ? ['date of birth one digit off'] : []),
    ...(phone === 'same' ? ['same phone'] : []),
    ...(postcode === 'same' ? ['same postcode'] : []),
    ...(postcode === 'one sign off' ? ['postcode one sign off'] : []),
    ...(address === 'same' ? ['same address'] : []),
    ...(address === 'misspelt' ? ['similar address'] : []),
    ...(address === 'alike' ? ['same street'] : []),
    ...(town === 'same' && address !== 'same' && postcode !== 'same' ? ['same town'] : []),
  ];
}

function nameInWords({ first, surname, isExchanged }: NameComparison): string[] {
  const isSame = first === 'same' && surname === 'same';
  if (isNamedAlike({ first, surname, isExchanged }) && first && surname)
    return [`${isSame ? 'same' : 'similar'} name${isExchanged ? 's the other way round' : ''}`];
  return [
    ...(first && isNear(first) && first !== 'initial' ? [`${first === 'same' ? 'same' : 'similar'} first name`] : []),
    ...(surname && isNear(surname) ? [`${surname === 'same' ? 'same' : 'similar'} surname`] : []),
  ];
}

function differencesOf(compared: Compared): string[] {
  const { name, birth, nhs_number } = compared;
  const others = (['external_id', 'email', 'phone', 'postcode', 'address', 'town'] as const).filter(
    kind => compared[kind] === 'different',
  );
  return [
    ...(!isNear(name.first) ? ['different first name'] : []),
    ...(!isNear(name.surname) ? ['different surname'] : []),
    ...(isOtherDay(birth) ? ['different date of birth'] : []),
    ...(nhs_number !== undefined && nhs_number !== 'same' ? ['different nhs_number'] : []),
    ...others.map(kind => `different ${kind}`),
  ];
}
