import { branches, type Dictionary } from './dictionaries.ts';
import { buildFields, type Field, type FieldOptions, type SandboxPerson } from './fields.ts';
import { makePeople, type PeopleOptions } from './people.ts';
import type { Switches } from './switches.ts';

/** One charity's system: what it holds, and how its API speaks. */
export interface System {
  readonly switches: Switches;
  readonly fields: ReadonlyMap<string, Field>;
  /** Look-up lists by their path after `/dictionary/`. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  /** In order of id. */
  readonly people: SandboxPerson[];
  /** New people who can't be read yet, by id, and how many reads that lasts. */
  readonly unsettled: Map<number, number>;
  /** Rows of the staging area (external_referral), each with its own `id`. */
  readonly staged: Record<string, unknown>[];
  readonly readOnlyLicence: boolean;
}

/** What a {@link System} is built from, complete. */
export interface SystemOptions extends Omit<FieldOptions, 'optionNames'> {
  readonly people: number;
  readonly seed: number;
  readonly system: Switches;
  readonly readOnlyLicence: boolean;
}

/** Builds a system with its made-up people. */
export function buildSystem(options: SystemOptions): System {
  const { people: count, seed, extraFields, system: switches, readOnlyLicence } = options;
  return {
    ...describeSystem(options, switches),
    people: peopleFor({ count, seed, extraFields }),
    unsettled: new Map(),
    staged: [],
    readOnlyLicence,
  };
}

const most = { people: 1000, lists: 50 };

/** The people of small systems, by what they were made from: tests start thousands of systems, of a few kinds. */
const made = new Map<string, readonly SandboxPerson[]>();

/** People of this system alone: what becomes of them is nothing to other systems. */
function peopleFor(options: PeopleOptions): SandboxPerson[] {
  const key = JSON.stringify(options);
  const people = made.get(key) ?? makePeople(options);
  if (options.count <= most.people && made.size < most.lists) made.set(key, people);
  return people.map(person => ({ ...person }));
}

/** The parts of a system that follow from its switches. */
export function describeSystem(
  options: SystemOptions,
  switches: Switches,
): Pick<System, 'switches' | 'fields' | 'dictionaries'> {
  const fields = buildFields({ ...options, optionNames: switches.optionNames });
  return { switches, fields, dictionaries: collectDictionaries(fields) };
}

function collectDictionaries(fields: ReadonlyMap<string, Field>): ReadonlyMap<string, Dictionary> {
  const found = new Map([['branch', branches]]);
  for (const field of fields.values()) {
    if (field.options) found.set(dictionaryPath(field), field.options);
  }
  return found;
}

/** Client fields have their lists under the table's name, organisations (API Dictionaries). */
function dictionaryPath({ name, kind, extension }: Field): string {
  if (kind === 'types') return 'client_type';
  return extension ? `extension_database/${name}` : `organisations/${name}`;
}
