import { openShares } from '../base/budget.ts';
import { CharitylogError, isCharitylogError } from '../base/errors.ts';
import { type Observer, unobserved } from '../base/observer.ts';
import { forEachInTurns } from '../base/turns.ts';
import type { Config } from '../settings/config.ts';
import type { Collector, LiveField, Option, PeopleApi, PeopleQuery, PeopleRead, Person } from './api.ts';
import { decodeCreatedId, decodeDictionary, decodeFieldList, decodeRecord } from './decode.ts';
import type { ConnectionSettings } from './http/connections.ts';
import { pagedAnswer, statedInSuccess } from './http/failures.ts';
import { type Body, Http, type JsonAnswer } from './http/requests.ts';
import { remainderOf } from './paging.ts';
import { readParts } from './parts.ts';
import { type ApiPath, apiPath, maxPairs, type Segment } from './path.ts';
import { joinRows, RecordReader } from './record.ts';
import { surroundingsOf } from './rows.ts';
import { unreadable } from './shape.ts';
import { isAboutAnswer } from './stated-failure.ts';
import { IdSet } from './stream/id-set.ts';

/** The longest address that servers and proxies commonly take, in characters: 8 kB with the rest of its line. */
const longestAddress = 8000;

/** The settings that the REST client needs. */
export type ClientSettings = ConnectionSettings & Pick<Config, 'createMethod' | 'createEncoding'>;

/** {@link PeopleApi} over the Charitylog REST API v2. */
export class CharitylogClient implements PeopleApi {
  readonly #http: Http;
  readonly #settings: ClientSettings;
  /** True once the API has answered as the Charitylog API does. */
  #isRightAddress = false;

  /** @param share what answers take while they arrive */
  constructor(
    settings: ClientSettings,
    observer: Pick<Observer, 'apiRequest'> = unobserved,
    share = openShares().arriving,
  ) {
    this.#settings = settings;
    this.#http = new Http(settings, { observer, share });
  }

