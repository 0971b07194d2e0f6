import { districts, type HostileInput, named, options, people, search, texts } from './hostile-inputs.ts';

const where = (...conditions: readonly unknown[]) => search({ where: conditions });
/** As many as a question takes. */
const most = 20;

/** From a caller: what its conditions hold. */
export const conditionsFromCallers: Readonly<Record<string, HostileInput>> = {
  'a condition with a long text': { params: n => where(`notes contains ${'é'.repeat(n)}`), largest: 500_000 },
  'very many conditions': { params: n => search({ where: texts(n, at => `age > ${at}`) }), largest: 100_000 },
  'conditions line by line': { params: n => search({ where: 'age > 3\n'.repeat(n) }), largest: 100_000 },
  'unknown keys in where': { params: n => search({ where: named(n, at => [`key ${at}`, 'x']) }), largest: 35_000 },
  'a list in a list in where': { params: n => where(texts(n, String)), largest: 100_000 },
  'conditions on unknown fields': {
    params: n => where(...texts(most, at => `distrikt${at}${'x'.repeat(n)} is x`)),
    largest: 900,
  },
  'conditions of many values': {
    params: n => where(...texts(most, at => `surname is not ${texts(n, value => `${at}-${value}`).join(';')}`)),
    largest: 150,
  },
  'conditions of wildcards': { params: n => where(`surname is ${'*a'.repeat(n)}b`), largest: 490 },
  'conditions of quotes': {
    params: n => where(...texts(most, at => `district is not ${'"";'.repeat(n)}${at}`)),
    largest: 320,
  },
  'conditions of ranges': {
    params: n => where(...texts(most, at => `age is ${'1..2,'.repeat(n)}${at}`)),
    largest: 190,
  },
  'a name of wildcards': { params: n => search({ name: `${'*a'.repeat(n)}b` }), largest: 500_000 },
  'a filter of quotes': { params: n => search({ district: texts(n, () => '"";'.repeat(333)) }), largest: 200 },
};

const ines = (fields: (at: number) => Record<string, unknown>, count = 20) =>
  people(texts(count, String).map((_, at) => ({ id: at + 1, first_name: 'Ines', surname: 'Quarmby', ...fields(at) })));

/** From the API: what conditions look into, and values with parts of their own. */
export const conditionsFromApi: Readonly<Record<string, HostileInput>> = {
  'long notes to look into': {
    faults: n => [ines(() => ({ notes: 'a'.repeat(n) }))],
    params: () => where(...texts(10, at => `notes contains ${texts(3, part => `aab${at}${part}`).join(';')}`)),
    largest: 100_000,
  },
  'long notes with accents to look into': {
    faults: n => [ines(() => ({ notes: 'é'.repeat(n), gp_name: 'ü'.repeat(n) }))],
    params: () =>
      where(...texts(10, at => `notes contains x${at}`), ...texts(10, at => `gp_name does not contain x${at}`)),
    largest: 100_000,
  },
  'notes of a megabyte to look into': {
    faults: n => [ines(() => ({ notes: 'é'.repeat(n) }), 3)],
    params: () => where('notes contains dog', 'notes does not contain cat', 'notes is not x'),
    largest: 1_000_000,
  },
  'many people, and many conditions': {
    faults: n => [ines(at => ({ gp_name: `Dr Ínes ${at}`, date_of_birth: '1950-02-03' }), n)],
    params: () =>
      where(...texts(most / 2, at => `gp_name does not contain x${at}`), ...texts(most / 2, at => `age > ${at}`)),
    largest: 19_000,
  },
  'options, and conditions of many names': {
    faults: n => [districts(options(n))],
    params: (_, choice) => where(`${choice} is not ${texts(60, at => `Ward ${at} of`).join(';')}`),
    largest: 19_000,
  },
  'options, and people to decide for': {
    faults: n => [
      districts(options(n)),
      ines(at => ({ district: `Ward ${at % 777} of Ostwick; Ward ${at} of Östwick; ${at}` }), n / 5),
    ],
    params: () => where('district does not have all 1;2;3', 'district does not contain stw'),
    largest: 19_000,
  },
  'JSON in a list in a list in a shown text': {
    faults: n => [ines(() => ({ gp_name: `${'['.repeat(n)}${']'.repeat(n)}` }), 5)],
    params: () => search({ fields: ['gp_name'] }),
    largest: 200_000,
  },
  'JSON with very many names in shown texts': {
    faults: n => [ines(at => ({ gp_name: JSON.stringify(named(n, key => [`Key ${at} of ${key}`, key])) }))],
    params: () => search({ fields: ['gp_name'], limit: 50 }),
    largest: 4_000,
  },
  'maps with very many names in shown fields': {
    faults: n => [ines(at => ({ gp_name: named(n, key => [`Key ${at} of ${key}`, { [`k${key}`]: [key] }]) }))],
    params: () => search({ fields: ['gp_name'], limit: 50 }),
    largest: 4_000,
  },
  'pairs in shown fields': {
    faults: n => [ines(at => ({ gp_name: texts(n, key => `Key ${at} of ${key}`).map(key => [key, 'x']) }))],
    params: () => search({ fields: ['gp_name'], limit: 50 }),
    largest: 4_000,
  },
};
