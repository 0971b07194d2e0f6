import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Field, FieldLists } from '../catalogue/field.ts';
import type { CharitylogClient } from '../charitylog/client.ts';
import type { ApiPath } from '../charitylog/path.ts';
import type { RawAnswer } from './raw-answer.ts';

/** The system that is looked at: through the program's own client, and as its answers come. */
export interface System {
  readonly api: CharitylogClient;
  readonly catalogue: Catalogue;
  readonly lists: FieldLists;
  readonly raw: (path: ApiPath) => Promise<RawAnswer>;
  /** How many reads were answered with success so far. */
  readonly answers: () => number;
  readonly signal: AbortSignal;
}

/** The field with this name, where it may be read. */
export function readableField({ lists }: System, name: string): Field | undefined {
  return lists.selectable.find(field => field.name === name);
}

/** The field with this name, where it is a filter. */
export function filterField({ lists }: System, name: string): Field | undefined {
  return lists.filterable.find(field => field.name === name);
}
