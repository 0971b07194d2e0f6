import { isDeepStrictEqual } from 'node:util';
import type { Sandbox, SandboxPerson } from '../../src/sandbox/sandbox.ts';
import { type Call, type Question, Refusal } from './questions.ts';

const zoe = { first_name: 'Zoë', surname: "O'Dwyer", date_of_birth: '1961-05-07', postcode: 'QM7 1XA' };
const john = { first_name: 'John', surname: 'Smith', date_of_birth: '1948-05-17', postcode: 'QE1 4AB' };
const nora = { first_name: 'Nora', surname: 'Barraclough', date_of_birth: '1962-11-30', postcode: 'QM9 4HT' };
const [befrienders, millbeck] = [12, 33];

/** What was told of an addition, and whom the system has now that it hadn't. */
interface Addition {
  /** The status that was told, or `error`. */
  readonly status: string;
  // biome-ignore lint/suspicious/noExplicitAny: a result, or the text of an error
  readonly told: any;
  readonly added: readonly SandboxPerson[];
}

async function add(call: Call, sandbox: Sandbox, args: Record<string, unknown>): Promise<Addition> {
  const before = new Set(sandbox.people.map(({ id }) => id));
  const added = () => sandbox.people.filter(({ id }) => !before.has(id));
  try {
    const told = await call('create_person', args);
    return { status: told.status, told, added: added() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { status: 'error', told: error.message, added: added() };
  }
}

type NewPerson = typeof zoe;

/** A new person with names of options, as this system calls them. */
function newBefriender(sandbox: Sandbox, person: NewPerson): Record<string, unknown> {
  const optionOf = (field: string, id: number) => sandbox.optionsOf(field)?.get(id);
  return { ...person, type: optionOf('type', befrienders), district: optionOf('district', millbeck) };
}

function isAsSent(sent: NewPerson, { first_name, surname, date_of_birth, postcode, type, district }: SandboxPerson) {
  const isNamed = isDeepStrictEqual({ first_name, surname, date_of_birth, postcode }, sent);
  return isNamed && type.join() === String(befrienders) && district === millbeck;
}

function addingNew(words: string, person: NewPerson): Question {
  return {
    words,
    truth: () => 'added once as sent, and told with the id of the new record',
    async ask(call, sandbox) {
      const addition = await add(call, sandbox, newBefriender(sandbox, person));
      const [record, ...others] = addition.added;
      if (!record) return refuseUnless(false, addition);
      if (others.length > 0 || !isAsSent(person, record)) return addition;
      const { status, told } = addition;
      if (status === 'created' && told.id === record.id) return this.truth(sandbox);
      return refuseUnless(status !== 'unknown', addition);
    },
  };
}

/**
 * Additions to every system. Their truths are in words: an addition gives its truth where what was told and what the system has
 * now agree with it, is refused where the caller is told that nothing was added or that it isn't known, and both are so, and
 * gives what was told in any other case.
 */
export const creates: readonly Question[] = [
  addingNew('Add Zoë O’Dwyer, who is new.', zoe),
  {
    words: 'Add Zoë O’Dwyer once more.',
    truth: () => 'not added again, and told with her record',
    async ask(call, sandbox) {
      const isZoe = ({ surname }: SandboxPerson) => surname === zoe.surname;
      const earlier = sandbox.people.find(isZoe);
      const addition = await add(call, sandbox, newBefriender(sandbox, zoe));
      if (sandbox.people.filter(isZoe).length > 1) return addition;
      const { status, told, added } = addition;
      const record = earlier ?? added[0];
      if (record && ((status === 'created' && told.id === record.id) || hasCandidate(told, record))) {
        return this.truth(sandbox);
      }
      return refuseUnless(added.length > 0 && status !== 'unknown', addition);
    },
  },
  addingNew('Add Nora Barraclough, whose mother Edith is there already.', nora),
  {
    words: 'Add John Smith, who is there already.',
    truth: () => 'not added, and told with record 1',
    async ask(call, sandbox) {
      const addition = await add(call, sandbox, john);
      if (addition.added.length > 0) return addition;
      return hasCandidate(addition.told, { id: 1 }) ? this.truth(sandbox) : refuseUnless(false, addition);
    },
  },
];

function hasCandidate({ candidates = [] }: { candidates?: { id: number }[] }, { id }: { id: number }): boolean {
  return candidates.some(candidate => candidate.id === id);
}

const refusals = ['error', 'unknown', 'needs_confirmation', 'possible_duplicates'];

/** @throws Refusal where nothing is told but that it wasn't done or isn't known, unless that is `untrue`. */
function refuseUnless(untrue: boolean, addition: Addition): Addition {
  const { status, told } = addition;
  if (!untrue && refusals.includes(status)) throw new Refusal(typeof told === 'string' ? told : JSON.stringify(told));
  return addition;
}
