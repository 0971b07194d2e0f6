import { bounds } from '../../base/bounds.ts';
import { type CharitylogError, invalid } from '../../base/errors.ts';
import { withCommas } from '../../base/numbers.ts';
import type { Field } from '../../catalogue/field.ts';
import type { Option, Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { NestedValues } from './nested-values.ts';
import type { CountingCollector } from './people-reader.ts';
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
  /** True where the question leaves some options out. */
  readonly isAsked?: boolean;
  readonly nested: NestedValues;
}

/** The people of one value, and those of each value of the next field among them. */
interface Node {
  count: number;
  readonly inner: Map<string, Node>;
}

/** Counts people by their values of some fields; one with several types counts once in each of their groups. */
export class GroupCounter implements CountingCollector {
  readonly #by: readonly GroupField[];
  /** The labels of values seen, for each field: most people share theirs with many others. */
  readonly #labels: readonly Map<unknown, readonly string[]>[];
  readonly #groups = new Map<string, Node>();
  #total = 0;
  #nodes = 0;

  constructor(by: readonly GroupField[]) {
    this.#by = by;
    this.#labels = by.map(() => new Map());
  }

  get total(): number {
    return this.#total;
  }

  restart(): void {
    this.#groups.clear();
    this.#total = 0;
    this.#nodes = 0;
  }

  add(person: Person): void {
    this.#total++;
    this.#addTo(this.#groups, person, 0);
  }

  /** The groups, largest first, and what the caller should know of those that aren't there. */
  present(): { groups: readonly Group[]; notes: string[] } {
    const groups = groupsOf(this.#groups);
    const shown = groups.slice(0, maxGroups).map(cutInner);
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

  /** Adds a person to the groups of the nth field, and within them to those of the fields after it. */
  #addTo(groups: Map<string, Node>, person: Person, n: number): void {
    const by = this.#by[n];
    if (!by) return;
    for (const label of this.#labelsOf(n, by, person[by.field.name])) {
      let node = groups.get(label);
      if (!node) {
        if (++this.#nodes > bounds.groups) throw tooManyGroups(this.#by);
        node = { count: 0, inner: new Map() };
        groups.set(label, node);
      }
      node.count++;
      this.#addTo(node.inner, person, n + 1);
    }
  }

  /** The labels of one person's value of the nth field. */
  #labelsOf(n: number, by: GroupField, value: unknown): readonly string[] {
    const known = this.#labels[n]?.get(value);
    if (known) return known;
    const labels = labelsOf(by, value);
    if (typeof value !== 'object' && (this.#labels[n]?.size ?? 0) < bounds.groups) this.#labels[n]?.set(value, labels);
    return labels;
  }

  #emptyNotes(groups: readonly Group[]): string[] {
    const [first] = this.#by;
    if (!first?.options || first.isAsked) return [];
    const present = new Set(groups.map(group => group.value));
    const empty = first.options.filter(option => !present.has(option.name)).length;
    return empty > 0 ? [`${empty} further ${first.field.name} options have nobody.`] : [];
  }
}

function tooManyGroups(by: readonly GroupField[]): CharitylogError {
  const names = by.map(({ field }) => field.name).join(' and ');
  return invalid(
    `by: ${names} would make more than ${withCommas(bounds.groups)} groups. Group by a field with fewer values, or add filters.`,
  );
}

function groupsOf(nodes: ReadonlyMap<string, Node>): Group[] {
  return [...nodes]
    .map(([value, { count, inner }]) => ({ value, count, ...(inner.size > 0 && { groups: groupsOf(inner) }) }))
    .sort(bySize);
}

function cutInner(group: Group): Group {
  return group.groups ? { ...group, groups: group.groups.slice(0, maxInnerGroups) } : group;
}

function cutNotes(left: readonly Group[]): string[] {
  if (left.length === 0) return [];
  const people = left.reduce((sum, group) => sum + group.count, 0);
  return [`${left.length} smaller groups with ${people} people in all are not shown.`];
}

function labelsOf({ field, options, nested }: GroupField, given: unknown): readonly string[] {
  if (!hasValue(given)) return [noValue];
  if (options) return namesOf(given, options);
  const value = nested.visible(field, given);
  if (!hasValue(value)) return [noValue];
  const isYesNo = field.kind === 'yes_no' || (field.kind === 'unknown' && /^[YN]$/.test(String(value)));
  const answer = isYesNo ? decodeYesNo(value) : undefined;
  return [answer === undefined ? String(value) : answer ? 'Yes' : 'No'];
}

function bySize(a: Group, b: Group): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
