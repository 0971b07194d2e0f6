import type { Collector, Person } from '../../charitylog/api.ts';
import { IdSet } from '../../charitylog/stream/id-set.ts';
import { type Candidate, type Comparison, candidateOf, comparerFor } from './compare-record.ts';

/** How so many people have their values tells how the system writes them. */
const lookedAt = 100;

/** What a check for duplicates found. */
export interface DuplicateCheck {
  /** The surest first, then by id. */
  readonly candidates: readonly Candidate[];
  /**
   * Everybody with the same name or key, even if another value differs: they were there before the record was made. The
   * value is true for a person who may be the new record itself.
   */
  readonly namesakes: ReadonlyMap<number, boolean>;
  /** True for somebody whom the check has read. */
  readonly hasSeen: (id: number) => boolean;
  /**
   * What the check couldn't tell: `keys only` where reading everybody took too long, `nobody` where it found nobody at
   * all, which a system with people may answer to a question without filters.
   */
  readonly doubt?: 'keys only' | 'nobody';
}

/** Takes everybody who is read, and keeps those with whom the new record has enough in common. */
export class CandidateCollector implements Collector {
  readonly #compare: (person: Person) => Comparison | undefined;
  readonly #note: (person: Person) => void;
  readonly #found = new Map<number, Comparison>();
  readonly #seen = new IdSet();
  #count = 0;

  /** @param note looks at how the first ones have their values */
  constructor(
    record: ReadonlyMap<string, string>,
    fields: readonly string[],
    note: (person: Person) => void = () => {},
  ) {
    this.#compare = comparerFor(record, fields);
    this.#note = note;
  }

  /** Somebody who is read twice is compared twice, and is one all the same. */
  restart(): void {}

  add(person: Person): void {
    if (++this.#count <= lookedAt) this.#note(person);
    this.#seen.add(person.id);
    const comparison = this.#compare(person);
    if (comparison?.verdict.isSameName || comparison?.verdict.isCandidate) this.#found.set(person.id, comparison);
  }

  verdict(isPartial: boolean): DuplicateCheck {
    const found = [...this.#found.values()].sort(bySureness);
    const doubt = isPartial ? 'keys only' : this.#count === 0 ? 'nobody' : undefined;
    return {
      candidates: found.flatMap(one => candidateOf(one) ?? []),
      namesakes: new Map(found.map(({ person, verdict }) => [person.id, verdict.isIdentical])),
      hasSeen: id => this.#seen.has(id),
      ...(doubt && { doubt }),
    };
  }
}

function bySureness(a: Comparison, b: Comparison): number {
  return b.verdict.weight - a.verdict.weight || a.person.id - b.person.id;
}
