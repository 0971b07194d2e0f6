import * as dictionaries from './dictionaries.ts';
import type { Switches } from './switches.ts';

/**
 * What a field holds: `code` is text that is compared exactly as stored (spaces matter), `count` a whole number, `yes-no`
 * is `"Y"` or `"N"`, `choice` an option id, `types` one or more type ids, `date` YYYY-MM-DD, `datetime` YYYY-MM-DD HH:MM:SS.
 */
export type FieldKind = 'id' | 'types' | 'text' | 'code' | 'date' | 'datetime' | 'count' | 'yes-no' | 'choice';

interface FieldFacts {
  readonly label: string;
  readonly kind: FieldKind;
  readonly filterable?: true;
  /** Kept by the system itself: can't be written. */
  readonly kept?: true;
  /** A single-record extension database field. */
  readonly extension?: true;
  readonly options?: dictionaries.Dictionary;
}

interface NamedFacts extends FieldFacts {
  readonly name: string;
}

/**
 * Every field of a person. The 28 filters that the manual once published (API Filters, oldid 17335) are filterable, and so are
 * `type`, `email` and extension fields, which its examples filter by. Names that aren't in the manual are guesses.
 */
export const fieldTable = {
  id: { label: 'ID', kind: 'id', filterable: true, kept: true },
  type: { label: 'Type', kind: 'types', filterable: true, options: dictionaries.clientTypes },
  title: { label: 'Title', kind: 'text' },
  first_name: { label: 'First Name', kind: 'text' },
  surname: { label: 'Surname', kind: 'text' },
  known_as: { label: 'Known As', kind: 'text' },
  date_of_birth: { label: 'Date of Birth', kind: 'date' },
  age_range: { label: 'Age Range', kind: 'choice', filterable: true, kept: true, options: dictionaries.ageRanges },
  gender: { label: 'Gender', kind: 'choice', filterable: true, options: dictionaries.genders },
  address_line_1: { label: 'Address Line 1', kind: 'text' },
  address_line_2: { label: 'Address Line 2', kind: 'text' },
  town: { label: 'Town', kind: 'text' },
  county: { label: 'County', kind: 'choice', filterable: true, options: dictionaries.counties },
  district: { label: 'District', kind: 'choice', filterable: true, options: dictionaries.districts },
  postcode: { label: 'Postcode', kind: 'code', filterable: true },
  telephone: { label: 'Telephone', kind: 'code' },
  mobile: { label: 'Mobile', kind: 'code' },
  email: { label: 'Email', kind: 'text', filterable: true },
  active: { label: 'Active', kind: 'yes-no', filterable: true },
  deceased: { label: 'Deceased', kind: 'yes-no', filterable: true },
  accommodation: { label: 'Accommodation', kind: 'choice', filterable: true, options: dictionaries.accommodations },
  blue_badge_holder: { label: 'Blue Badge Holder', kind: 'yes-no', filterable: true },
  consent: { label: 'Consent Given?', kind: 'choice', filterable: true, options: dictionaries.consents },
  employment_status: {
    label: 'Employment Status',
    kind: 'choice',
    filterable: true,
    options: dictionaries.employmentStatuses,
  },
  ethnicity: { label: 'Ethnicity', kind: 'choice', filterable: true, options: dictionaries.ethnicities },
  external_id: { label: 'External ID', kind: 'text', filterable: true },
  gp_name: { label: 'GP Name', kind: 'text', filterable: true },
  gp_surgery: { label: 'GP Surgery', kind: 'choice', filterable: true, options: dictionaries.gpSurgeries },
  main_disability: { label: 'Main Disability', kind: 'choice', filterable: true, options: dictionaries.disabilities },
  main_language: { label: 'Main Language', kind: 'choice', filterable: true, options: dictionaries.languages },
  marital_status: { label: 'Marital Status', kind: 'choice', filterable: true, options: dictionaries.maritalStatuses },
  nhs_number: { label: 'NHS Number', kind: 'code', filterable: true },
  people_in_household: { label: 'People in Household', kind: 'count', filterable: true },
  preferred_communication_method: {
    label: 'Preferred Communication Method',
    kind: 'choice',
    filterable: true,
    options: dictionaries.communicationMethods,
  },
  registered_disabled: { label: 'Registered Disabled', kind: 'yes-no', filterable: true },
  religion: { label: 'Religion', kind: 'choice', filterable: true, options: dictionaries.religions },
  school: { label: 'School', kind: 'choice', filterable: true, options: dictionaries.schools },
  sexual_orientation: {
    label: 'Sexual Orientation',
    kind: 'choice',
    filterable: true,
    options: dictionaries.sexualOrientations,
  },
  social_services_number: { label: 'Social Services Number', kind: 'text', filterable: true },
  usual_support_worker: {
    label: 'Usual Support Worker',
    kind: 'choice',
    filterable: true,
    options: dictionaries.supportWorkers,
  },
  notes: { label: 'Notes', kind: 'text' },
  created: { label: 'Created', kind: 'datetime', kept: true },
  updated: { label: 'Updated', kind: 'datetime', kept: true },
  website_photo_consent: {
    label: 'Website Photo Consent',
    kind: 'choice',
    filterable: true,
    extension: true,
    options: dictionaries.photoConsents,
  },
  dbs_check_date: { label: 'DBS Check Date', kind: 'date', extension: true },
  shoe_size: { label: 'Shoe Size', kind: 'text', filterable: true, extension: true },
  first_aid_trained: { label: 'First Aid Trained', kind: 'yes-no', filterable: true, extension: true },
} as const satisfies Record<string, FieldFacts>;

