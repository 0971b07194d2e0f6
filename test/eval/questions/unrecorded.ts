import { countAmong, idsAmong } from '../among.ts';
import type { Question } from '../question.ts';
import { countOf } from '../truths.ts';

/** Questions about what people don't have, aren't, or haven't told: each tempts to take a "no" for a value, or a blank for a "no". */
export const unrecordedQuestions: readonly Question[] = [
  {
    id: 'volunteers-of-other-languages',
    kind: 'negation',
    ask: 'How many of our volunteers have a main language that is anything but English? Only those whose language we know.',
    form: 'count',
    truth: countAmong(
      { type: 'Volunteers' },
      ({ main_language }) => main_language !== undefined && main_language !== 41,
    ),
  },
  {
    id: 'befrienders-not-in-eastwick',
    kind: 'negation',
    ask: 'How many befrienders live in a district that is not Eastwick, as far as we know where they live?',
    form: 'count',
    truth: countAmong({ type: 'Befrienders' }, ({ district }) => district !== undefined && district !== 21),
  },
  {
    id: 'trustees-not-in-eastwick-or-unknown',
    kind: 'negation',
    ask: 'How many trustees are not down as living in Eastwick? Count those, too, whose district we have not got.',
    form: 'count',
    // "is not" leaves out the people without a district.
    truth: countAmong({ type: 'Trustees' }, ({ district }) => district !== 21),
  },
  {
    id: 'option-no-religion',
    kind: 'negation',
    ask: 'How many volunteers have told us that they have no religion? Not those whom we have never asked.',
    form: 'count',
    // "No religion" is an option.
    truth: countOf({ type: 'Volunteers', religion: 'No religion' }),
  },
  {
    id: 'option-none',
    kind: 'negation',
    ask: 'How many carers have the answer "None" for their main disability?',
    form: 'count',
    // "None" is an option, and no blank.
    truth: countOf({ type: 'Carers', main_disability: 'None' }),
  },
  {
    id: 'neither-married-nor-partner',
    kind: 'negation',
    ask: 'Of the clients whose marital status we know: how many are neither married nor living with a partner?',
    form: 'count',
    truth: countAmong(
      { type: 'Clients' },
      ({ marital_status }) => marital_status !== undefined && ![12, 19].includes(marital_status),
    ),
  },
  {
    id: 'trustees-without-email',
    kind: 'blank',
    ask: 'Whose e-mail do we not have, among the trustees in Millbeck? Active ones only.',
    form: 'ids',
    truth: idsAmong({ type: 'Trustees', district: 'Millbeck', active: 'Y' }, ({ email }) => !email),
  },
  {
    id: 'no-way-to-ring',
    kind: 'blank',
    ask: 'How many next of kin can we not ring at all, having neither a telephone nor a mobile number for them?',
    form: 'count',
    truth: countAmong({ type: 'Next of Kin' }, ({ telephone, mobile }) => !telephone && !mobile),
  },
  {
    id: 'volunteers-without-dbs',
    kind: 'blank',
    ask: 'How many active volunteers have no DBS check date on their record?',
    form: 'count',
    truth: countAmong({ type: 'Volunteers', active: 'Y' }, ({ dbs_check_date }) => !dbs_check_date),
  },
  {
    id: 'surgery-unknown',
    kind: 'blank',
    ask: 'For how many carers is the GP surgery simply not filled in? Somebody down as not registered with a GP is filled in.',
    form: 'count',
    // "Not registered with a GP" is an option.
    truth: countAmong({ type: 'Carers' }, ({ gp_surgery }) => gp_surgery === undefined),
  },
  {
    id: 'neither-ethnicity-nor-religion',
    kind: 'blank',
    ask: 'For how many people in Harrowfield do we know neither the ethnicity nor the religion?',
    form: 'count',
    truth: countAmong(
      { district: 'Harrowfield' },
      ({ ethnicity, religion }) => ethnicity === undefined && religion === undefined,
    ),
  },
];
