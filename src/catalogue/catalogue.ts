import { bounds } from '../base/bounds.ts';
import type { Share } from '../base/budget.ts';
import type { Waiting } from '../base/deadlines.ts';
import { isCharitylogError } from '../base/errors.ts';
import { type Observer, unobserved } from '../base/observer.ts';
import { forEachInTurns } from '../base/turns.ts';
import { visibleLine } from '../base/visible-text.ts';
import type { Option, PeopleApi } from '../charitylog/api.ts';
import { Cached, type CacheOptions } from './cached.ts';
import {
  allFields,
  documentedFields,
  type Field,
  type FieldLimits,
  type FieldLists,
  fieldLists,
  misspeltHiddenFields,
  typeField,
} from './field.ts';
import { knownField } from './known-fields.ts';
import { type NestedKeys, nestedKeys } from './nested-keys.ts';
import { prepareOptions } from './prepared-options.ts';

/** How a {@link Catalogue} is made. */
export interface CatalogueOptions {
  /** Fields that are to be as if the system didn't have them; `sensitive` for all special-category ones. */
  readonly hiddenFields?: readonly string[];
  /** Fields whose values are shown in part. */
  readonly maskedFields?: readonly string[];
  /** What the lists are kept in. */
  readonly share?: Share;
  /** The clock, in milliseconds; it never goes back. */
  readonly now?: () => number;
  readonly observer?: Pick<Observer, 'cacheLookUp'>;
}

/** An option takes some 250 bytes, and what it is looked up by a thousand. */
const preparedTimes = 5;

/** What one identity's Charitylog system can filter, show and write: its live lists, cached and coalesced. */
export class Catalogue {
  readonly #api: PeopleApi;
  readonly #limits: FieldLimits;
  readonly #cache: CacheOptions<unknown>;
  readonly #fields: Cached<FieldLists>;
  readonly #beforeLoad: FieldLists;
  readonly #types: Cached<readonly Option[]>;
  readonly #dictionaries = new Map<string, Cached<Dictionary>>();
  readonly #listeners = new Set<() => void>();
  #misspeltHiddenFields: readonly string[] = [];
  #nestedKeys: NestedKeys | undefined;
  #allFields = documentedFields;

