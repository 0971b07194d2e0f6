import { openShares, type Share } from '../../base/budget.ts';
import { Kept } from '../../base/kept.ts';
import { type Observer, unobserved } from '../../base/observer.ts';
import { weightOf } from '../../base/weight.ts';
import type { Person } from '../../charitylog/api.ts';
import type { FoundGroups } from './duplicates/found-groups.ts';
import type { Page } from './page.ts';
import type { Found } from './read-people.ts';

/** How long the pages of an answer are kept, in milliseconds. */
const keptForMs = 60_000;

/** The people of an answer, and how they were found. */
export interface RecentAnswer extends Found {
  readonly page: Page;
  /** The people whose names are nearest to the one asked for, where nobody has it. */
  readonly similar: readonly Person[];
}

/** The answers of one identity whose next pages may be asked for: few, recent, and never shared with another. */
export class RecentAnswers {
  readonly #share: Share;
  readonly #observer: Pick<Observer, 'cacheLookUp'>;
  readonly #answers: Kept<RecentAnswer>;
  readonly #groups: Kept<FoundGroups>;

  constructor({
    share = openShares().answers,
    forMs = keptForMs,
    observer = unobserved,
  }: { share?: Share; forMs?: number; observer?: Pick<Observer, 'cacheLookUp'> } = {}) {
    this.#share = share;
    this.#observer = observer;
    this.#answers = new Kept({ share, forMs });
    this.#groups = new Kept({ share, forMs });
  }

  get size(): number {
    return this.#answers.size + this.#groups.size;
  }

  get bytes(): number {
    return this.#answers.bytes + this.#groups.bytes;
  }

  keep(question: string, answer: RecentAnswer): void {
    const { page, ...found } = answer;
    this.#answers.set(question, answer, page.bytes + weightOf([question, found], this.#share.most));
  }

  find(question: string): RecentAnswer | undefined {
    const answer = this.#answers.get(question);
    this.#observer.cacheLookUp('answers', answer !== undefined);
    return answer;
  }

  keepGroups(question: string, found: FoundGroups): void {
    this.#groups.set(question, found, weightOf([question, found], this.#share.most));
  }

  findGroups(question: string): FoundGroups | undefined {
    const found = this.#groups.get(question);
    this.#observer.cacheLookUp('answers', found !== undefined);
    return found;
  }

  /** Forgets all answers: a new record may belong to any of them. */
  clear(): void {
    this.#answers.clear();
    this.#groups.clear();
  }
}
