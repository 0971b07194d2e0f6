import { CharitylogError, isCharitylogError } from '../base/errors.ts';
import { type Observer, unobserved } from '../base/observer.ts';
import type { Config } from '../settings/config.ts';
import type { Collector, LiveField, Option, PeopleApi, PeopleQuery, Person } from './api.ts';
import { decodeCreatedId, decodeDictionary, decodeFieldList, decodePeople } from './decode.ts';
import type { ConnectionSettings } from './http/connections.ts';
import { type Body, Http } from './http/requests.ts';
import { type ApiPath, apiPath, maxPairs, type Segment } from './path.ts';

/** The settings that the REST client needs. */
export type ClientSettings = ConnectionSettings & Pick<Config, 'createMethod' | 'createEncoding'>;

/** {@link PeopleApi} over the Charitylog REST API v2. */
export class CharitylogClient implements PeopleApi {
  readonly #http: Http;
  readonly #settings: ClientSettings;
  /** True once the API has answered as the Charitylog API does. */
  #isRightAddress = false;

  constructor(settings: ClientSettings, observer: Pick<Observer, 'apiRequest'> = unobserved) {
    this.#settings = settings;
    this.#http = new Http(settings, observer);
  }

  async eachPerson(query: PeopleQuery, collector: Collector, signal: AbortSignal): Promise<void> {
    const asked: Collector = {
      restart: () => collector.restart(),
      add: person => collector.add(askedFor(person, query.fields)),
    };
    await this.#undefinedIfNotFound(this.#http.people(peoplePath(query), asked, signal));
  }

  async person(
    id: number,
    fields: readonly string[],
    resolve: readonly string[],
    signal: AbortSignal,
  ): Promise<Person | undefined> {
    const path = peoplePath({ filters: new Map([['id', [String(id)]]]), fields, resolve });
    const found = decodePeople(await this.#undefinedIfNotFound(this.#http.get(path, signal))).find(
      person => person.id === id,
    );
    return found && askedFor(found, fields);
  }

  /**
   * A filter that matches nobody may be answered with 404: the manual doesn't say. At an address that never answered as
   * the Charitylog API does, everything is 404, and "nobody" would be a wrong answer.
   */
  async #undefinedIfNotFound<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      const found = await answer;
      this.#isRightAddress = true;
      return found;
    } catch (error) {
      if (!isCharitylogError(error, 'not_found')) throw error;
      if (this.#isRightAddress) return undefined;
      throw new CharitylogError(
        'not_found',
        'Nothing of the Charitylog API is found at its address. The administrator should check CHARITYLOG_BASE_URL and run ' +
          '`charitylog-mcp check`.',
        { logText: 'no API at this address', cause: error },
      );
    }
  }

  async createPerson(values: ReadonlyMap<string, string>): Promise<number> {
    const { createMethod, createEncoding } = this.#settings;
    const body = encodeBody([...values], createEncoding, Object.fromEntries(values));
    const id = decodeCreatedId(await this.#http.write(createMethod, apiPath(['clients']), body));
    if (id !== undefined) return id;
    throw new CharitylogError('unknown_outcome', 'Charitylog accepted the new record, but its answer holds no id.', {
      logText: 'unknown outcome: no id',
    });
  }

  async stagePerson(values: ReadonlyMap<string, string>): Promise<void> {
    const row = Object.fromEntries(values);
    // An array of one row, in the notation in which PHP reads arrays from forms.
    const entries = [...values].map(([name, value]): [string, string] => [`0[${name}]`, value]);
    const body = encodeBody(entries, this.#settings.createEncoding, [row]);
    await this.#http.write('PUT', apiPath(['external_referral']), body);
  }

  async fields(list: 'filterable' | 'selectable', signal: AbortSignal): Promise<readonly LiveField[]> {
    const fields = decodeFieldList(await this.#http.get(apiPath(['clients', `${list}_fields`]), signal));
    this.#isRightAddress = true;
    return fields;
  }

  async dictionary(name: string, signal: AbortSignal): Promise<readonly Option[]> {
    const options = decodeDictionary(await this.#http.get(apiPath(['dictionary', ...name.split('/')]), signal));
    this.#isRightAddress = true;
    return options;
  }

  async checkKeys(signal: AbortSignal): Promise<void> {
    await this.#http.get(apiPath(['business', 'configuration']), signal);
  }

  /** Waits until every write under way has ended, at most `timeoutMs`; returns how many haven't. */
  settleWrites(timeoutMs: number): Promise<number> {
    return this.#http.settleWrites(timeoutMs);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#http.close();
  }
}

/** A person without fields that weren't asked for, should the API give more: they may be hidden. */
function askedFor(person: Person, fields: readonly string[]): Person {
  if (fields.length === 0 || !hasMoreThan(person, fields)) return person;
  const asked = Object.entries(person).filter(([name]) => fields.includes(name));
  return { ...Object.fromEntries(asked), id: person.id };
}

/** Called for each of very many people: a loop makes no list. */
function hasMoreThan(person: Person, fields: readonly string[]): boolean {
  for (const name in person) if (name !== 'id' && !fields.includes(name)) return true;
  return false;
}

/** `/clients/KEY/VALUE.../field/...` (manual: API clients; API: Selecting Specific Fields). */
function peoplePath({ filters, fields, resolve }: PeopleQuery): ApiPath {
  return pairsPath([...pairsOf(filters), ...(fields.length > 0 ? [['field', fields]] : [])], resolve);
}

function pairsOf(filters: PeopleQuery['filters']): Segment[][] {
  return [...filters].map(([key, values]) => [key, values]);
}

function pairsPath(pairs: readonly Segment[][], resolve: readonly string[] = []): ApiPath {
  if (pairs.length > maxPairs) {
    throw new CharitylogError(
      'invalid',
      `One question to Charitylog takes at most ${maxPairs} conditions, and this one needs ${pairs.length} ` +
        `(type and the choice of fields count). Leave out ${pairs.length - maxPairs} of the filters.`,
    );
  }
  return apiPath(['clients', ...pairs.flat()], resolve);
}

function encodeBody(form: [string, string][], encoding: 'form' | 'json', json: unknown): Body {
  return encoding === 'form'
    ? { contentType: 'application/x-www-form-urlencoded', text: new URLSearchParams(form).toString() }
    : { contentType: 'application/json', text: JSON.stringify(json) };
}
