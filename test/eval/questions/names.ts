import type { Question } from '../question.ts';
import { letters } from '../spelling.ts';
import { idsCalled, idsOfThose } from '../truths.ts';

/** Questions about people by name, spelt as one hears them. */
export const nameQuestions: readonly Question[] = [
  {
    id: 'apostrophe-and-accent',
    kind: 'name',
    ask: "Who is called Siobhan O'Brien? However it is spelt.",
    form: 'ids',
    truth: idsCalled("Siobhan O'Brien"),
  },
  {
    id: 'curly-apostrophe',
    kind: 'name',
    ask: 'Find Maire OBrien for me, please.',
    form: 'ids',
    truth: idsCalled("Máire O'Brien"),
  },
  {
    id: 'accents-of-two-kinds',
    kind: 'name',
    ask: 'Which Zoe Smith-Joneses do we have? With or without the hyphen, all of them.',
    form: 'ids',
    truth: idsCalled('Zoe Smith-Jones'),
  },
  {
    id: 'barred-l',
    kind: 'name',
    ask: 'Do we know a Lukasz Wisniewski? Give me everybody of that name.',
    form: 'ids',
    truth: idsCalled('Lukasz Wisniewski'),
  },
  {
    id: 'double-surname-in-other-order',
    kind: 'name',
    ask: 'The list says "Garcia Marquez, Jose". Who is that with us? All of exactly that name, so no María José.',
    form: 'ids',
    truth: idsCalled('José García Márquez'),
  },
  {
    id: 'either-order',
    kind: 'name',
    ask: 'I never know which is the first name: who do we have as Nguyen Thi Anh, either way round?',
    form: 'ids',
    truth: idsCalled('Nguyen Thi Anh'),
  },
  {
    id: 'half-of-a-double-surname',
    kind: 'name',
    ask: 'Somebody asked for Malgorzata Reid. Her surname may be longer than that.',
    form: 'ids',
    truth: idsOfThose(
      ({ first_name = '', surname = '' }) =>
        letters(first_name) === 'malgorzata' && surname.split(/[\s-]/).some(part => letters(part) === 'reid'),
    ),
  },
  {
    id: 'initial',
    kind: 'name',
    ask: 'A letter came for "R. Ackroyd". Who is that?',
    form: 'ids',
    truth: idsOfThose(
      ({ first_name = '', surname }) => letters(first_name).startsWith('r') && letters(surname ?? '') === 'ackroyd',
    ),
  },
  {
    id: 'known-as',
    kind: 'name',
    ask: 'Everybody calls her Edie Barraclough. Which record is hers?',
    form: 'ids',
    truth: idsCalled('Edie Barraclough'),
  },
  {
    id: 'called-null',
    kind: 'name',
    ask: 'Is there anybody whose surname is Null?',
    form: 'ids',
    truth: idsOfThose(({ surname = '' }) => letters(surname) === 'null'),
  },
];
