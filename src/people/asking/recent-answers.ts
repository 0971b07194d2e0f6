import { type Observer, unobserved } from '../../base/observer.ts';
import { type CreateLedger, LocalLedger } from '../adding/ledger.ts';
import type { Page } from './page.ts';

/** How long the pages of an answer are kept, in milliseconds. */
const keptForMs = 60_000;
const maxAnswers = 8;

/** The people of an answer, and the filters that they were found by. */
export interface RecentAnswer {
  readonly page: Page;
  readonly applied: Readonly<Record<string, unknown>>;
}

/** What is remembered between the calls of one identity: bounded, and never shared with another. */
export class Memory {
  /** The creates of the last ten minutes. */
  readonly creates: CreateLedger;
  readonly #now: () => number;
  readonly #observer: Pick<Observer, 'cacheLookUp'>;
  readonly #answers = new Map<string, { readonly answer: RecentAnswer; readonly keptAt: number }>();
  /**
   * Whether the live system's reports (`dimension`, `metric`) by these fields agree with its records; not there until one
   * was compared with a count of the records that included people without a value.
   */
  readonly reports = new Map<string, 'proven' | 'unusable'>();

  /**
   * @param now the clock, in milliseconds
   * @param creates the ledger of creates, where it isn't this process's own
   */
  constructor(
    now: () => number = Date.now,
    creates: CreateLedger = new LocalLedger(now),
    observer: Pick<Observer, 'cacheLookUp'> = unobserved,
  ) {
    this.#now = now;
    this.#observer = observer;
    this.creates = creates;
  }

  /** Keeps an answer for the pages that may be asked for next. */
  keepAnswer(question: string, answer: RecentAnswer): void {
    this.#forgetOld();
    this.#answers.set(question, { answer, keptAt: this.#now() });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > maxAnswers && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** The answer kept of this question, where it is recent. */
  recentAnswer(question: string): RecentAnswer | undefined {
    this.#forgetOld();
    const kept = this.#answers.get(question);
    this.#observer.cacheLookUp('answers', kept !== undefined);
    return kept?.answer;
  }

  #forgetOld(): void {
    for (const [question, { keptAt }] of this.#answers) {
      if (this.#now() - keptAt >= keptForMs) this.#answers.delete(question);
    }
  }

  /** Forgets all answers: a new record may belong to any of them. */
  forgetAnswers(): void {
    this.#answers.clear();
  }
}
