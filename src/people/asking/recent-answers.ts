import { type Observer, unobserved } from '../../base/observer.ts';
import type { Person } from '../../charitylog/api.ts';
import type { Page } from './page.ts';
import type { Found } from './read-people.ts';

/** How long the pages of an answer are kept, in milliseconds. */
const keptForMs = 60_000;
const maxAnswers = 8;

/** The people of an answer, and how they were found. */
export interface RecentAnswer extends Found {
  readonly page: Page;
  /** The people whose names are nearest to the one asked for, where nobody has it. */
  readonly similar: readonly Person[];
}

/** The answers of one identity whose next pages may be asked for: few, recent, and never shared with another. */
export class RecentAnswers {
  readonly #now: () => number;
  readonly #observer: Pick<Observer, 'cacheLookUp'>;
  readonly #answers = new Map<string, { readonly answer: RecentAnswer; readonly keptAt: number }>();

  /** `now` is the clock, in milliseconds. */
  constructor({
    now = Date.now,
    observer = unobserved,
  }: { now?: (() => number) | undefined; observer?: Pick<Observer, 'cacheLookUp'> } = {}) {
    this.#now = now;
    this.#observer = observer;
  }

  keep(question: string, answer: RecentAnswer): void {
    this.#forgetOld();
    this.#answers.set(question, { answer, keptAt: this.#now() });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxAnswers && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** The answer to this question, where it is recent. */
  find(question: string): RecentAnswer | undefined {
    this.#forgetOld();
    const kept = this.#answers.get(question);
    this.#observer.cacheLookUp('answers', kept !== undefined);
    return kept?.answer;
  }

  /** Forgets all answers: a new record may belong to any of them. */
  clear(): void {
    this.#answers.clear();
  }

  #forgetOld(): void {
    for (const [question, { keptAt }] of this.#answers) {
      if (this.#now() - keptAt >= keptForMs) this.#answers.delete(question);
    }
  }
}
