type Id = string | number;

interface Batch {
  readonly waiting: Set<Id>;
  readonly answers: object[];
}

/** The batches of a connection whose requests haven't all been answered: the answers of each leave together. */
export class Batches {
  readonly #open = new Set<Batch>();

  /** Opens a batch that waits for the answers to these requests, beside those that are there already. */
  open(ids: readonly Id[], answers: object[]): void {
    if (ids.length > 0) this.#open.add({ waiting: new Set(ids), answers });
  }

  /**
   * Settles a request of a batch, by its answer or, where it is cancelled, without one. Gives all answers of the batch where it
   * was the last one, `waiting` where it wasn't, and nothing for a request of no batch.
   */
  settle(id: Id, answer?: object): readonly object[] | 'waiting' | undefined {
    const batch = [...this.#open].find(({ waiting }) => waiting.delete(id));
    if (!batch) return undefined;
    if (answer) batch.answers.push(answer);
    if (batch.waiting.size > 0) return 'waiting';
    this.#open.delete(batch);
    return batch.answers;
  }
}
