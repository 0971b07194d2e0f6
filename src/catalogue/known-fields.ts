import type { FieldKind } from '../charitylog/api.ts';

/** What is known of a field before the live system is asked. */
export interface KnownField {
  readonly kind: FieldKind;
  readonly label: string;
  /** Special-category data (UK GDPR Article 9): shown only when asked for by name. */
  readonly special?: true;
  /** Computed by Charitylog; never written. */
  readonly computed?: true;
  /** On the only list of filters ever published, or shown as a filter in the manual's examples. */
  readonly filter?: true;
}

/**
 * The fields that the manual names: the 28 filters of API Filters (rev. 5 August 2019, withdrawn on 4 March 2025 in
 * favour of `filterable_fields`), `type` and `email` of API clients, and the two names every record needs. They serve
 * until the live lists are there, and give live fields their kind and label. Everybody's first questions come first:
 * a tool publishes fields in this order.
 */
export const knownFields = {
  type: { kind: 'choice', label: 'Type', filter: true },
  first_name: { kind: 'text', label: 'First name' },
  surname: { kind: 'text', label: 'Surname' },
  email: { kind: 'text', label: 'E-mail', filter: true },
  postcode: { kind: 'text', label: 'Postcode', filter: true },
  district: { kind: 'choice', label: 'District', filter: true },
  county: { kind: 'choice', label: 'County', filter: true },
  gender: { kind: 'choice', label: 'Gender', filter: true },
  age_range: { kind: 'choice', label: 'Age range', computed: true, filter: true },
  main_language: { kind: 'choice', label: 'Main language', filter: true },
  preferred_communication_method: { kind: 'choice', label: 'Preferred communication method', filter: true },
  nhs_number: { kind: 'text', label: 'NHS number', filter: true },
  social_services_number: { kind: 'text', label: 'Social services number', filter: true },
  external_id: { kind: 'text', label: 'External id', filter: true },
  active: { kind: 'yes_no', label: 'Active', filter: true },
  deceased: { kind: 'yes_no', label: 'Deceased', filter: true },
  consent: { kind: 'choice', label: 'Consent given', filter: true },
  marital_status: { kind: 'choice', label: 'Marital status', filter: true },
  accommodation: { kind: 'choice', label: 'Accommodation', filter: true },
  people_in_household: { kind: 'count', label: 'People in household', filter: true },
  employment_status: { kind: 'choice', label: 'Employment status', filter: true },
  school: { kind: 'choice', label: 'School', filter: true },
  gp_name: { kind: 'text', label: 'GP name', filter: true },
  gp_surgery: { kind: 'choice', label: 'GP surgery', filter: true },
  usual_support_worker: { kind: 'choice', label: 'Usual support worker', filter: true },
  ethnicity: { kind: 'choice', label: 'Ethnicity', special: true, filter: true },
  religion: { kind: 'choice', label: 'Religion', special: true, filter: true },
  main_disability: { kind: 'choice', label: 'Main disability', special: true, filter: true },
  registered_disabled: { kind: 'yes_no', label: 'Registered disabled', special: true, filter: true },
  blue_badge_holder: { kind: 'yes_no', label: 'Blue badge holder', special: true, filter: true },
  sexual_orientation: { kind: 'choice', label: 'Sexual orientation', special: true, filter: true },
  id: { kind: 'text', label: 'Id', computed: true, filter: true },
} as const satisfies Record<string, KnownField>;

/** Fields that Charitylog keeps itself; a live list may have them, and no create may send them. */
export const computedFields: ReadonlySet<string> = new Set([
  ...Object.entries<KnownField>(knownFields).flatMap(([name, field]) => (field.computed ? [name] : [])),
  'created',
  'updated',
  'relationship_details',
]);

/** What is known of this field, or `undefined`. */
export function knownField(name: string): KnownField | undefined {
  return Object.hasOwn(knownFields, name) ? knownFields[name as keyof typeof knownFields] : undefined;
}
