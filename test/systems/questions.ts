import type { Sandbox, SandboxPerson } from '../../src/sandbox/sandbox.ts';

/** Calls a tool and gives its result. Throws a {@link Refusal} for an error. */
// biome-ignore lint/suspicious/noExplicitAny: every tool has a result of its own
export type Call = (tool: string, args?: Record<string, unknown>) => Promise<any>;

/** A tool's error: nothing was told. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** A question in staff's words: how it is asked, and what is true of the sandbox's people, in the same form. */
export interface Question {
  readonly words: string;
  ask(call: Call, sandbox: Sandbox): Promise<unknown>;
  truth(sandbox: Sandbox): unknown;
}

type Fits = (person: SandboxPerson) => boolean;

const [eastwick, westbrook, northmoor] = [21, 22, 24];
const [clients, volunteers] = [1, 7];
const notRecorded = '(not recorded)';

function nameOf(sandbox: Sandbox, field: string, option: number | undefined): string {
  return option === undefined ? notRecorded : (sandbox.optionsOf(field)?.get(option) ?? String(option));
}

/** An answer that says what it doesn't know isn't the truth, and isn't wrong. */
function refuseIfNoted(notes: readonly string[] = [], text: string): void {
  const note = notes.find(one => one.includes(text));
  if (note) throw new Refusal(note);
}

/** How many people fit. */
function counting(words: string, args: (sandbox: Sandbox) => Record<string, unknown>, fits: Fits): Question {
  return {
    words,
    ask: async (call, sandbox) => {
      const { total, notes } = await call('count_people', args(sandbox));
      refuseIfNoted(notes, 'which counts as no here');
      return total;
    },
    truth: ({ people }) => people.filter(fits).length,
  };
}

/** Everybody who fits, through all pages. */
function finding(words: string, args: (sandbox: Sandbox) => Record<string, unknown>, fits: Fits): Question {
  return {
    words,
    ask: (call, sandbox) => findAll(call, args(sandbox)),
    truth: ({ people }) => {
      const ids = people.filter(fits).map(({ id }) => id);
      return { total: ids.length, ids };
    },
  };
}

const mostPages = 20;

async function findAll(call: Call, args: Record<string, unknown>): Promise<unknown> {
  const ids: number[] = [];
  let page: { total: number; people: { id: number }[]; next_cursor?: string } | undefined;
  for (let pages = 0; pages < mostPages && (!page || page.next_cursor); pages++) {
    page = await call('search_people', { ...args, ...(page && { cursor: page.next_cursor }) });
    ids.push(...(page?.people ?? []).map(({ id }) => id));
  }
  return { total: page?.total, ids };
}

