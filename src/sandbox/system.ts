import { branches, type Dictionary } from './dictionaries.ts';
import { buildFields, type Field, type FieldOptions, type SandboxPerson } from './fields.ts';
import { makePeople } from './people.ts';
import type { Shape } from './shapes.ts';

/** One charity's system: what it holds, and how its API speaks. */
export interface System {
  readonly fields: ReadonlyMap<string, Field>;
  /** Look-up lists by their path after `/dictionary/`. */
  readonly dictionaries: ReadonlyMap<string, Dictionary>;
  /** In order of id. */
  readonly people: SandboxPerson[];
  /** Rows of the staging area (external_referral), each with its own `id`. */
  readonly staged: Record<string, unknown>[];
  readonly readOnlyLicence: boolean;
  shape: Shape;
}

/** What a {@link System} is built from, complete. */
export interface SystemOptions extends FieldOptions {
  readonly people: number;
  readonly seed: number;
  readonly shape: Shape;
  readonly readOnlyLicence: boolean;
}

/** Builds a system with its made-up people. */
export function buildSystem(options: SystemOptions): System {
  const { people: count, seed, extraFields, shape, readOnlyLicence } = options;
  const fields = buildFields(options);
  return {
    fields,
    dictionaries: collectDictionaries(fields),
    people: makePeople({ count, seed, extraFields }),
    staged: [],
    readOnlyLicence,
    shape,
  };
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
