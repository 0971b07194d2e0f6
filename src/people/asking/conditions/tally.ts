import { bounds } from '../../../base/bounds.ts';
import { invalid } from '../../../base/errors.ts';
import { quote } from '../../../base/quote.ts';
import type { Person } from '../../../charitylog/api.ts';
import { decodeTypes } from '../../../charitylog/values.ts';
import { todayInUk } from '../../values/date.ts';
import { hasValue } from '../show-person.ts';
import type { Condition } from './condition.ts';
import { decider, type Verdict } from './decide.ts';

/** At most so many of the values that records hold are told. */
const maxHeld = 20;

interface Decided {
  readonly condition: Condition;
  readonly decide: (person: Person) => Verdict;
  /** Of a choice whose options nobody tells: the values that came, and whether anybody has one that was asked for. */
  readonly held: Set<string> | undefined;
  isMet: boolean;
}

/** Decides the conditions of a question for everybody who comes, and counts of whom that can't be told. */
export class ConditionTally {
  readonly #conditions: readonly Decided[];
  readonly #blank = new Map<string, number>();
  readonly #unreadable = new Map<string, number>();

  constructor(conditions: readonly Condition[]) {
    const today = conditions.length > 0 ? todayInUk() : 0;
    this.#conditions = conditions.map(condition => ({
      condition,
      decide: decider(condition, today),
      held: isUnlisted(condition) ? new Set<string>() : undefined,
      isMet: false,
    }));
  }

  restart(): void {
    this.#blank.clear();
    this.#unreadable.clear();
    for (const one of this.#conditions) {
      one.held?.clear();
      one.isMet = false;
    }
  }

  /** Whether all conditions hold for a person; `unknown` where none fails, and some value isn't there or can't be read. */
  judge(person: Person): 'holds' | 'fails' | 'unknown' {
    let verdict: 'holds' | 'fails' | 'unknown' = 'holds';
    // Called for each of very many people: a loop makes no list.
    for (const one of this.#conditions) {
      const single = one.decide(person);
      if (one.held) noteHeld(one, single, person);
      if (single === 'holds' || verdict === 'fails') continue;
      verdict = single === 'fails' || !couldMatter(one.condition) ? 'fails' : 'unknown';
    }
    return verdict;
  }

  /** Counts somebody of whom it is unknown. */
  noteUnknown(person: Person): void {
    const verdicts = this.#conditions.map(
      ({ condition, decide }) => [condition.subject.field.name, decide(person)] as const,
    );
    for (const [name, verdict] of new Map(verdicts.filter(([, one]) => one === 'blank' || one === 'unreadable'))) {
      const counts = verdict === 'blank' ? this.#blank : this.#unreadable;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }

  /**
   * What the caller should know of those who are left out for want of a value.
   *
   * @param tell a number of people, in words
   * @param fields those to tell of; all unless given
   */
  notes(tell: (count: number) => string = String, fields?: readonly string[]): string[] {
    const told = (counts: ReadonlyMap<string, number>) =>
      [...counts].filter(([name]) => fields?.includes(name) ?? true);
    return [
      ...told(this.#blank).map(([name, count]) => `Left out: ${tell(count)} with no ${name} recorded.`),
      ...told(this.#unreadable).map(([name, count]) => `Left out: ${tell(count)} whose ${name} cannot be compared.`),
    ];
  }

  /** @throws CharitylogError `invalid` with the values that records hold, where nobody has one that was asked for */
  expectHeld(): void {
    for (const { condition, held, isMet } of this.#conditions) {
      if (!held || isMet || held.size === 0 || condition.isNegated) continue;
      const { test, subject } = condition;
      const wanted = 'values' in test ? test.values.map(({ shown }) => quote(shown)).join(' or ') : 'that';
      const values = [...held]
        .slice(0, maxHeld)
        .map(value => JSON.stringify(value))
        .join(', ');
      throw invalid(
        `Nobody has ${wanted} as ${subject.field.name}. Records hold ${values}${held.size > maxHeld ? ' and others' : ''}.`,
      );
    }
  }
}

function noteHeld(one: Decided, verdict: Verdict, person: Person): void {
  if (verdict === 'holds') one.isMet = true;
  const value = person[one.condition.subject.field.name];
  if (!one.held || one.held.size > maxHeld || !hasValue(value)) return;
  for (const held of typeof value === 'object' ? decodeTypes(value) : [String(value)]) {
    if (held.length <= bounds.name) one.held.add(held);
  }
}

function isUnlisted({ subject, test }: Condition): boolean {
  return subject.kind === 'choice' && !subject.options && 'values' in test;
}

/** Who has no value might belong to all but those who were asked for by a value, or a part of one. */
function couldMatter({ subject, isNegated, test }: Condition): boolean {
  return isNegated || !('values' in test || test.form === 'found by') || subject.kind === 'yes_no';
}
