import { CharitylogError, isCharitylogError } from '../../base/errors.ts';
import type { Field } from '../../catalogue/field.ts';
import { nameFields } from '../../catalogue/meaning.ts';
import type { Collector, Person } from '../../charitylog/api.ts';
import type { Call } from '../call.ts';
import { FilterCheck, isYesNo } from './filter-check.ts';
import { appliedOf, type Filter, queryOf, withOtherSpellings, withValues } from './filters.ts';
import type { Question } from './question.ts';

/** Takes the people who are asked for, and counts them. */
export interface CountingCollector extends Collector {
  readonly total: number;
}

/** What to return of each person; nothing that the live list doesn't have is asked for. */
export interface Showing {
  readonly fields: readonly string[];
  /** Fields whose options the API should answer with names instead of ids, or `['ALL']`. */
  readonly resolve: readonly string[];
}

/** How the people who were asked for were found. */
export interface Found {
  /** What was applied, as the caller is told of it. */
  readonly applied: Readonly<Record<string, unknown>>;
  /** What the caller should know of it. */
  readonly notes: readonly string[];
}

/** After so many people, a waiting caller is told how many were read. */
const progressEvery = 1000;

/** How the first people of an answer have their values tells how the system writes them. */
const lookedAt = 100;

/** At most so many values of a filter that brought nobody are asked for by themselves. */
const maxTries = 3;

/**
 * Reads everybody who is asked for. The fields of the filters come along, and people who don't have what was asked for are
 * left out here: the API may not apply a filter.
 *
 * Where records may hold another usual spelling of a number or an address, all are asked for in one request; where that
 * finds nobody, each is tried alone. A value of several that brought nobody is asked for by itself once, and so is a yes/no
 * filter that has never brought anybody.
 */
export async function readPeople(
  question: Question,
  showing: Showing,
  collector: CountingCollector,
  call: Call,
): Promise<Found> {
  const widened = question.filters.map(withOtherSpellings);
  const isWidened = widened.some((filter, n) => filter !== question.filters[n]);
  const reader = await openReader(question, showing, collector, call);
  let filters: readonly Filter[] = widened;
  if (isWidened && !(await isTaken(reader.read(widened)))) filters = await readEach(question.filters, widened, reader);
  else if (!isWidened) await reader.read(widened);
  else if (collector.total === 0) filters = await readEach(question.filters, widened, reader);
  await reader.readAgainWhereDoubtful(filters);
  return { applied: { ...appliedOf(filters), ...question.appliedHere }, notes: reader.notes() };
}

/** False where the system doesn't take several values here. */
function isTaken(reading: Promise<void>): Promise<boolean> {
  return reading.then(
    () => true,
    error => {
      if (isCharitylogError(error, 'invalid')) return false;
      throw error;
    },
  );
}

/** Asks for each spelling by itself, the caller's first. */
async function readEach(
  filters: readonly Filter[],
  widened: readonly Filter[],
  reader: PeopleReader,
): Promise<readonly Filter[]> {
  await reader.read(filters);
  const changed = widened.filter((filter, n) => filter !== filters[n]);
  if (reader.total > 0 || changed.length > 1) return filters;
  for (const { argument, values } of changed) {
    const asWritten = filters.find(filter => filter.argument === argument);
    const other = values.find(text => !asWritten?.values.includes(text));
    if (other === undefined) continue;
    const tried = filters.map(filter => (filter === asWritten ? withValues(filter, [other]) : filter));
    await reader.read(tried);
    if (reader.total > 0) return tried;
  }
  return filters;
}

async function openReader(
  question: Question,
  showing: Showing,
  collector: CountingCollector,
  call: Call,
): Promise<PeopleReader> {
  const { selectable } = await call.catalogue.fields(call.signal);
  const readable = new Map(selectable.map(field => [field.name, field]));
  const filtered = question.filters.map(({ field }) => field.name);
  const names = [...showing.fields, ...(question.hasName ? nameFields : []), ...filtered];
  const fields = [...new Set(names)].filter(name => readable.has(name));
  const written = fields.flatMap(name => readable.get(name) ?? []).filter(({ kind }) => mayBeWritten.has(kind));
  return new PeopleReader({ question, showing: { ...showing, fields }, written, collector }, call);
}

/** Kinds of fields whose values systems write in several ways. */
const mayBeWritten: ReadonlySet<Field['kind']> = new Set(['yes_no', 'date', 'unknown']);

interface ReaderOptions {
  readonly question: Question;
  readonly showing: Showing;
  /** The fields that show how the system writes values. */
  readonly written: readonly Field[];
  readonly collector: CountingCollector;
}

/** Reads people by filters, and hands on those who have what is asked for. */
class PeopleReader {
  readonly #hasName: Question['hasName'];
  readonly #showing: Showing;
  readonly #written: readonly Field[];
  readonly #collector: CountingCollector;
  readonly #call: Call;
  #checks: readonly FilterCheck[] = [];
  /** How many people came, whether they have what is asked for or not. */
  #came = 0;

  constructor({ question, showing, written, collector }: ReaderOptions, call: Call) {
    this.#hasName = question.hasName;
    this.#showing = showing;
    this.#written = written;
    this.#collector = collector;
    this.#call = call;
  }

  get total(): number {
    return this.#collector.total;
  }

