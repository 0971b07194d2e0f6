import { isCharitylogError } from '../base/errors.ts';
import { type Observer, unobserved } from '../base/observer.ts';
import { plain } from '../base/spelling.ts';
import type { FieldKind, LiveField, Option, PeopleApi } from '../charitylog/api.ts';
import { Refreshing } from './cached.ts';
import {
  computedFields,
  isSpecialByName,
  type KnownField,
  kindByName,
  knownField,
  knownFields,
} from './known-fields.ts';

/** A field of this charity's system. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** `unknown` where neither the manual nor the live list tells it; whether a dictionary exists does then. */
  readonly kind: FieldKind | 'unknown';
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
  readonly #api: PeopleApi;
  readonly #cache: {
    mayServeStale: (error: unknown) => boolean;
    onLookUp: (isHit: boolean) => void;
    now: () => number;
  };
  readonly #lists: Refreshing<FieldLists>;
  readonly #beforeLoad: FieldLists;
  readonly #types: Refreshing<readonly Option[]>;
  readonly #dictionaries = new Map<string, Refreshing<Dictionary>>();
  readonly #listeners = new Set<() => void>();
  #unknownHidden: readonly string[] = [];

  /**
   * @param api the system to ask
   * @param hiddenFields fields that are to be as if the system didn't have them; `sensitive` for all special-category ones
   * @param now the clock, in milliseconds
   */
  constructor(
    api: PeopleApi,
    hiddenFields: readonly string[] = [],
    now: () => number = Date.now,
    observer: Pick<Observer, 'cacheLookUp'> = unobserved,
  ) {
    const isVisible = visibility(hiddenFields);
    this.#beforeLoad = fieldLists(
      { fields: documented.filterable },
      { fields: documented.selectable },
      false,
      isVisible,
    );
    this.#api = api;
    this.#cache = { mayServeStale: isPassing, onLookUp: isHit => observer.cacheLookUp('lists', isHit), now };
    const cache = this.#cache;
    this.#lists = new Refreshing(
      async signal => {
        const [filterable, selectable] = await Promise.all([
          this.#liveOrDocumented('filterable', signal),
          this.#liveOrDocumented('selectable', signal),
        ]);
        this.#unknownHidden = unknownOf(hiddenFields, [...filterable.fields, ...selectable.fields]);
        return fieldLists(filterable, selectable, filterable.isLive && selectable.isLive, isVisible);
      },
      { ...cache, isLasting: lists => lists.live, onLoad: () => this.#listeners.forEach(listener => void listener()) },
    );
    this.#types = new Refreshing(signal => api.dictionary('client_type', signal), cache);
  }

  /** The best lists known now, without asking: the live ones, or the documented ones before the first load. */
  get latestLists(): FieldLists {
    return this.#lists.latest ?? this.#beforeLoad;
  }

  /**
   * The live lists, at most ten minutes old. A list that this system doesn't have is replaced by the documented one;
   * where the system can't be asked now, an older list serves.
   */
  lists(signal: AbortSignal): Promise<FieldLists> {
    return this.#lists.get(signal);
  }

  /** Names that were to be hidden and that the system, as last loaded, doesn't have: each may be a slip. */
  get unknownHidden(): readonly string[] {
    return this.#unknownHidden;
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

  /**
   * A field's options; `undefined` for a field that takes none, or whose options this system doesn't tell. Where its
   * dictionary lives is learnt once and remembered.
   */
  async options(field: Field, signal: AbortSignal): Promise<readonly Option[] | undefined> {
    if (field.name === 'type') return orNone(await this.types(signal));
    if (field.kind !== 'choice' && field.kind !== 'unknown') return undefined;
    let dictionary = this.#dictionaries.get(field.name);
    if (!dictionary) {
      const paths = dictionaryPaths(field);
      const known: Refreshing<Dictionary> = new Refreshing(
        bound => this.#findDictionary(known.latest?.path ? [known.latest.path] : paths, bound),
        this.#cache,
      );
      dictionary = known;
      this.#dictionaries.set(field.name, dictionary);
    }
    return (await dictionary.get(signal)).options;
  }

  /** The same, as far as it is known without asking. */
  knownOptions(field: Field): readonly Option[] | undefined {
    return this.#dictionaries.get(field.name)?.latest?.options;
  }

  /** The client types for showing names; empty where this system doesn't tell them now. */
  async typesToShow(signal: AbortSignal): Promise<readonly Option[]> {
    try {
      return await this.types(signal);
    } catch (error) {
      if (isCharitylogError(error) && error.kind !== 'auth' && error.kind !== 'config') return [];
      throw error;
    }
  }

  /** A list that this system doesn't have, or that can't be read, is replaced by the documented one for a short time. */
  async #liveOrDocumented(list: 'filterable' | 'selectable', signal: AbortSignal) {
    try {
      return { fields: await this.#api.fields(list, signal), isLive: true };
    } catch (error) {
      if (this.#lists.latest?.live || !isAbsent(error)) throw error;
      return { fields: documented[list], isLive: false };
    }
  }

  async #findDictionary(paths: readonly string[], signal: AbortSignal): Promise<Dictionary> {
    for (const path of paths) {
      try {
        const options = orNone(await this.#api.dictionary(path, signal));
        if (options) return { path, options };
      } catch (error) {
        if (!isCharitylogError(error, 'not_found', 'forbidden', 'invalid')) throw error;
      }
    }
    return {};
  }
}

/** Where a field's options are, and what they are; no options where the system has no dictionary for it. */
interface Dictionary {
  readonly path?: string;
  readonly options?: readonly Option[];
}

/**
 * The places where a field's dictionary may be (manual: API Dictionaries): client fields under the table's name,
 * extension fields under theirs.
 */
function dictionaryPaths({ name }: Field): readonly string[] {
  const [client, extension] = [`organisations/${name}`, `extension_database/${name}`];
  return knownField(name) ? [client, name, extension] : [extension, client];
}

const documented: { filterable: readonly LiveField[]; selectable: readonly LiveField[] } = {
  filterable: Object.entries<KnownField>(knownFields).flatMap(([name, { filter }]) => (filter ? [{ name }] : [])),
  selectable: Object.keys(knownFields).map(name => ({ name })),
};

function fieldLists(
  filterable: { readonly fields: readonly LiveField[] },
  selectable: { readonly fields: readonly LiveField[] },
  live: boolean,
  isVisible: (field: Field) => boolean,
): FieldLists {
  const shown = inOrder(selectable.fields).filter(isVisible);
  return Object.freeze({
    live,
    filterable: inOrder(filterable.fields).filter(isVisible),
    selectable: shown,
    writable: shown.filter(field => !computedFields.has(field.name)),
  });
}

/** A dictionary without options is as good as none. */
function orNone(options: readonly Option[]): readonly Option[] | undefined {
  return options.length > 0 ? options : undefined;
}

function unknownOf(hiddenFields: readonly string[], fields: readonly LiveField[]): readonly string[] {
  const known = new Set([...fields.map(field => plain(field.name)), 'sensitive']);
  return hiddenFields.filter(name => !known.has(plain(name)));
}

function visibility(hiddenFields: readonly string[]): (field: Field) => boolean {
  if (hiddenFields.length === 0) return () => true;
  const hidden = new Set(hiddenFields.map(plain));
  return ({ name, special }) => !hidden.has(plain(name)) && !(special && hidden.has('sensitive'));
}

const ranks: ReadonlyMap<string, number> = new Map(Object.keys(knownFields).map((name, rank) => [name, rank]));

function inOrder(fields: readonly LiveField[]): Field[] {
  const rank = (name: string) => ranks.get(name) ?? ranks.size;
  return fields.map(toField).sort((a, b) => rank(a.name) - rank(b.name));
}

function toField({ name, label, kind }: LiveField): Field {
  const known = knownField(name);
  const isAsKnown = known !== undefined && (label === undefined || label === known.label);
  return {
    name,
    label: label ?? known?.label ?? name.replaceAll('_', ' '),
    kind: known?.kind ?? kind ?? kindByName(name),
    special: known?.special ?? (!isAsKnown && isSpecialByName(`${name} ${label ?? ''}`)),
  };
}

function isPassing(error: unknown): boolean {
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  return (
    isLate || isCharitylogError(error, 'unavailable', 'timeout', 'rate_limited', 'unreadable', 'not_found', 'invalid')
  );
}

/** True where the system can be asked, and doesn't have or doesn't give what was asked for. */
function isAbsent(error: unknown): boolean {
  return isCharitylogError(error, 'not_found', 'forbidden', 'invalid', 'unreadable');
}