  /** @param api the system to ask */
  constructor(
    api: PeopleApi,
    { hiddenFields = [], maskedFields = [], observer = unobserved, ...cache }: CatalogueOptions = {},
  ) {
    const limits = { hiddenFields, maskedFields };
    this.#api = api;
    this.#beforeLoad = fieldLists(documentedFields, false, limits);
    this.#limits = limits;
    this.#cache = { mayServeStale: isTransient, onLookUp: isHit => observer.cacheLookUp('lists', isHit), ...cache };
    this.#fields = new Cached(
      async signal => {
        const [filterable, selectable] = await Promise.all([
          this.#liveOrDocumented('filterable', signal),
          this.#liveOrDocumented('selectable', signal),
        ]);
        const live = { filterable: filterable.fields, selectable: selectable.fields };
        this.#allFields = live;
        this.#nestedKeys = undefined;
        this.#misspeltHiddenFields = misspeltHiddenFields(
          [...hiddenFields, ...maskedFields],
          [...live.filterable, ...live.selectable],
        );
        return fieldLists(live, filterable.isLive && selectable.isLive, limits);
      },
      {
        ...this.#cache,
        isKept: fields => fields.isLive,
        onLoad: () => this.#listeners.forEach(listener => void listener()),
      },
    );
    this.#types = new Cached(signal => this.#dictionary('client_type', signal), {
      ...this.#cache,
      timesHeavier: preparedTimes,
    });
  }

  /** The best lists known now, without asking: the live ones, or the documented ones before the first load. */
  get latestFields(): FieldLists {
    return this.#fields.latest ?? this.#beforeLoad;
  }

  /**
   * The live lists, at most ten minutes old. A list that this system doesn't have is replaced by the documented one;
   * where the system can't be asked now, an older list serves.
   */
  fields(waiting: Waiting): Promise<FieldLists> {
    return this.#fields.get(waiting);
  }

  /** Names to hide or to mask that the system, as last loaded, doesn't have: each may be misspelt. */
  get misspeltHiddenFields(): readonly string[] {
    return this.#misspeltHiddenFields;
  }

  /** What the keys inside of values are, as far as the fields last loaded tell: a part that would be masked is left out. */
  get nestedKeys(): NestedKeys {
    this.#nestedKeys ??= nestedKeys(Object.values(this.#limits).flat(), allFields(documentedFields, this.#allFields));
    return this.#nestedKeys;
  }

  /** Calls `listener` after each load of the field lists; the returned function ends that. */
  onFields(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The client types of this charity (`dictionary/client_type`); their ids differ from charity to charity. */
  types(waiting: Waiting): Promise<readonly Option[]> {
    return this.#types.get(waiting);
  }

  /**
   * A field's options; `undefined` for a field that takes none, or whose options this system doesn't tell. Where its
   * dictionary lives is learnt once and remembered.
   */
  async options(field: Field, waiting: Waiting): Promise<readonly Option[] | undefined> {
    if (field.name === typeField.name) return undefinedIfEmpty(await this.types(waiting));
    if (field.kind !== 'choice' && field.kind !== 'unknown') return undefined;
    let dictionary = this.#dictionaries.get(field.name);
    if (!dictionary) {
      const paths = dictionaryPaths(field);
      const known: Cached<Dictionary> = new Cached(
        bound => this.#findDictionary(known.latest?.path ? [known.latest.path] : paths, bound),
        { ...this.#cache, timesHeavier: preparedTimes },
      );
      dictionary = known;
      this.#dictionaries.set(field.name, dictionary);
    }
    return (await dictionary.get(waiting)).options;
  }

  /** The same, as far as it is known without asking. */
  knownOptions(field: Field): readonly Option[] | undefined {
    if (field.name === typeField.name) return undefinedIfEmpty(this.#types.latest ?? []);
    return this.#dictionaries.get(field.name)?.latest?.options;
  }

  /** The client types for showing names; empty where this system doesn't tell them now. */
  async typesToShow(waiting: Waiting): Promise<readonly Option[]> {
    return (await this.optionsToShow(typeField, waiting)) ?? [];
  }

  /** A field's options for showing names; `undefined` also where this system doesn't tell them now. */
  async optionsToShow(field: Field, waiting: Waiting): Promise<readonly Option[] | undefined> {
    try {
      return await this.options(field, waiting);
    } catch (error) {
      if (isCharitylogError(error) && error.kind !== 'auth' && error.kind !== 'config') return undefined;
      throw error;
    }
  }

  /** A list that this system doesn't have, or that can't be read, is replaced by the documented one for a short time. */
  async #liveOrDocumented(list: 'filterable' | 'selectable', signal: AbortSignal) {
    try {
      return { fields: await this.#api.fields(list, signal), isLive: true };
    } catch (error) {
      if (this.#fields.latest?.isLive || !isMissingHere(error)) throw error;
      return { fields: documentedFields[list], isLive: false };
    }
  }

  /** A dictionary whose names are one line each, without what nobody sees: texts of ours are made of them. */
  async #dictionary(path: string, signal: AbortSignal): Promise<readonly Option[]> {
    const options: Option[] = [];
    await forEachInTurns(await this.#api.dictionary(path, signal), ({ id, name }) => {
      options.push({ id, name: visibleLine(name.slice(0, bounds.compared)) || id });
    });
    await prepareOptions(options);
    return options;
  }

  async #findDictionary(paths: readonly string[], signal: AbortSignal): Promise<Dictionary> {
    for (const path of paths) {
      try {
        const options = undefinedIfEmpty(await this.#dictionary(path, signal));
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

/** A dictionary without options is as good as none. */
function undefinedIfEmpty(options: readonly Option[]): readonly Option[] | undefined {
  return options.length > 0 ? options : undefined;
}

function isTransient(error: unknown): boolean {
  const isLate = error instanceof DOMException && error.name === 'TimeoutError';
  return (
    isLate || isCharitylogError(error, 'unavailable', 'timeout', 'rate_limited', 'unreadable', 'not_found', 'invalid')
  );
}

/** True where the system can be asked, and doesn't have or doesn't give what was asked for. */
function isMissingHere(error: unknown): boolean {
  return isCharitylogError(error, 'not_found', 'forbidden', 'invalid', 'unreadable');
}
