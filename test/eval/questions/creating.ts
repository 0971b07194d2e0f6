import type { Question } from '../question.ts';
import { created } from '../truths.ts';

const alreadyThere = ['already', 'exists', 'existing', 'duplicate', 'duplicates', 'same', 'matches', 'match'];

/** Requests to add somebody. They come last, as they change what is counted; no two are about the same first name. */
export const creatingQuestions: readonly Question[] = [
  {
    id: 'new-volunteer',
    kind: 'create',
    ask: 'Please add a new volunteer: Imelda Quayle, born on 4 March 1962, lives in the Westbrook district, main language Welsh, e-mail imelda.quayle@example.org.',
    form: 'id',
    truth: created('Imelda', 'Quayle', {
      type: 'Volunteers',
      date_of_birth: '1962-03-04',
      district: 'Westbrook',
      main_language: 'Welsh',
      email: 'imelda.quayle@example.org',
    }),
  },
  {
    id: 'new-carer',
    kind: 'create',
    ask: 'Register a carer for me: Tobias Ferncastle, mobile 07700 900231, wants to be contacted by text message, and no photos of him on the website.',
    form: 'id',
    truth: created('Tobias', 'Ferncastle', {
      type: 'Carers',
      mobile: '07700 900231',
      preferred_communication_method: 'Text message',
      website_photo_consent: 'No photos',
    }),
  },
  {
    id: 'new-client',
    kind: 'create',
    ask: 'New client: Mrs Wilhelmina Ashby-Cole, widowed, in sheltered housing, one person in the household, has a blue badge. Postcode QM2 7RT.',
    form: 'id',
    truth: created('Wilhelmina', 'Ashby-Cole', {
      type: 'Clients',
      marital_status: 'Widowed',
      accommodation: 'Sheltered housing',
      people_in_household: 1,
      blue_badge_holder: 'Y',
      postcode: 'QM2 7RT',
    }),
  },
  {
    id: 'new-befriender',
    kind: 'create',
    ask: "Osric D'Abernon is joining us as a befriender. He is first aid trained, his DBS check was on 12/06/2025, usual support worker Tom O'Leary.",
    form: 'id',
    truth: created('Osric', "D'Abernon", {
      type: 'Befrienders',
      first_aid_trained: 'Y',
      dbs_check_date: '2025-06-12',
      usual_support_worker: "Tom O'Leary",
    }),
  },
  {
    id: 'existing-by-name-and-birthday',
    kind: 'create existing',
    ask: 'Please register John Smith as a new client, born 17/05/1948, postcode QE1 4AB.',
    form: 'id',
    truth: () => ({ is: 'not created', firstName: 'John', anyWord: alreadyThere }),
  },
  {
    id: 'existing-by-another-spelling',
    kind: 'create existing',
    ask: 'Add a client called Siobhan OBrien, date of birth 24 December 1939.',
    form: 'id',
    truth: () => ({ is: 'not created', firstName: 'Siobhán', anyWord: alreadyThere }),
  },
  {
    id: 'existing-by-email',
    kind: 'create existing',
    ask: 'There is a new staff member, Jose Garcia, jose.garcia@example.com. Please put him on the system.',
    form: 'id',
    truth: () => ({ is: 'not created', firstName: 'José', anyWord: alreadyThere }),
  },
  {
    id: 'create-without-surname',
    kind: 'create incomplete',
    ask: 'Please add a new volunteer. Her name is Beatrix.',
    form: 'id',
    truth: () => ({
      is: 'not created',
      firstName: 'Beatrix',
      anyWord: ['surname', 'last name', 'family name', 'second name', 'full name'],
    }),
  },
  {
    id: 'create-with-unknown-option',
    kind: 'create incomplete',
    ask: 'Add a client Leopold Wexcombe. His main language is Klingon, and that has to be on the record.',
    form: 'id',
    truth: () => ({ is: 'not created', firstName: 'Leopold', anyWord: ['Klingon'] }),
  },
];
