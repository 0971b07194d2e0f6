import type { Field } from '../catalogue/catalogue.ts';
import { decodeYesNo } from '../charitylog/decode.ts';
import type { Count, Option, Person } from '../charitylog/people-api.ts';
import { hasValue, namesOf } from './person-view.ts';
import type { Collector } from './question.ts';

const maxGroups = 100;
const noValue = '(not recorded)';

/** A group of people with the same value, and the groups within it. */
export interface Group {
  readonly value: string;
  readonly count: number;
  readonly groups?: readonly Group[];
}

/** A field to group by, with its options where it has any. */
export interface GroupField {
  readonly field: Field;
  readonly options: readonly Option[] | undefined;
}

/** Counts people by their values of one or two fields. */
export class GroupCounter implements Collector {
  readonly #by: readonly GroupField[];
  /** The labels of values seen, for each field: most people share theirs with many others. */
  readonly #labels: readonly Map<unknown, readonly string[]>[];
  readonly #counts = new Map<string, { values: readonly string[]; count: number }>();
  total = 0;

  constructor(by: readonly GroupField[]) {
    this.#by = by;
    this.#labels = by.map(() => new Map());
  }

  offer(person: Person): void {
    this.total++;
    const [outer, inner] = this.#by.map((by, n) => this.#labelsOf(n, person[by.field.name]));
    for (const value of outer ?? []) {
      if (inner) for (const innerValue of inner) this.#add([value, innerValue], 1);
      else this.#add([value], 1);
    }
  }

  /** Takes in the rows of a report instead of people. */
  addReport(rows: readonly Count[]): void {
    for (const { values, count } of rows) {
      this.total += count;
      this.#add(
        values.map((value, n) => this.#labelsOf(n, value).join('; ')),
        count,
      );
    }
  }

  /** True where both have the same groups with the same numbers; groups with nobody don't count. */
  equals(other: GroupCounter): boolean {
    const ours = this.#nonEmpty();
    const theirs = other.#nonEmpty();
    return ours.size === theirs.size && [...ours].every(([key, count]) => theirs.get(key) === count);
  }

  /** True where some people have no value. */
  get hasBlanks(): boolean {
    return [...this.#counts.values()].some(({ values, count }) => count > 0 && values.includes(noValue));
  }

  /** The groups, largest first, and what the caller should know of those that aren't there. */
  present(): { groups: readonly Group[]; notes: string[] } {
    const groups = this.#nested();
    const shown = groups.slice(0, maxGroups);
    return { groups: shown, notes: [...this.#emptyNotes(groups), ...cutNotes(groups.slice(maxGroups))] };
  }

  /** The labels of one person's value of the nth field. */
  #labelsOf(n: number, value: unknown): readonly string[] {
    const known = this.#labels[n]?.get(value);
    if (known) return known;
    const labels = labelsOf(this.#by[n] as GroupField, value);
    if (typeof value !== 'object') this.#labels[n]?.set(value, labels);
    return labels;
  }

  #add(values: readonly string[], count: number): void {
    const key = values.join('\n');
    const known = this.#counts.get(key);
    if (known) known.count += count;
    else this.#counts.set(key, { values, count });
  }

  #nonEmpty(): Map<string, number> {
    return new Map([...this.#counts].flatMap(([key, { count }]) => (count > 0 ? [[key, count] as const] : [])));
  }

  #nested(): Group[] {
    const outer = new Map<string, { count: number; inner: Group[] }>();
    for (const { values, count } of this.#counts.values()) {
      const [value = noValue, innerValue] = values;
      if (count === 0) continue;
      const group = outer.get(value) ?? { count: 0, inner: [] };
      group.count += count;
      if (innerValue !== undefined) group.inner.push({ value: innerValue, count });
      outer.set(value, group);
    }
    const groups = [...outer].map(([value, { count, inner }]) =>
      inner.length > 0 ? { value, count, groups: inner.sort(bySize) } : { value, count },
    );
    return groups.sort(bySize);
  }

  #emptyNotes(groups: readonly Group[]): string[] {
    const [first] = this.#by;
    if (!first?.options) return [];
    const present = new Set(groups.map(group => group.value));
    const empty = first.options.filter(option => !present.has(option.name)).length;
    return empty > 0 ? [`${empty} further ${first.field.name} options have nobody.`] : [];
  }
}

function cutNotes(left: readonly Group[]): string[] {
  if (left.length === 0) return [];
  const people = left.reduce((sum, group) => sum + group.count, 0);
  return [`${left.length} smaller groups with ${people} people in all are not shown.`];
}

function labelsOf({ field, options }: GroupField, value: unknown): readonly string[] {
  if (!hasValue(value)) return [noValue];
  if (options) return namesOf(value, options);
  const isYesNo = field.kind === 'yes_no' || (field.kind === 'unknown' && /^[YN]$/.test(String(value)));
  const answer = isYesNo ? decodeYesNo(value) : undefined;
  return [answer === undefined ? String(value) : answer ? 'Yes' : 'No'];
}

function bySize(a: Group, b: Group): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
