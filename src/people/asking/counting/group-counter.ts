import { bounds } from '../../../base/bounds.ts';
import { invalid } from '../../../base/errors.ts';
import { withCommas } from '../../../base/numbers.ts';
import type { Option, Person } from '../../../charitylog/api.ts';
import type { Grouping } from './grouping.ts';
import type { Labels } from './labels.ts';

/** People are counted by these values. */
export interface CountedBy extends Grouping {
  readonly labels: Labels;
  readonly options: readonly Option[] | undefined;
}

/** People with the same value, and those of each value of the next field among them. */
export interface Group {
  readonly value: string;
  readonly count: number;
  readonly groups: readonly Group[];
}

interface Node {
  count: number;
  inner: Map<string, Node> | undefined;
}

/** Counts people by their values of some fields; one with several types counts once in each of their groups. */
export class GroupCounter {
  readonly #by: readonly CountedBy[];
  #top: Node = { count: 0, inner: undefined };
  #kept = 0;

  constructor(by: readonly CountedBy[]) {
    this.#by = by;
  }

  restart(): void {
    this.#top = { count: 0, inner: undefined };
    this.#kept = 0;
  }

  /** @throws CharitylogError `invalid` where there are more groups than anybody could read */
  add(person: Person): void {
    this.#addTo(this.#top, person, 0);
  }

  get groups(): readonly Group[] {
    return groupsIn(this.#top);
  }

  /** Adds a person to the groups of the nth field, and within them to those of the fields after it. */
  #addTo(node: Node, person: Person, n: number): void {
    node.count++;
    const by = this.#by[n];
    if (!by) return;
    node.inner ??= new Map();
    for (const label of by.labels.of(person[by.field.name])) {
      let inner = node.inner.get(label);
      if (!inner) {
        if (++this.#kept > bounds.groups) throw this.#tooMany();
        inner = { count: 0, inner: undefined };
        node.inner.set(label, inner);
      }
      this.#addTo(inner, person, n + 1);
    }
  }

  #tooMany() {
    const names = this.#by.map(({ name }) => name).join(', ');
    return invalid(
      `by: ${names} gives more than ${withCommas(bounds.groups)} groups. Give fewer fields, or wider groups (created:year, age:10, postcode:area).`,
    );
  }
}

function groupsIn({ inner }: Node): readonly Group[] {
  return [...(inner ?? [])].map(([value, node]) => ({ value, count: node.count, groups: groupsIn(node) }));
}
