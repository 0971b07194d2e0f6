import type { Catalogue } from '../catalogue/catalogue.ts';
import type { FieldLists } from '../catalogue/field.ts';

/** The lists that clients were served last: only clients with an older list hear of a change. */
export class ServedLists {
  #last: string | undefined;

  /** Remembers what was served. */
  note(lists: FieldLists): void {
    this.#last = fieldsOf(lists);
  }

  /** True where something was served, and not this. */
  differFrom(lists: FieldLists): boolean {
    return this.#last !== undefined && this.#last !== fieldsOf(lists);
  }
}

/** Calls `announce` when newly loaded lists aren't those that were served; the returned function ends that. */
export function onChangedLists(catalogue: Catalogue, served: ServedLists, announce: () => void): () => void {
  return catalogue.onFields(() => {
    if (served.differFrom(catalogue.latestFields)) announce();
  });
}

function fieldsOf({ filterable, selectable }: FieldLists): string {
  return JSON.stringify([filterable, selectable]);
}
