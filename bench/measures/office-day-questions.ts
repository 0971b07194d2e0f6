/** A tool call of the office day. `page` goes on with the cursor of the same call's last answer. */
export interface OfficeQuestion {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly page?: 'next';
}

/** Questions that are asked one after the other, in one conversation. */
export type Sitting = readonly OfficeQuestion[];

const search = (args: OfficeQuestion['args']): OfficeQuestion => ({ tool: 'search_people', args });
const next = (args: OfficeQuestion['args']): OfficeQuestion => ({ tool: 'search_people', args, page: 'next' });
const count = (args: OfficeQuestion['args']): OfficeQuestion => ({ tool: 'count_people', args });
const person = (id: number): OfficeQuestion => ({ tool: 'get_person', args: { id } });
const types: OfficeQuestion = { tool: 'list_client_types', args: {} };
const describe = (args: OfficeQuestion['args']): OfficeQuestion => ({ tool: 'describe_fields', args });
const create = (args: OfficeQuestion['args']): OfficeQuestion => ({ tool: 'create_person', args });

const volunteers = { type: 'Volunteers', active: true };
const eastwickVolunteers = { ...volunteers, district: 'Eastwick' };
const polishVolunteers = { ...eastwickVolunteers, main_language: 'Polish' };
const clientsOfAmina = { type: 'Clients', usual_support_worker: 'Amina Yusuf', limit: 2, fields: ['telephone'] };
const shelteredClients = { type: 'Clients', accommodation: 'Sheltered housing', limit: 5, fields: ['district'] };
const carers = { type: 'Carers', limit: 20 };

/** A hundred questions of an office day: a sitting is one conversation of ten. */
export const officeDay: readonly Sitting[] = [
  // Nine o'clock: reception.
  [
    types,
    search(volunteers),
    next(volunteers),
    next(volunteers),
    search({ name: 'John Smith' }),
    person(1),
    search({ postcode: 'QE1 4AB', fields: ['postcode'] }),
    count({ type: 'Clients' }),
    count({ type: 'Clients', active: true }),
    search(polishVolunteers),
  ],
  // A coordinator matches volunteers.
  [
    search(eastwickVolunteers),
    search(polishVolunteers),
    person(5),
    search({ ...volunteers, main_language: 'English', limit: 5 }),
    next({ ...volunteers, main_language: 'English', limit: 5 }),
    search({ ...volunteers, district: 'Westbrook' }),
    search({ ...volunteers, district: 'Westbrook', first_aid_trained: true }),
    count({ ...volunteers, by: 'district' }),
    count({ ...volunteers, by: 'main_language' }),
    describe({ field: 'main_language' }),
  ],
  // A case worker goes through her list.
  [
    search(clientsOfAmina),
    next(clientsOfAmina),
    next(clientsOfAmina),
    person(45),
    person(54),
    search({ name: 'Kowalska' }),
    person(5),
    search({ name: 'Smith', type: 'Clients' }),
    person(3),
    search(clientsOfAmina),
  ],
  // Reception adds somebody.
  [
    search({ name: 'Jo Fairweather' }),
    describe({}),
    create({ first_name: 'Jo', surname: 'Fairweather', type: 'Befrienders', email: 'jo.fairweather@example.org' }),
    search({ name: 'Jo Fairweather' }),
    types,
    search({ email: 'jsmith@example.com' }),
    search({ nhs_number: '999 123 4578' }),
    person(1),
    search(polishVolunteers),
    count({ type: 'Befrienders' }),
  ],
  // A manager counts for the trustees.
  [
    types,
    count({ by: 'type' }),
    count({ type: 'Clients', by: 'district' }),
    count({ type: 'Clients', by: ['district', 'gender'] }),
    count({ type: 'Clients', by: 'age_range' }),
    count({ type: 'Clients', by: 'ethnicity' }),
    count({ type: 'Clients', by: 'district' }),
    count({ type: 'Volunteers', by: 'district' }),
    count({ type: 'Carers' }),
    count({ type: 'Clients', active: true, by: 'district' }),
  ],
  // Before lunch: the housing team.
  [
    search(shelteredClients),
    next(shelteredClients),
    next(shelteredClients),
    count(shelteredClientsCount('Eastwick')),
    count(shelteredClientsCount('Westbrook')),
    count(shelteredClientsCount('Northmoor')),
    search({ ...shelteredClients, district: 'Eastwick' }),
    person(60),
    person(62),
    search({ type: 'Clients', accommodation: 'Temporary accommodation', active: true }),
  ],
  // The coordinator again.
  [
    search(eastwickVolunteers),
    search(polishVolunteers),
    search({ ...volunteers, district: 'Northmoor' }),
    search({ ...volunteers, district: 'Southmere' }),
    search({ ...volunteers, main_language: 'Urdu' }),
    search({ ...volunteers, main_language: 'Welsh' }),
    person(5),
    person(6),
    count({ ...volunteers, by: 'district' }),
    describe({ field: 'district' }),
  ],
  // The carers' worker.
  [
    search(carers),
    next(carers),
    next(carers),
    count({ type: 'Carers', by: 'district' }),
    search({ type: 'Carers', district: 'Eastwick' }),
    person(6),
    search({ name: 'Wiśniewski' }),
    search({ type: 'Carers', registered_disabled: true }),
    types,
    search(carers),
  ],
  // Reception in the afternoon.
  [
    search({ name: 'Smith' }),
    next({ name: 'Smith' }),
    search({ name: "O'Brien" }),
    search({ postcode: 'QE3 2PT', fields: ['postcode'] }),
    person(2),
    create({ first_name: 'Imelda', surname: 'Quayle', type: 'Volunteers', district: 'Westbrook' }),
    search({ name: 'Imelda Quayle' }),
    search({ ...volunteers, district: 'Westbrook' }),
    search({ email: 'a.kowalska@example.org' }),
    person(5),
  ],
  // The end of the day.
  [
    types,
    count({ by: 'type' }),
    count({ type: 'Clients' }),
    count({ type: 'Clients', by: 'district' }),
    search(volunteers),
    next(volunteers),
    search(polishVolunteers),
    search(clientsOfAmina),
    person(1),
    count({ type: 'Volunteers', active: true }),
  ],
];

function shelteredClientsCount(district: string) {
  return { type: 'Clients', accommodation: 'Sheltered housing', district };
}
