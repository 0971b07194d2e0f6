import { CharitylogError } from '../../base/errors.ts';
import type { Field } from '../../catalogue/field.ts';
import { fieldNamed } from '../../catalogue/find-field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Collector, Person } from '../../charitylog/api.ts';
import { pathValueProblem } from '../../charitylog/path.ts';
import type { Call } from '../call.ts';
import type { Condition } from './conditions/condition.ts';
import { ConditionTally } from './conditions/tally.ts';
import { FilterCheck } from './filter-check.ts';
import { type Filter, queryOf } from './filters.ts';
import { NestedValues } from './nested-values.ts';
import type { Question } from './question.ts';
import { hasValue } from './show-person.ts';

/** Takes the people who are asked for, and counts them. */
export interface CountingCollector extends Collector {
  readonly total: number;
  /** Takes somebody who has all that is asked for but the name. */
  readonly addUnnamed?: (person: Person) => void;
}

/** What to return of each person; nothing that the live list doesn't have is asked for. */
export interface Showing {
  readonly fields: readonly string[];
  /** Fields whose options the API should answer with names instead of ids, or `['ALL']`. */
  readonly resolve: readonly string[];
  /** Fields that people are put in order or counted by: who shows none of them can't be told from who has none. */
  readonly compared?: readonly string[];
  /** A number of people in words, where small ones are hidden. */
  readonly tellCount?: (count: number) => string;
}

/** After so many people, a waiting caller is told how many were read. */
const progressEvery = 1000;

/** How the first people of an answer have their values tells how the system writes them. */
const lookedAt = 100;

/** Kinds of fields whose values systems write in several ways. */
const mayBeWritten: ReadonlySet<Field['kind']> = new Set(['yes_no', 'date', 'unknown']);

/** What everybody who comes is held against. */
interface Tests {
  readonly checks: readonly FilterCheck[];
  readonly tally: ConditionTally;
}

interface ReaderOptions {
  readonly question: Question;
  readonly showing: Showing;
  /** The fields that show how the system writes values. */
  readonly written: readonly Field[];
  readonly collector: CountingCollector;
}

/** A reader of those who are asked for. The fields of the filters come along, as far as they may be read. */
export async function openReader(
  { question, showing, collector }: Omit<ReaderOptions, 'written'>,
  call: Call,
): Promise<PeopleReader> {
  const { selectable } = await call.catalogue.fields(call.waiting);
  const filtered = question.filters.map(({ field }) => field.name);
  const decided = question.conditions.map(({ subject }) => subject.field.name);
  const names = [...showing.fields, ...(question.hasName ? nameFields : []), ...filtered, ...decided];
  const readable = [...new Set(names)].map(name => fieldNamed(selectable, name)).filter(field => field !== undefined);
  const fields = readable.map(({ name }) => name);
  const written = readable.filter(({ kind }) => mayBeWritten.has(kind));
  const resolve = showing.resolve.length > 0 ? showing.resolve : unlistedChoices(question.conditions);
  return new PeopleReader({ question, showing: { ...showing, fields, resolve }, written, collector }, call);
}

/** Choices whose options nobody tells: names tell more than ids. */
function unlistedChoices(conditions: readonly Condition[]): readonly string[] {
  const unlisted = conditions.filter(({ subject }) => subject.kind === 'choice' && !subject.options);
  return [...new Set(unlisted.map(({ subject }) => subject.field.name))];
}

/** Reads people by filters, and hands on those who have what is asked for. */
export class PeopleReader {
  readonly #hasName: Question['hasName'];
  readonly #showing: Showing;
  readonly #written: readonly Field[];
  readonly #collector: CountingCollector;
  readonly #call: Call;
  readonly #conditions: readonly Condition[];
  readonly #nested: NestedValues;
  /** The fields that people are asked for by, whose values may have hidden parts. */
  readonly #judged: readonly Field[];
  #checks: readonly FilterCheck[] = [];
  #tally = new ConditionTally([]);
  #neverCame: readonly string[] = [];
  #came = 0;

  constructor({ question, showing, written, collector }: ReaderOptions, call: Call) {
    this.#hasName = question.hasName;
    this.#conditions = question.conditions;
    const asked = [...question.filters, ...question.conditions.map(({ subject }) => subject)].map(({ field }) => field);
    this.#judged = asked.filter(({ kind }) => kind !== 'choice');
    this.#nested = new NestedValues(call.catalogue.nestedKeys, asked);
    this.#showing = showing;
    this.#written = written;
    this.#collector = collector;
    this.#call = call;
  }

  /** How many people were handed on. */
  get total(): number {
    return this.#collector.total;
  }

  /** How many people came, whether they have what is asked for or not. */
  get came(): number {
    return this.#came;
  }

  /** The fields of conditions, and those compared of whom is found, that came with nobody: what they hold is unknown. */
  get unseenFields(): readonly string[] {
    return this.#lookedInto.filter(name => this.#neverCame.includes(name));
  }

  get #lookedInto(): readonly string[] {
    const decided = this.#conditions.map(({ subject }) => subject.field.name);
    const compared = this.total > 0 ? (this.#showing.compared ?? []) : [];
    return [...new Set([...decided, ...compared])];
  }

  /** How the conditions were met by the people who came last. */
  get tally(): ConditionTally {
    return this.#tally;
  }

  /** What the people who came last say of each filter. */
  get checks(): readonly FilterCheck[] {
    return this.#checks;
  }

