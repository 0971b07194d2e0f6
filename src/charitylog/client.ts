import type { Config } from '../config.ts';
import { CharitylogError, isCharitylogError } from '../errors.ts';
import type { ConnectionSettings } from './connections.ts';
import { decodeCounts, decodeCreatedId, decodeDictionary, decodeFieldList, decodePeople } from './decode.ts';
import { type Body, Http } from './http.ts';
import { type ApiPath, apiPath, maxPairs, type Segment } from './path.ts';
import type { Count, LiveField, Option, PeopleApi, PeopleQuery, Person } from './people-api.ts';

/** The settings that the REST client needs. */
export type ClientSettings = ConnectionSettings & Pick<Config, 'createMethod' | 'createEncoding'>;

/** {@link PeopleApi} over the Charitylog REST API v2. */
export class CharitylogClient implements PeopleApi {
  readonly #http: Http;
  readonly #settings: ClientSettings;

  constructor(settings: ClientSettings) {
    this.#settings = settings;
    this.#http = new Http(settings);
  }

  async eachPerson(query: PeopleQuery, begin: () => (person: Person) => void, signal: AbortSignal): Promise<void> {
    await orNobody(this.#http.people(peoplePath(query), signal, begin));
  }

  async counts(
    filters: PeopleQuery['filters'],
    by: readonly string[],
    resolve: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly Count[]> {
    const [dimension = '', metric] = by;
    const report: Segment[][] = [['dimension', dimension], ...(metric === undefined ? [] : [['metric', metric]])];
    const path = pairsPath([...pairsOf(filters), ...report], resolve);
    return decodeCounts(await orNobody(this.#http.get(path, signal)), by.length);
  }

  async person(
    id: number,
    fields: readonly string[],
    resolve: readonly string[],
    signal: AbortSignal,
  ): Promise<Person | undefined> {
    const path = peoplePath({ filters: new Map([['id', [String(id)]]]), fields, resolve });
    return decodePeople(await orNobody(this.#http.get(path, signal))).find(person => person.id === id);
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
    return decodeFieldList(await this.#http.get(apiPath(['clients', `${list}_fields`]), signal));
  }

  async dictionary(name: string, signal: AbortSignal): Promise<readonly Option[]> {
    return decodeDictionary(await this.#http.get(apiPath(['dictionary', ...name.split('/')]), signal));
  }

  async checkKeys(signal: AbortSignal): Promise<void> {
    await this.#http.get(apiPath(['business', 'configuration']), signal);
  }

  /** Resolves when every write under way has ended, or after `timeoutMs`. */
  settleWrites(timeoutMs: number): Promise<void> {
    return this.#http.settleWrites(timeoutMs);
  }

  /** Ends all connections. */
  close(): Promise<void> {
    return this.#http.close();
  }
}

/** A filter that matches nobody may be answered with 404: the manual doesn't say. */
async function orNobody<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isCharitylogError(error, 'not_found')) return undefined;
    throw error;
  }
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
