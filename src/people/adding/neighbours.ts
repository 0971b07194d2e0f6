import { isCharitylogError } from '../../base/errors.ts';
import type { Collector, Person } from '../../charitylog/api.ts';
import type { Call } from '../call.ts';

/** So many ids before that of a new record, and behind it, may be of people whom others added at the same moment. */
const reach = 10;

/**
 * Reads a record together with its neighbours by id, in one request. Where a system doesn't give several records by their
 * ids, it reads the record alone.
 */
export async function readAmongNeighbours(
  id: number,
  fields: readonly string[],
  { api, waiting: { signal } }: Pick<Call, 'api' | 'waiting'>,
): Promise<{ person: Person | undefined; neighbours: readonly Person[] }> {
  const ids = idsAround(id);
  const people = new Wanted(ids);
  try {
    // A system that takes one value of a filter alone takes the first.
    await api.eachPerson({ filters: new Map([['id', ids.map(String)]]), fields }, people, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (error !== people.stranger && !isCharitylogError(error)) throw error;
    people.restart();
  }
  const person = people.found.get(id) ?? (await api.person(id, fields, [], signal));
  return { person, neighbours: [...people.found.values()].filter(one => one.id !== id) };
}

/** The id, then those around it. */
function idsAround(id: number): readonly number[] {
  const distances = Array.from({ length: reach }, (_, n) => n + 1);
  return [id, ...distances.flatMap(distance => [id - distance, id + distance])].filter(one => one > 0);
}

/** Takes the people with these ids. Where another one comes, the system doesn't apply the filter: the reading ends. */
class Wanted implements Collector {
  readonly found = new Map<number, Person>();
  readonly stranger = new Error('somebody else came');
  readonly #ids: ReadonlySet<number>;

  constructor(ids: readonly number[]) {
    this.#ids = new Set(ids);
  }

  restart(): void {
    this.found.clear();
  }

  add(person: Person): void {
    if (!this.#ids.has(person.id)) throw this.stranger;
    this.found.set(person.id, person);
  }
}
