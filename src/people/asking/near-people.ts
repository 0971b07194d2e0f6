import type { Person } from '../../charitylog/api.ts';
import type { Page } from './page.ts';
import type { CountingCollector } from './people-reader.ts';
import type { Question } from './question.ts';

/** At most so many people are shown whose names are near. */
const maxShown = 5;

/** A page of the people who are asked for; while there is nobody, also those whose names are nearest to the one asked for. */
export class PageOrNear implements CountingCollector {
  readonly page: Page;
  readonly #distanceTo: Question['distanceToName'];
  /** The nearest first, then by id. */
  #nearest: readonly { readonly person: Person; readonly distance: number }[] = [];
  #found = 0;

  constructor(page: Page, distanceTo: Question['distanceToName']) {
    this.page = page;
    this.#distanceTo = distanceTo;
  }

  get total(): number {
    return this.page.total;
  }

  restart(): void {
    this.page.restart();
    this.#nearest = [];
    this.#found = 0;
  }

  add(person: Person): void {
    this.page.add(person);
  }

  readonly addUnnamed = (person: Person): void => {
    if (this.total > 0) return;
    const distance = this.#distanceTo(person);
    if (distance === undefined) return;
    this.#found++;
    const last = this.#nearest.at(-1);
    if (last && this.#nearest.length === maxShown && isNearer(last, { person, distance })) return;
    this.#nearest = [...this.#nearest, { person, distance }]
      .sort((a, b) => (isNearer(a, b) ? -1 : 1))
      .slice(0, maxShown);
  };

  /** The nearest, and how many are near in all: nobody, where somebody was found. */
  get near(): { readonly people: readonly Person[]; readonly found: number } {
    if (this.total > 0) return { people: [], found: 0 };
    return { people: this.#nearest.map(({ person }) => person), found: this.#found };
  }
}

function isNearer(a: { person: Person; distance: number }, b: { person: Person; distance: number }): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.person.id < b.person.id);
}

/** Tells that nobody has the name, and what is shown instead. */
export function nearNotes(shown: number, found: number): string[] {
  if (shown === 0) return [];
  const cut = found > shown ? `, the nearest ${shown} of ${found}` : '';
  return [`Nobody has that name. similar has people whose names are near${cut}; each may be somebody else.`];
}
