import { foldSpelling } from '../../base/spelling.ts';
import type { ValueKind } from './value-kind.ts';

/** Words: compared by letters and digits alone, or as they are where they have none. */
export const text: ValueKind = {
  normal: value => foldSpelling(value) || value.trim(),
  spellings: () => [],
  problem: () => undefined,
};

/** A code that others gave, such as an external id: every sign counts, case doesn't. */
export const code: ValueKind = { ...text, normal: value => value.trim().toLowerCase() };
