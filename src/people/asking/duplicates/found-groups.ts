import type { Person } from '../../../charitylog/api.ts';

/** People who may be one and the same. */
export interface DuplicateGroup {
  /** The lowest id in it, that of the first one, who the others may be. */
  readonly id: number;
  readonly weight: number;
  /** The first twenty of them. */
  readonly people: readonly Person[];
  readonly size: number;
  readonly why: string;
}

/** The groups that were found, the surest first, from one place on. */
export interface FoundGroups {
  /** How many there are, those before that place included. */
  readonly total: number;
  readonly groups: readonly DuplicateGroup[];
  readonly hasMore: boolean;
  /** How many people were compared. */
  readonly compared: number;
  readonly notes: readonly string[];
}
