import { countAmong, idsAmong } from '../among.ts';
import type { Question } from '../question.ts';
import { digits, squeezed } from '../spelling.ts';
import { idsCalled, idsWritten } from '../truths.ts';

/** Questions that have a part of a text, a number in another form, or a name as somebody heard it. */
export const textQuestions: readonly Question[] = [
  {
    id: 'notes-with-dog',
    kind: 'part of a text',
    ask: 'A new case worker is afraid of dogs. For how many active clients do the notes mention a dog?',
    form: 'count',
    truth: countAmong({ type: 'Clients', active: 'Y' }, ({ notes = '' }) => squeezed(notes).includes('dog')),
  },
  {
    id: 'gp-hughes',
    kind: 'part of a text',
    ask: 'Dr Hughes is retiring. How many people have Hughes as their GP, however it is written?',
    form: 'count',
    // "Dr A Hughes" and "dr hughes": a filter compares the whole text.
    truth: countAmong({}, ({ gp_name = '' }) => squeezed(gp_name).includes('hughes')),
  },
  {
    id: 'email-at-example-net',
    kind: 'part of a text',
    ask: 'The provider example.net is closing. How many volunteers have an e-mail address there?',
    form: 'count',
    truth: countAmong({ type: 'Volunteers' }, ({ email = '' }) => email.toLowerCase().endsWith('@example.net')),
  },
  {
    id: 'postcode-district',
    kind: 'part of a text',
    ask: 'How many people live in the postcode district QM2?',
    form: 'count',
    // Some are written without the space, as QM25JW.
    truth: countAmong({}, ({ postcode = '' }) => /^QM2\d[A-Z]{2}$/i.test(squeezed(postcode).toUpperCase())),
  },
  {
    id: 'phone-with-country-code',
    kind: 'other form',
    ask: 'My screen shows a missed call from +44 1632 960142. Whose number is that?',
    form: 'ids',
    truth: idsAmong({}, ({ telephone = '', mobile = '' }) =>
      [telephone, mobile].some(number => digits(number).endsWith('1632960142')),
    ),
  },
  {
    id: 'end-of-a-mobile',
    kind: 'other form',
    ask: 'All that I could make out of the message is that the mobile number ends in 0118. Who may it have been?',
    form: 'ids',
    truth: idsAmong({}, ({ mobile = '' }) => digits(mobile).endsWith('0118')),
  },
  {
    id: 'nhs-number-with-dashes',
    kind: 'other form',
    ask: 'The hospital letter gives the NHS number 999-123-4578. Which records have it?',
    form: 'ids',
    truth: idsAmong({}, ({ nhs_number = '' }) => digits(nhs_number) === '9991234578'),
  },
  {
    id: 'postcode-in-another-grouping',
    kind: 'other form',
    ask: 'Who lives at qs4  9f e? The scan has odd spaces.',
    form: 'ids',
    truth: idsWritten('postcode', 'QS4 9FE'),
  },
  {
    id: 'misspelt-name',
    kind: 'name as heard',
    ask: 'A Harriett Vain rang, if I have spelt that right. Who is it?',
    form: 'ids',
    truth: idsCalled('Harriet Vane'),
  },
  {
    id: 'titles-and-honours',
    kind: 'name as heard',
    ask: 'The invitation goes to "Mrs Edith Barraclough MBE". Which record is hers?',
    form: 'ids',
    truth: idsCalled('Edith Barraclough'),
  },
  {
    id: 'either-of-two-names',
    kind: 'name as heard',
    ask: 'It was either a Harriet Vane or a Roger Ackroyd. Give me the ids of both, if we have them.',
    form: 'ids',
    truth: idsAmong({}, ({ surname = '' }) => ['vane', 'ackroyd'].includes(squeezed(surname))),
  },
  {
    id: 'family-name-first',
    kind: 'name as heard',
    ask: 'The form is signed "NULL, Chris". Who may that be?',
    form: 'ids',
    // Neither is the first name written in full, nor is the surname a stand-in for nothing.
    truth: idsCalled('Christopher Null'),
  },
  {
    id: 'name-without-spaces',
    kind: 'name as heard',
    ask: 'The old list has "nguyenthianh" as a login. Who is that?',
    form: 'ids',
    truth: idsCalled('Nguyen Thi Anh'),
  },
];