/** How many people, or people of a type, are in each district. */
function countingDistricts(words: string, type?: number): Question {
  return {
    words,
    ask: async (call, sandbox) => {
      const filter = type === undefined ? {} : { type: nameOf(sandbox, 'type', type) };
      const { total, groups, notes } = await call('count_people', { by: ['district'], ...filter });
      refuseIfNoted(notes, 'district is shown as ids');
      const counts = (groups as { value: string; count: number }[]).filter(({ count }) => count > 0);
      return { total, counts: sorted(counts.map(({ value, count }) => [value, count])) };
    },
    truth: sandbox => {
      const people = sandbox.people.filter(person => type === undefined || person.type.includes(type));
      const counts = new Map<string, number>();
      for (const person of people) {
        const name = nameOf(sandbox, 'district', person.district);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
      return { total: people.length, counts: sorted([...counts]) };
    },
  };
}

function sorted(counts: [string, number][]): [string, number][] {
  return counts.sort(([a], [b]) => (a < b ? -1 : 1));
}

type ShownField = 'first_name' | 'surname' | 'date_of_birth' | 'district' | 'email' | 'registered_disabled';

/** One person's values, a missing one as null. */
function showing(words: string, id: number, fields: readonly ShownField[]): Question {
  return {
    words,
    ask: async call => {
      const { person, notes } = await call('get_person', { id, fields });
      refuseIfNoted(notes, 'district is shown as ids');
      return Object.fromEntries([['id', person.id], ...fields.map(name => [name, plainValue(name, person[name])])]);
    },
    truth: sandbox => {
      const person = sandbox.people.find(other => other.id === id);
      const values = fields.map(name => {
        const value = person?.[name];
        const shown = name === 'district' && value !== undefined ? nameOf(sandbox, name, Number(value)) : value;
        return [name, plainValue(name, shown)];
      });
      return Object.fromEntries([['id', id], ...values]);
    },
  };
}

/** A value however it is spelt: days as YYYY-MM-DD, yes and no as a boolean, nothing as null. */
export function plainValue(name: string, value: unknown): unknown {
  if (value === undefined || value === null || value === '') return null;
  if (name === 'date_of_birth') {
    return String(value)
      .replace(/^(\d\d)\/(\d\d)\/(\d{4})/, '$3-$2-$1')
      .replace(/[ T]00:00:00$/, '');
  }
  if (name !== 'registered_disabled') return value;
  const word = String(value).toLowerCase();
  if (['y', 'yes', 'true', '1', 'on'].includes(word)) return true;
  return ['n', 'no', 'false', '0', 'off'].includes(word) ? false : value;
}

/** What is asked of every system. Nobody of the cast has a name, address or number of another question by chance. */
export const questions: readonly Question[] = [
  {
    words: 'Which types of people are there?',
    ask: async call => (await call('list_client_types')).types,
    truth: sandbox => Array.from(sandbox.optionsOf('type') ?? [], ([id, name]) => ({ id, name })),
  },
  counting(
    'How many people are active?',
    () => ({ active: true }),
    ({ active }) => active === 'Y',
  ),
  counting(
    'How many people are recorded as not registered disabled?',
    () => ({ registered_disabled: false }),
    person => person.registered_disabled === 'N',
  ),
  countingDistricts('How many people are in each district?'),
  countingDistricts('How many clients are in each district?', clients),
  finding(
    'Who are our volunteers?',
    sandbox => ({ type: nameOf(sandbox, 'type', volunteers), limit: 50 }),
    ({ type }) => type.includes(volunteers),
  ),
  finding(
    'Which clients are inactive?',
    sandbox => ({ type: nameOf(sandbox, 'type', clients), active: false, limit: 50 }),
    ({ type, active }) => type.includes(clients) && active === 'N',
  ),
  finding(
    'Who is in either of two districts?',
    sandbox => ({
      district: [eastwick, westbrook].map(id => nameOf(sandbox, 'district', id)).join(';'),
      limit: 5,
    }),
    ({ district }) => district === eastwick || district === westbrook,
  ),
  finding(
    'Who is in this district?',
    sandbox => ({ district: nameOf(sandbox, 'district', northmoor), limit: 50 }),
    ({ district }) => district === northmoor,
  ),
  finding(
    'Whose address is this?',
    () => ({ email: 'edie@example.org' }),
    ({ id }) => id === 37,
  ),
  finding(
    'Is anybody at this address?',
    () => ({ email: 'nobody@example.org' }),
    () => false,
  ),
  finding(
    'Who lives at this postcode?',
    () => ({ postcode: 'QE1 4AB' }),
    ({ id }) => id === 1 || id === 2,
  ),
  finding(
    'Who are the O’Briens?',
    () => ({ name: 'O’Brien', limit: 50 }),
    ({ surname = '' }) => surname.toLowerCase().replace(/[^a-z]/g, '') === 'obrien',
  ),
  showing('What is recorded of Edith?', 37, ['surname', 'date_of_birth', 'district', 'email', 'registered_disabled']),
  showing('What is person 10 called?', 10, ['first_name', 'surname']),
  showing('When was person 6 born?', 6, ['surname', 'date_of_birth']),
  {
    words: 'Who is person 4?',
    ask: async call => (await call('get_person', { id: 4 })).person,
    truth: () => 'an error, since there is no such person',
  },
];
