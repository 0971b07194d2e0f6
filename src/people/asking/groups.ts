import type { Field } from '../../catalogue/catalogue.ts';
import type { Count, Option, Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { Collector } from './read-people.ts';
import { hasValue, namesOf } from './show-person.ts';

const maxGroups = 100;
const maxInnerGroups = 20;
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
  readonly #fields: readonly string[];
  /** The labels of values seen, for each field: most people share theirs with many others. */
  readonly #labels: readonly Map<unknown, readonly string[]>[];
  /** People by outer value, and by outer and inner value: one with several types counts once in each outer group. */
  readonly #outer = new Map<string, number>();
  readonly #inner = new Map<string, Map<string, number>>();
  total = 0;

  constructor(by: readonly GroupField[]) {
    this.#by = by;
    this.#fields = by.map(({ field }) => field.name);
    this.#labels = by.map(() => new Map());
  }

  offer(person: Person): void {
    this.total++;
    // Called for each of very many people: no list is made of what there is one or two of.
    const [first, second] = this.#fields;
    if (first === undefined) return;
    const inner = second === undefined ? [] : this.#labelsOf(1, person[second]);
    for (const value of this.#labelsOf(0, person[first])) {
      this.#add(value, 1);
      for (const innerValue of inner) this.#addInner(value, innerValue, 1);
    }
  }

  /** Takes in the rows of a report instead of people. */
  addReport(rows: readonly Count[]): void {
    for (const { values, count } of rows) {
      const [outer = noValue, inner] = values.map((value, n) => this.#labelsOf(n, value).join('; '));
      this.total += count;
      this.#add(outer, count);
      if (inner !== undefined) this.#addInner(outer, inner, count);
    }
  }

  /** True where both have the same groups with the same numbers; groups with nobody don't count. */
  equals(other: GroupCounter): boolean {
    return JSON.stringify(this.#nested()) === JSON.stringify(other.#nested());
  }

  /** True where some people have no value. */
  get hasBlanks(): boolean {
    return [this.#outer, ...this.#inner.values()].some(counts => (counts.get(noValue) ?? 0) > 0);
  }

  /** The groups, largest first, and what the caller should know of those that aren't there. */
  present(): { groups: readonly Group[]; notes: string[] } {
    const groups = this.#nested();
    const shown = groups.slice(0, maxGroups).map(({ groups: inner, ...group }) => ({
      ...group,
      ...(inner && { groups: inner.slice(0, maxInnerGroups) }),
    }));
    const isCut = groups.some(({ groups: inner = [] }) => inner.length > maxInnerGroups);
    return {
      groups: shown,
      notes: [
        ...this.#emptyNotes(groups),
        ...cutNotes(groups.slice(maxGroups)),
        ...(isCut ? [`Of each group the ${maxInnerGroups} largest within it are shown.`] : []),
      ],
    };
  }

  /** The labels of one person's value of the nth field. */
  #labelsOf(n: number, value: unknown): readonly string[] {
    const known = this.#labels[n]?.get(value);
    if (known) return known;
    const labels = labelsOf(this.#by[n] as GroupField, value);
    if (typeof value !== 'object') this.#labels[n]?.set(value, labels);
    return labels;
  }

  #add(value: string, count: number): void {
    this.#outer.set(value, (this.#outer.get(value) ?? 0) + count);
  }

  #addInner(outer: string, inner: string, count: number): void {
    const counts = this.#inner.get(outer) ?? new Map<string, number>();
    counts.set(inner, (counts.get(inner) ?? 0) + count);
    this.#inner.set(outer, counts);
  }

  #nested(): Group[] {
    return groupsOf(this.#outer).map(group => {
      const inner = this.#inner.get(group.value);
      return inner ? { ...group, groups: groupsOf(inner) } : group;
    });
  }

  #emptyNotes(groups: readonly Group[]): string[] {
    const [first] = this.#by;
    if (!first?.options) return [];
    const present = new Set(groups.map(group => group.value));
    const empty = first.options.filter(option => !present.has(option.name)).length;
    return empty > 0 ? [`${empty} further ${first.field.name} options have nobody.`] : [];
  }
}

function groupsOf(counts: ReadonlyMap<string, number>): Group[] {
  return [...counts].flatMap(([value, count]) => (count > 0 ? [{ value, count }] : [])).sort(bySize);
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
