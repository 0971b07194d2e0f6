import * as dictionaries from './dictionaries.ts';
import type { SandboxPerson } from './fields.ts';
import { doctors, type Origin, ordinaryNotes, origins, streets } from './names.ts';
import type { Random } from './random.ts';

type Draft = Omit<SandboxPerson, 'id' | 'type' | `extra_${number}`>;

/** The year in which the made-up people are as old as their age range says; fixed, so that they stay the same people. */
const presentYear = 2026;
const english = 41;
const retired = 77;
const postcodeLetters = [...'ABDEFGHJLNPQRSTUWXYZ'];

const sharesOfTypes = [
  { share: 58, type: 1 },
  { share: 10, type: 3 },
  { share: 5, type: 4 },
  { share: 12, type: 7 },
  { share: 3, type: 8 },
  { share: 5, type: 9 },
  { share: 5, type: 12 },
  { share: 2, type: 15 },
];

const all = {
  accommodation: [...dictionaries.accommodations.keys()],
  communication: [...dictionaries.communicationMethods.keys()],
  consent: [...dictionaries.consents.keys()],
  disability: [...dictionaries.disabilities.keys()],
  district: [...dictionaries.districts.keys()],
  county: [...dictionaries.counties.keys()],
  employment: [...dictionaries.employmentStatuses.keys()],
  marital: [...dictionaries.maritalStatuses.keys()],
  orientation: [...dictionaries.sexualOrientations.keys()],
  photo: [...dictionaries.photoConsents.keys()],
  school: [...dictionaries.schools.keys()],
  surgery: [...dictionaries.gpSurgeries.keys()],
  worker: [...dictionaries.supportWorkers.keys()],
};

/** The age range option of somebody born on a YYYY-MM-DD day, counted in years of the calendar; undefined without a day. */
export function ageRangeOf(dateOfBirth: string | undefined): number | undefined {
  if (!dateOfBirth) return undefined;
  const age = presentYear - Number(dateOfBirth.slice(0, 4));
  const upperBounds = [17, 24, 34, 44, 54, 64, 74, 84, Number.POSITIVE_INFINITY];
  return [...dictionaries.ageRanges.keys()][upperBounds.findIndex(bound => age <= bound)];
}

/** Makes up one person of a random origin; many fields stay blank, as they do on real systems. */
export function makePerson(random: Random, id: number): SandboxPerson {
  const origin = random.pickByShare(origins);
  const type = pickTypes(random);
  const name = makeName(random, origin);
  const age = type[0] === 1 ? random.integer(9, 99) : random.integer(18, 88);
  return {
    id,
    type,
    ...name,
    ...makeAddress(random),
    ...makeContact(random, `${name.first_name}.${name.surname}`),
    ...makeBackground(random, origin),
    ...makeSituation(random, age),
    ...makeCare(random),
    ...makeExtension(random, type),
    ...makeRecord(random),
  };
}

function pickTypes(random: Random): readonly number[] {
  const first = random.pickByShare(sharesOfTypes).type;
  if (!random.chance(0.12)) return [first];
  const more = [random.pickByShare(sharesOfTypes).type, ...(random.chance(0.1) ? [15] : [])];
  return [...new Set([first, ...more])].sort((a, b) => a - b);
}

const female = { id: 2, titles: ['Mrs', 'Mrs', 'Mrs', 'Mrs', 'Ms', 'Ms', 'Miss', 'Miss', 'Dr', 'mrs.'] };
const male = { id: 3, titles: ['Mr', 'Mr', 'Mr', 'Mr', 'Mr', 'Mr', 'Mr', 'Mr', 'Dr', 'Rev'] };
const otherGenders = [undefined, undefined, 5, 8, 9];

function makeName(random: Random, origin: Origin) {
  const isFemale = random.chance(0.58);
  const gender = isFemale ? female : male;
  const first_name = random.pick(isFemale ? origin.female : origin.male);
  return {
    title: random.maybe(0.7, gender.titles),
    first_name,
    surname: random.pick(origin.surnames),
    known_as: random.maybe(0.06, [first_name.slice(0, 3)]),
    gender: random.maybe(0.9, [gender.id]) ?? random.pick(otherGenders),
  } satisfies Draft;
}

function makeAddress(random: Random): Draft {
  if (random.chance(0.08)) return {};
  const place = random.integer(0, all.district.length - 1);
  const district = all.district[place];
  const space = random.chance(0.9) ? ' ' : '';
  const inward = `${random.integer(1, 9)}${random.pick(postcodeLetters)}${random.pick(postcodeLetters)}`;
  return {
    address_line_1: `${random.integer(1, 180)} ${random.pick(streets)}`,
    address_line_2: random.chance(0.1) ? `Flat ${random.integer(1, 30)}` : undefined,
    town: district === undefined ? undefined : dictionaries.districts.get(district),
    district: random.chance(0.95) ? district : undefined,
    county: random.chance(0.8) ? all.county[place % all.county.length] : undefined,
    // No British postcode begins with Q.
    postcode: `Q${'EWNSAMHTCLFD'[place]}${random.integer(1, 9)}${space}${inward}`,
  };
}