  async eachPerson(query: PeopleQuery, collector: Collector, signal: AbortSignal): Promise<PeopleRead> {
    const fields = withId(query.fields);
    const reader = new RecordReader(fields);
    const path = peoplePath({ ...query, fields });
    if (this.#settings.baseUrl.length + path.length > longestAddress) throw addressTooLong();
    let seen = new IdSet();
    let known = 0;
    await this.#undefinedIfNotFound(
      readParts(path, this.#settings.baseUrl, async part => {
        let rows = 0;
        // Several rows of one person come one after the other.
        let last: Person | undefined;
        const handOn = () => {
          if (last && seen.add(last.id)) {
            known++;
            collector.add(last);
          }
          last = undefined;
        };
        const each: Collector = {
          ready: collector.ready,
          restart() {
            rows = 0;
            last = undefined;
            // Of a later part, whoever comes again has been seen.
            if (part !== path) return;
            seen = new IdSet();
            if (known > 0) collector.restart();
            known = 0;
          },
          add(person) {
            rows++;
            if (last?.id !== person.id) handOn();
            last = last ? joinRows(last, person) : person;
          },
        };
        const { json, ...head } = await this.#http.people(part, reader, each, signal);
        handOn();
        return { surroundings: surroundingsOf(json), rows, known, ...head };
      }),
    );
    return { people: known, neverCame: known === 0 ? [] : reader.neverCame };
  }

  async person(
    id: number,
    fields: readonly string[],
    resolve: readonly string[],
    signal: AbortSignal,
  ): Promise<Person | undefined> {
    const pathOf = (part: readonly string[]) =>
      peoplePath({
        filters: new Map([['id', [String(id)]]]),
        fields: withId(part),
        resolve: resolvedOf(part, resolve),
      });
    const parts = fittingParts(fields, part => this.#settings.baseUrl.length + pathOf(part).length);
    const found = await Promise.all(parts.map(part => this.#record(pathOf(part), id, withId(part), signal)));
    const records = found.filter(record => record !== undefined);
    if (records.length === 0) return undefined;
    if (records.length < found.length) throw unreadable('the whole record', {});
    return Object.assign({}, ...records);
  }

  async #record(
    path: ApiPath,
    id: number,
    fields: readonly string[],
    signal: AbortSignal,
  ): Promise<Person | undefined> {
    const answer = await this.#undefinedIfNotFound(this.#http.get(path, signal, json => isRecordOf(json, fields)));
    if (!answer) return undefined;
    const record = decodeRecord(answer.json, id, fields);
    if (!record) checkWhole(answer, 0);
    return record;
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
      if (!isCharitylogError(error, 'not_found') || error.code === statedInSuccess) throw error;
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
    const id = await this.#http.write(createMethod, apiPath(['clients']), body, decodeCreatedId);
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
    await this.#http.write('PUT', apiPath(['external_referral']), body, () => undefined);
  }

  fields(list: 'filterable' | 'selectable', signal: AbortSignal): Promise<readonly LiveField[]> {
    const nameOf = (field: LiveField) => field.name;
    return this.#list(apiPath(['clients', `${list}_fields`]), decodeFieldList, nameOf, signal);
  }

  dictionary(name: string, signal: AbortSignal): Promise<readonly Option[]> {
    const idOf = (option: Option) => option.id;
    return this.#list(apiPath(['dictionary', ...name.split('/')]), decodeDictionary, idOf, signal);
  }

  async #list<T>(
    path: ApiPath,
    decode: (json: unknown) => Promise<T[]>,
    keyOf: (item: T) => string,
    signal: AbortSignal,
  ): Promise<T[]> {
    const items = new Map<string, T>();
    await readParts(path, this.#settings.baseUrl, async part => {
      const { json, ...head } = await this.#http.get(part, signal);
      const rows = await decode(json);
      await forEachInTurns(rows, row => void items.set(keyOf(row), row));
      return { surroundings: surroundingsOf(json), rows: rows.length, known: items.size, ...head };
    });
    this.#isRightAddress = true;
    return [...items.values()];
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

/** A record's id is always asked for: without it, nobody can tell whose it is. */
function withId(fields: readonly string[]): readonly string[] {
  return fields.length === 0 || fields.includes('id') ? fields : ['id', ...fields];
}

/** The fields in as many parts as it takes for each address to fit. */
function fittingParts(fields: readonly string[], lengthOf: (part: readonly string[]) => number): (readonly string[])[] {
  if (fields.length < 2 || lengthOf(fields) <= longestAddress) return [fields];
  const half = Math.ceil(fields.length / 2);
  return [fields.slice(0, half), fields.slice(half)].flatMap(part => fittingParts(part, lengthOf));
}

function resolvedOf(part: readonly string[], resolve: readonly string[]): readonly string[] {
  return resolve.filter(field => field === 'ALL' || part.includes(field));
}

/** True for an object with a field that was asked for and that no answer tells of itself. */
function isRecordOf(json: Record<string, unknown>, fields: readonly string[]): boolean {
  return new RecordReader(fields.filter(field => !isAboutAnswer(field))).holdsFields(json);
}

function checkWhole({ json, ...head }: JsonAnswer, rows: number): void {
  const { signs } = remainderOf({ ...head, surroundings: surroundingsOf(json), rows }, { known: rows, number: 1 });
  if (signs.length > 0) throw pagedAnswer(signs);
}

/** `/clients/KEY/VALUE.../field/...` (manual: API clients; API: Selecting Specific Fields). */
function peoplePath({ filters, fields, resolve }: PeopleQuery): ApiPath {
  return pairsPath([...pairsOf(filters), ...(fields.length > 0 ? [['field', fields]] : [])], resolve);
}

function addressTooLong(): CharitylogError {
  return new CharitylogError(
    'invalid',
    'This question is longer than an address of the Charitylog API may be. Give fewer values or fields, and ask in parts.',
    { logText: 'address too long' },
  );
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