type FieldTable = typeof fieldTable;
type ValueOf<Kind extends FieldKind> = Kind extends 'choice' | 'count' ? number : string;
type Values = {
  readonly [Name in Exclude<keyof FieldTable, 'id' | 'type'>]?: ValueOf<FieldTable[Name]['kind']> | undefined;
};

/** A person as the sandbox holds one: choices are option ids, and a field without a value is undefined. */
export interface SandboxPerson extends Values {
  readonly id: number;
  /** The ids of the types that the person holds, at least one. */
  readonly type: readonly number[];
  /** A field that the option `extraFields` added. */
  readonly [extra: `extra_${number}`]: string | number | undefined;
}

/** A field as one sandbox has it. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly filterable: boolean;
  /** Can be read, and written too unless the system keeps it. */
  readonly selectable: boolean;
  readonly writable: boolean;
  readonly extension: boolean;
  readonly options: dictionaries.Dictionary | undefined;
}

/** Which fields a sandbox has; see {@link SandboxOptions}. */
export interface FieldOptions {
  readonly nameFilters: boolean;
  readonly extraFields: number;
  readonly hideFilters: readonly string[];
  readonly hideFields: readonly string[];
  readonly optionNames: Switches['optionNames'];
}

/** What a read returns when the URL chooses no fields. Which ones the real API returns isn't documented. */
export const defaultFields: readonly string[] = [
  ...['id', 'type', 'title', 'first_name', 'surname', 'known_as', 'date_of_birth', 'gender'],
  ...['address_line_1', 'address_line_2', 'town', 'county', 'district', 'postcode', 'telephone', 'mobile', 'email'],
  ...['active', 'deceased', 'external_id', 'nhs_number', 'main_language', 'usual_support_worker'],
];

const nameFilters = ['first_name', 'surname', 'known_as', 'date_of_birth', 'mobile', 'telephone'];

/** The fields of one sandbox by name, in the order in which the API lists them. */
export function buildFields(options: FieldOptions): ReadonlyMap<string, Field> {
  const all = [
    ...Object.entries<FieldFacts>(fieldTable).map(([name, facts]) => ({ name, ...facts })),
    ...Array.from({ length: options.extraFields }, (_, index) => extraField(index + 1)),
  ];
  return new Map(all.map(facts => [facts.name, buildField(facts, options)]));
}

function buildField({ name, ...facts }: NamedFacts, options: FieldOptions): Field {
  const filterable = facts.filterable === true || (options.nameFilters && nameFilters.includes(name));
  const selectable = !options.hideFields.includes(name);
  return {
    name,
    label: facts.label,
    kind: facts.kind,
    filterable: filterable && !options.hideFilters.includes(name),
    selectable,
    writable: selectable && !facts.kept,
    extension: facts.extension === true,
    options: options.optionNames === 'plain' ? facts.options : withSeparators(name, facts.options),
  };
}

const namesWithSeparators: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  type: { 3: 'Carers, Young', 12: 'Friends; Befrienders' },
  district: { 21: 'Stow, North', 24: 'Arts; Crafts Quarter' },
};

function withSeparators(field: string, options: dictionaries.Dictionary | undefined): Field['options'] {
  const renamed = namesWithSeparators[field];
  return renamed && options ? new Map([...options].map(([id, name]) => [id, renamed[id] ?? name])) : options;
}

const extraKinds = ['text', 'choice', 'yes-no'] as const;

/** The facts of the field `extra_<number>`: text, choice and yes/no by turns. */
export function extraField(number: number): NamedFacts {
  const kind = extraKinds[(number - 1) % extraKinds.length] ?? 'text';
  const facts = { name: `extra_${number}`, label: `Extra ${number}`, kind, filterable: true, extension: true } as const;
  return kind === 'choice' ? { ...facts, options: extraOptions(number) } : facts;
}

function extraOptions(number: number): dictionaries.Dictionary {
  return new Map(['Low', 'Medium', 'High'].map((name, index) => [10_000 + number * 10 + index * 3, name]));
}

/** A person's value of a field: undefined when blank. */
export function getValue(person: SandboxPerson, name: string): string | number | readonly number[] | undefined {
  return (person as unknown as Record<string, string | number | readonly number[] | undefined>)[name];
}
