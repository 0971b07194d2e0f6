import { branches, type Dictionary } from './dictionaries.ts';
import { buildFields, type Field, type FieldOptions, type SandboxPerson } from './fields.ts';
import { makePeople } from './people.ts';
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
    people: makePeople({ count, seed, extraFields }),
    unsettled: new Map(),
    staged: [],
    readOnlyLicence,
  };
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