  /** Reads whom these filters leave. */
  async read(filters: readonly Filter[]): Promise<void> {
    const { heeding } = this.#call;
    const checks = filters.map(filter => this.#checkOf(filter));
    this.#tally = new ConditionTally(this.#conditions);
    this.#neverCame = await this.#readBy(this.#sent(filters), { checks, tally: this.#tally }, this.#collector);
    this.#checks = checks;
    if (this.#came > 0) {
      for (const name of this.#lookedInto) if (!this.#neverCame.includes(name)) heeding.noteShown(name);
    }
    for (const check of checks) heeding.note(check.filter, check);
    await this.#readUnderRules(filters, checks);
  }

  /** What the caller should know of how the filters were applied. */
  notes(): string[] {
    const { tellCount = String } = this.#showing;
    const ofFilters = this.#checks.flatMap(({ filter: { argument }, left, blanks, neither, isUnproved }) => [
      ...(neither > 0 ? [`Left out: ${tellCount(neither)} whose ${argument} is neither yes nor no.`] : []),
      ...(left > 0 ? [`Charitylog did not apply ${argument} as asked, so it was applied here.`] : []),
      ...(blanks > 0
        ? [
            `${this.#showing.tellCount ? 'Some' : blanks} of them have nothing recorded for ${argument}, which counts as no here.`,
          ]
        : []),
      ...(isUnproved
        ? [`Charitylog does not show ${argument}, so whether it applied that filter could not be checked.`]
        : []),
    ]);
    return [...ofFilters, ...this.#tally.notes(this.#showing.tellCount)];
  }

  /** Reads again where it is only known now how people without a value are to be taken. */
  async #readUnderRules(filters: readonly Filter[], checks: readonly FilterCheck[]): Promise<void> {
    const rules = checks.map(check => check.ruleNeeded);
    if (rules.every(rule => rule === undefined)) return;
    checks.forEach((check, n) => void check.restart(rules[n]));
    await this.#readBy(this.#sent(filters), { checks, tally: this.#tally }, this.#collector);
  }

  /** How many people these filters bring, and how many of them have what one more filter asks for. Nobody is handed on. */
  async probe(filter: Filter, filters: readonly Filter[]): Promise<{ came: number; fitting: number }> {
    const checks = [this.#checkOf(filter), ...filters.filter(other => other !== filter).map(one => this.#checkOf(one))];
    const found = new Counter();
    const before = this.#came;
    await this.#readBy(filters, { checks, tally: new ConditionTally(this.#conditions) }, found);
    const came = this.#came;
    this.#came = before;
    return { came, fitting: found.total };
  }

  /** Hands on whom filters, conditions and names leave; returns the fields that came with nobody. */
  async #readBy(
    sent: readonly Filter[],
    { checks, tally }: Tests,
    collector: CountingCollector,
  ): Promise<readonly string[]> {
    const { api, heeding, writing, progress, waiting } = this.#call;
    let hasNames = false;
    const meant: Collector = {
      ready: collector.ready,
      restart: () => {
        this.#came = 0;
        hasNames = false;
        for (const check of checks) check.restart();
        tally.restart();
        collector.restart();
      },
      add: (person: Person) => {
        if (++this.#came % progressEvery === 0) progress(this.#came);
        if (!heeding.hasPeople || this.#came <= 2) heeding.notePerson(person.id);
        if (this.#came <= lookedAt) for (const field of this.#written) writing.note(field, person[field.name]);
        hasNames ||= hasValue(person.surname) || hasValue(person.first_name);
        const judged = this.#visible(person);
        let isMeant = true;
        // Each check counts everybody.
        for (const check of checks) if (!check.keeps(judged)) isMeant = false;
        const verdict = isMeant ? tally.judge(judged) : 'fails';
        if (verdict === 'fails') return;
        if (this.#hasName && !this.#hasName(person)) {
          if (verdict === 'holds') collector.addUnnamed?.(person);
          return;
        }
        if (verdict === 'holds') collector.add(person);
        else tally.noteUnknown(person);
      },
    };
    meant.restart();
    const { fields, resolve } = this.#showing;
    const { neverCame } = await api.eachPerson(
      { filters: queryOf(sent, writing), fields, resolve },
      meant,
      waiting.signal,
    );
    const isUnseen = (name: string) => neverCame.includes(name) || !this.#showing.fields.includes(name);
    if (this.#hasName && (isUnseen('surname') || (this.#came > 0 && !hasNames))) {
      throw namesHidden();
    }
    return neverCame;
  }

  /** A person as judged: nobody is found by a part of a value that isn't shown, or it could be guessed piece by piece. */
  #visible(person: Person): Person {
    let seen = person;
    for (const field of this.#judged) {
      const value = this.#nested.visible(field, person[field.name]);
      if (value !== person[field.name]) seen = { ...seen, [field.name]: value };
    }
    return seen;
  }

  #sent(filters: readonly Filter[]): readonly Filter[] {
    const { heeding, writing } = this.#call;
    // A day with slashes can't be part of an address.
    const isSendable = ({ field, values }: Filter) =>
      values.every(value => pathValueProblem(writing.write(field, value)) === undefined);
    return filters.filter(filter => !heeding.isAppliedHere(filter.field.name) && isSendable(filter));
  }

  #checkOf(filter: Filter): FilterCheck {
    const { catalogue, writing } = this.#call;
    return new FilterCheck(filter, catalogue.knownOptions(filter.field), value => writing.readYesNo(value));
  }
}

/** Nobody can be found by a name that doesn't come. */
function namesHidden(): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'Charitylog shows people without their names, so nobody can be found by name. Ask by other fields, and report this to ' +
      'the administrator.',
    { logText: 'no names' },
  );
}

/** Counts people, and keeps none. */
export class Counter implements CountingCollector {
  total = 0;

  restart(): void {
    this.total = 0;
  }

  add(): void {
    this.total++;
  }
}
