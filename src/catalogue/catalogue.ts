import type { FieldKind, LiveField, Option, PeopleApi } from '../charitylog/people-api.ts';
import { isCharitylogError } from '../errors.ts';
import { computedFields, type KnownField, knownField, knownFields } from './known-fields.ts';
import { Refreshing } from './refreshing.ts';

/** A field of this charity's system. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** Special-category data: shown only when asked for by name. */
  readonly special: boolean;
}

/** What can be filtered by, shown and written; documented fields first, then the others as the system lists them. */
export interface FieldLists {
  /** False while the documented fields stand in for the live lists. */
  readonly live: boolean;
  readonly filterable: readonly Field[];
  readonly selectable: readonly Field[];
  readonly writable: readonly Field[];
}

/** What one identity's Charitylog system can filter, show and write: its live lists, cached and coalesced. */
export class Catalogue {
  readonly #lists: Refreshing<FieldLists>;
  readonly #types: Refreshing<readonly Option[]>;
  readonly #listeners = new Set<() => void>();

  /**
   * @param api the system to ask
   * @param now the clock, in milliseconds
   */
  constructor(api: PeopleApi, now: () => number = Date.now) {
    const cache = { mayServeStale: isPassing, now };
    this.#lists = new Refreshing(
      async signal => {
        const [filterable, selectable] = await Promise.all([
          liveOrDocumented(api.fields('filterable', signal), documented.filterable),
          liveOrDocumented(api.fields('selectable', signal), documented.selectable),
        ]);
        return fieldLists(filterable, selectable, true);
      },
      { ...cache, onLoad: () => this.#listeners.forEach(listener => void listener()) },
    );
    this.#types = new Refreshing(signal => api.dictionary('client_type', signal), cache);
  }

  /** The best lists known now, without asking: the live ones, or the documented ones before the first load. */
  get latestLists(): FieldLists {
    return this.#lists.latest ?? documentedLists;
  }

  /**
   * The live lists, at most ten minutes old. A list that this system doesn't have is replaced by the documented one;
   * where the system can't be asked now, an older list serves.
   */
  lists(signal: AbortSignal): Promise<FieldLists> {
    return this.#lists.get(signal);
  }

  /** Calls `listener` after each load of the field lists; the returned function ends that. */
  onLists(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The client types of this charity (`dictionary/client_type`); their ids differ from charity to charity. */
  types(signal: AbortSignal): Promise<readonly Option[]> {
    return this.#types.get(signal);
  }

  /** The client types for showing names; empty where this system doesn't tell them. */
  async typesToShow(signal: AbortSignal): Promise<readonly Option[]> {
    try {
      return await this.types(signal);
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }
}

const documented: { filterable: readonly LiveField[]; selectable: readonly LiveField[] } = {
  filterable: Object.entries<KnownField>(knownFields).flatMap(([name, { filter }]) => (filter ? [{ name }] : [])),
  selectable: Object.keys(knownFields).map(name => ({ name })),
};

const documentedLists = fieldLists(documented.filterable, documented.selectable, false);

async function liveOrDocumented(live: Promise<readonly LiveField[]>, fallback: readonly LiveField[]) {
  try {
    return await live;
  } catch (error) {
    if (isAbsent(error)) return fallback;
    throw error;
  }
}

function fieldLists(filterable: readonly LiveField[], selectable: readonly LiveField[], live: boolean): FieldLists {
  const shown = inOrder(selectable);
  return Object.freeze({
    live,
    filterable: inOrder(filterable),
    selectable: shown,
    writable: shown.filter(field => !computedFields.has(field.name)),
  });
}

function inOrder(fields: readonly LiveField[]): Field[] {
  const order = Object.keys(knownFields);
  const rank = (name: string) => (knownField(name) ? order.indexOf(name) : order.length);
  return fields.map(toField).sort((a, b) => rank(a.name) - rank(b.name));
}

function toField({ name, label, kind }: LiveField): Field {
  const known = knownField(name);
  return {
    name,
    label: label ?? known?.label ?? name.replaceAll('_', ' '),
    kind: known?.kind ?? kind ?? 'text',
    special: known?.special ?? false,
  };
}

function isPassing(error: unknown): boolean {
  return isCharitylogError(error, 'unavailable', 'timeout', 'rate_limited');
}

/** True where the system can be asked, and doesn't have or doesn't give what was asked for. */
function isAbsent(error: unknown): boolean {
  return isCharitylogError(error, 'not_found', 'forbidden', 'invalid', 'unreadable');
}
