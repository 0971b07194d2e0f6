import type { Person } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import type { Call } from '../call.ts';
import { ageOn, todayInUk } from '../values/date.ts';
import { plainNumber } from '../values/plain.ts';
import type { NamedField } from './conditions/condition.ts';
import { emptyNotes, notRecordedNotes, severalNotes, shouldTellDeceased } from './counting/count-notes.ts';
import { type CountedBy, GroupCounter } from './counting/group-counter.ts';
import type { Grouping } from './counting/grouping.ts';
import { labelsFor, type Shown } from './counting/labels.ts';
import { chooseGroups, notesOfLeft } from './counting/shown-groups.ts';
import { NumberCounter } from './counting/summary.ts';
import { type Told, tellAll, tellFrom } from './counting/suppression.ts';
import { groupsAsTold, hasSharedNumbers, summaryAsTold, type ToldGroup } from './counting/told.ts';
import { NestedValues } from './nested-values.ts';
import type { CountingCollector } from './people-reader.ts';
import { inactiveNotes, isAskedFor, nobodyNotes, type Question } from './question.ts';
import { readPeople } from './read-people.ts';
import { fieldsToResolve, idsShown } from './show-person.ts';

export interface Counting {
  readonly by: readonly Grouping[];
  readonly hasPercent: boolean;
  /** Counts from 1 to one less are hidden; 0 hides none. */
  readonly suppressBelow: number;
  /** Numbers of each person: `age`, or a field of them. */
  readonly summaryOf: NamedField | undefined;
}

/** How many people were asked for, and what was applied to find them. */
export interface Counted {
  readonly total: Told;
  readonly groups: readonly ToldGroup[];
  readonly summary?: Readonly<Record<string, Told>>;
  readonly applied: Readonly<Record<string, unknown>>;
  readonly notes: readonly string[];
}

/**
 * Counts the people who are asked for. Their records are read: what the live system's own reports count (manual: API
 * Details, `dimension`) isn't documented, so their numbers can't be believed.
 */
export async function countPeople(question: Question, counting: Counting, call: Call): Promise<Counted> {
  const { suppressBelow, hasPercent, summaryOf } = counting;
  const fields = await call.catalogue.fields(call.waiting);
  const today = todayInUk();
  const nested = new NestedValues(
    call.catalogue.nestedKeys,
    counting.by.map(({ field }) => field),
  );
  const by = await Promise.all(counting.by.map(grouping => countedBy(grouping, { today, nested }, call)));
  const tellsDeceased = shouldTellDeceased(question, fields) && !by.some(({ field }) => field.name === 'deceased');
  const counter = new PeopleCounter(new GroupCounter(by), summaryOf && numbersOf(summaryOf, today));
  const unnamed = by.filter(({ part, options }) => part.of === 'value' && !options).map(({ field }) => field);
  const counted = [...by.map(({ field }) => field.name), ...(summaryOf ? [summaryOf.field.name] : [])];
  const showing = {
    fields: [...new Set(['id', ...counted, ...(tellsDeceased ? ['deceased'] : [])])],
    resolve: fieldsToResolve(unnamed),
    compared: counted,
    ...(suppressBelow > 0 && { tellCount: fewerThan(suppressBelow) }),
  };
  const found = await readPeople(question, showing, counter, call);
  const notRecorded = await notRecordedNotes(question, showing.tellCount ?? String, call);

  const { total } = counter;
  const counts = { count: total, ...chooseGroups(counter.groups.groups, by, suppressBelow) };
  const telling = suppressBelow > 0 ? tellFrom(suppressBelow, counts) : tellAll;
  const [first] = by;
  const areShown = telling.hasGroups(counts);
  const summary = counter.numbers?.summary;
  const isRevealing = summaryOf !== undefined && telling.isHidden && hasSharedNumbers(summaryOf, by);
  return {
    total: telling.tell(counts),
    groups: areShown ? groupsAsTold(counts, telling, hasPercent) : [],
    ...(summary && {
      summary: summaryAsTold(summary, { below: suppressBelow, total: telling.tell(counts), isRevealing }),
    }),
    applied: found.applied,
    notes: [
      ...found.notes,
      ...notRecorded,
      ...unnamed.filter(({ kind }) => kind === 'choice').map(({ name }) => idsShown(name)),
      ...(first && suppressBelow === 0 ? severalNotes(counts, first) : []),
      ...(first && areShown && !isAskedFor(question, first.field) ? emptyNotes(counts, first) : []),
      ...(areShown
        ? notesOfLeft(counts, suppressBelow > 0)
        : [`Groups of fewer than ${suppressBelow} people are not shown.`]),
      ...(counter.numbers?.notes(suppressBelow > 0) ?? []),
      ...(tellsDeceased ? deceasedNotes(counter, suppressBelow) : []),
      ...inactiveNotes(question, fields, total),
      ...nobodyNotes(question, fields, total),
    ],
  };
}

async function countedBy(grouping: Grouping, shown: Shown, { catalogue, waiting }: Call): Promise<CountedBy> {
  const hasOptions = grouping.part.of === 'value';
  const options = hasOptions ? await catalogue.optionsToShow(grouping.field, waiting) : undefined;
  return { ...grouping, options, labels: labelsFor(grouping, options, shown) };
}

function numbersOf({ name, field }: NamedField, today: number): NumberCounter {
  const isAge = name !== field.name;
  return new NumberCounter(field.name, isAge ? born => ageOn(today, born) : plainNumber);
}

/** Counts people: all, in groups, the deceased, and their numbers. */
class PeopleCounter implements CountingCollector {
  readonly groups: GroupCounter;
  readonly numbers: NumberCounter | undefined;
  total = 0;
  deceased = 0;

  constructor(groups: GroupCounter, numbers: NumberCounter | undefined) {
    this.groups = groups;
    this.numbers = numbers;
  }

  restart(): void {
    this.total = 0;
    this.deceased = 0;
    this.groups.restart();
    this.numbers?.restart();
  }

  add(person: Person): void {
    this.total++;
    if (decodeYesNo(person.deceased) === true) this.deceased++;
    this.groups.add(person);
    this.numbers?.add(person);
  }
}

/** How notes tell a number of people where small ones are hidden. */
function fewerThan(below: number): (count: number) => string {
  return count => (count < below ? `fewer than ${below}` : String(count));
}

/** Those who live are a count, too. */
function deceasedNotes({ total, deceased }: PeopleCounter, below: number): string[] {
  if (deceased === 0) return [];
  const isSmall = deceased < below || (deceased < total && total - deceased < below);
  return [isSmall ? 'Some of them are deceased.' : `${deceased} of them ${deceased === 1 ? 'is' : 'are'} deceased.`];
}