/**
 * Phone numbers are from the ranges that Ofcom keeps for drama, e-mail addresses from the domains of RFC 2606. The last digits
 * below 300 are left to the cast.
 */
function makeContact(random: Random, name: string): Draft {
  const landline = ['01632 960', '01632960', '0161 496 0', '020 7946 0'];
  const mobile = ['07700 900', '07700900', '+44 7700 900'];
  return {
    telephone: random.chance(0.65) ? `${random.pick(landline)}${random.integer(300, 999)}` : undefined,
    mobile: random.chance(0.6) ? `${random.pick(mobile)}${random.integer(300, 999)}` : undefined,
    email: random.chance(0.45) ? makeEmail(random, name) : undefined,
  };
}

function makeEmail(random: Random, name: string): string {
  const mailbox = plain(name)
    .toLowerCase()
    .replace(/[^a-z-]+/g, '.')
    .replace(/^\.|\.$/g, '');
  return `${mailbox}${random.integer(1, 99)}@example.${random.pick(['org', 'com', 'net'])}`;
}

/** Text without its accents: `Zoë` is `Zoe`. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l').replaceAll('Ł', 'L');
}

function makeBackground(random: Random, origin: Origin): Draft {
  return {
    ethnicity: random.maybe(0.7, origin.ethnicities),
    main_language: random.maybe(0.42, [english]) ?? random.maybe(0.6, origin.languages),
    religion: random.maybe(0.4, origin.religions),
    sexual_orientation: random.maybe(0.15, all.orientation),
  };
}

function makeSituation(random: Random, age: number): Draft {
  const grownUp = age >= 18;
  const day = `${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`;
  const date_of_birth = random.chance(0.8) ? `${presentYear - age}-${day}` : undefined;
  return {
    date_of_birth,
    age_range: ageRangeOf(date_of_birth),
    accommodation: random.maybe(0.5, all.accommodation),
    people_in_household: random.chance(0.4) ? random.integer(1, 6) : undefined,
    marital_status: grownUp ? random.maybe(0.35, all.marital) : undefined,
    employment_status: grownUp ? random.maybe(0.35, age > 67 ? [retired] : all.employment) : undefined,
    school: grownUp ? undefined : random.maybe(0.8, all.school),
  };
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function makeCare(random: Random): Draft {
  const disability = random.maybe(0.45, all.disability);
  return {
    main_disability: disability,
    registered_disabled: random.maybe(0.5, disability === undefined ? ['N'] : ['Y', 'N']),
    blue_badge_holder: random.maybe(0.4, ['Y', 'N', 'N']),
    nhs_number: random.chance(0.35) ? makeNhsNumber(random) : undefined,
    social_services_number: random.chance(0.05) ? `SS${random.integer(10_000, 99_999)}` : undefined,
    gp_name: random.maybe(0.15, doctors),
    gp_surgery: random.maybe(0.5, all.surgery),
    usual_support_worker: random.maybe(0.25, all.worker),
    preferred_communication_method: random.maybe(0.4, all.communication),
  };
}

/** A number of the range that the NHS keeps for tests (999...), with its check digit, written with or without spaces. */
function makeNhsNumber(random: Random): string {
  const digits = `999${random.integer(100_000, 999_999)}`;
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  if (check === 10) return makeNhsNumber(random);
  const number = `${digits}${check}`;
  return random.chance(0.6) ? number.replace(/^(...)(...)/, '$1 $2 ') : number;
}

function makeExtension(random: Random, type: readonly number[]): Draft {
  const visits = type.some(id => id === 7 || id === 8 || id === 12);
  return {
    website_photo_consent: random.maybe(0.3, all.photo),
    dbs_check_date: visits && random.chance(0.8) ? makeDay(random, 2019) : undefined,
    shoe_size: random.maybe(0.05, ['5', '6½', '8', '9', '44 EU']),
    first_aid_trained: visits ? random.maybe(0.7, ['Y', 'N']) : undefined,
  };
}

function makeDay(random: Random, firstYear: number): string {
  const year = random.integer(firstYear, presentYear - 1);
  return `${year}-${twoDigits(random.integer(1, 12))}-${twoDigits(random.integer(1, 28))}`;
}

function makeRecord(random: Random): Draft {
  const created = `${makeDay(random, 2012)} 10:${twoDigits(random.integer(0, 59))}:00`;
  return {
    active: random.chance(0.88) ? 'Y' : 'N',
    deceased: random.chance(0.04) ? 'Y' : 'N',
    consent: random.maybe(0.6, all.consent),
    external_id: random.chance(0.05) ? `CRM-${random.integer(10_000, 99_999)}` : undefined,
    notes: random.maybe(0.12, ordinaryNotes),
    created,
    updated: created,
  };
}
