import type { Person } from '../../../charitylog/api.ts';
import { decodeYesNo } from '../../../charitylog/values.ts';
import type { CountingCollector } from '../people-reader.ts';
import type { GroupCounter } from './group-counter.ts';
import type { NumberCounter } from './summary.ts';

/** The numbers of a summary, and the field that they are read from. */
export interface Summarised {
  readonly field: string;
  readonly numbers: NumberCounter;
}

/** Counts people: all, in groups, the deceased, and their numbers. */
export class PeopleCounter implements CountingCollector {
  readonly groups: GroupCounter;
  readonly summarised: Summarised | undefined;
  total = 0;
  deceased = 0;

  constructor(groups: GroupCounter, summarised: Summarised | undefined) {
    this.groups = groups;
    this.summarised = summarised;
  }

  restart(): void {
    this.total = 0;
    this.deceased = 0;
    this.groups.restart();
    this.summarised?.numbers.restart();
  }

  add(person: Person): void {
    this.total++;
    if (decodeYesNo(person.deceased) === true) this.deceased++;
    this.groups.add(person);
    this.summarised?.numbers.add(person[this.summarised.field]);
  }
}