  /** Reads whom these filters leave. */
  async read(filters: readonly Filter[]): Promise<void> {
    const { heeding } = this.#call;
    const checks = filters.map(filter => this.#checkOf(filter));
    await this.#readBy(
      filters.filter(filter => !heeding.isAppliedHere(filter.field.name)),
      checks,
      this.#collector,
    );
    this.#checks = checks;
    for (const check of checks) heeding.note(check.filter.field.name, check);
    await this.#readUnderRules(filters, checks);
  }

  /** Asks once more where a filter may have left out somebody, or where nobody at all came without a filter. */
  async readAgainWhereDoubtful(filters: readonly Filter[]): Promise<void> {
    const { heeding } = this.#call;
    for (const check of this.#checks) {
      const { name } = check.filter.field;
      if (heeding.isAppliedHere(name) || !(await this.#leavesOut(check, filters))) continue;
      heeding.applyHere(name);
      await this.read(filters);
    }
    if (this.#came === 0 && filters.every(({ field }) => heeding.isAppliedHere(field.name))) await this.#expectNobody();
  }

  /** What the caller should know of how the filters were applied. */
  notes(): string[] {
    return this.#checks.flatMap(check => {
      const { argument } = check.filter;
      if (check.left > 0) return [`Charitylog did not apply ${argument} as asked, so it was applied here.`];
      if (!check.isUnproved) return [];
      return [`Charitylog does not show ${argument}, so whether it applied that filter could not be checked.`];
    });
  }

  /** Reads again where it is only known now how people without a value are to be taken. */
  async #readUnderRules(filters: readonly Filter[], checks: readonly FilterCheck[]): Promise<void> {
    const rules = checks.map(check => check.ruleNeeded);
    if (rules.every(rule => rule === undefined)) return;
    checks.forEach((check, n) => void check.restart(rules[n]));
    const sent = filters.filter(filter => !this.#call.heeding.isAppliedHere(filter.field.name));
    await this.#readBy(sent, checks, this.#collector);
  }

  /** True where a filter is seen to leave out people who have what it asks for. Asked once for each field. */
  async #leavesOut({ filter, seen, isProved }: FilterCheck, filters: readonly Filter[]): Promise<boolean> {
    const { heeding } = this.#call;
    const { name } = filter.field;
    if (isYesNo(filter)) {
      if (isProved || heeding.isProved(name) || this.#came > 0 || !heeding.isFirstTry(name)) return false;
      return this.#brings(
        filter,
        filters.filter(other => other !== filter),
      );
    }
    const missing = filter.values.filter(value => !seen.has(value));
    if (filter.values.length < 2 || missing.length === 0 || heeding.takesLists || !heeding.isFirstTry(name))
      return false;
    for (const value of missing.slice(0, maxTries)) {
      const alone = withValues(filter, [value]);
      if (
        await this.#brings(
          alone,
          filters.map(other => (other === filter ? alone : other)),
        )
      )
        return true;
    }
    return false;
  }

  /** True where these filters bring somebody who has what one of them asks for. Nobody is handed on. */
  async #brings(filter: Filter, filters: readonly Filter[]): Promise<boolean> {
    const checks = [this.#checkOf(filter), ...filters.filter(other => other !== filter).map(one => this.#checkOf(one))];
    const found = new Counter();
    const came = this.#came;
    await this.#readBy(filters, checks, found);
    this.#came = came;
    return found.total > 0;
  }

  /**
   * Nobody came to a question without filters. A system that has people all the same shows them by a filter only.
   *
   * @throws CharitylogError `unreadable` where that is so
   */
  async #expectNobody(): Promise<void> {
    const { api, catalogue, heeding, signal } = this.#call;
    const anybody = new Counter();
    const types = (await catalogue.typesToShow(signal)).map(type => type.id);
    if (!heeding.hasPeople && types.length > 0) {
      await api.eachPerson({ filters: new Map([['type', types]]), fields: ['id'] }, anybody, signal);
    }
    if (!heeding.hasPeople && anybody.total === 0) return;
    throw new CharitylogError(
      'unreadable',
      'Charitylog shows nobody to a question without filters, although it has people. Ask again with a filter, such as ' +
        'type, and report this to the administrator.',
      { logText: 'nobody without a filter' },
    );
  }

  async #readBy(sent: readonly Filter[], checks: readonly FilterCheck[], collector: Collector): Promise<void> {
    const { api, heeding, writing, progress, signal } = this.#call;
    const meant: Collector = {
      restart: () => {
        this.#came = 0;
        for (const check of checks) check.restart();
        collector.restart();
      },
      add: (person: Person) => {
        if (++this.#came % progressEvery === 0) progress(this.#came);
        if (this.#came <= lookedAt) for (const field of this.#written) writing.note(field, person[field.name]);
        let isMeant = true;
        // Each check counts everybody.
        for (const check of checks) if (!check.keeps(person)) isMeant = false;
        if (isMeant && (!this.#hasName || this.#hasName(person))) collector.add(person);
      },
    };
    meant.restart();
    const { neverCame } = await api.eachPerson({ filters: queryOf(sent, writing), ...this.#showing }, meant, signal);
    if (this.#came > 0) heeding.notePeople();
    if (this.#hasName && nameFields.every(name => neverCame.includes(name) || !this.#showing.fields.includes(name))) {
      throw namesHidden();
    }
  }

  #checkOf(filter: Filter): FilterCheck {
    return new FilterCheck(filter, this.#call.catalogue.knownOptions(filter.field));
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
class Counter implements CountingCollector {
  total = 0;

  restart(): void {
    this.total = 0;
  }

  add(): void {
    this.total++;
  }
}
