import { foldSpelling } from '../../base/spelling.ts';
import { masked, type ValueKind } from './value-kind.ts';

/** Words: compared by letters and digits alone, or as they are where they have none. */
export const text: ValueKind = {
  normal: value => foldSpelling(value) || value.trim(),
  spellings: () => [],
  isWhole: () => true,
  finds(asked) {
    const wanted = text.normal(asked).toLowerCase();
    return stored => text.normal(stored).toLowerCase().includes(wanted);
  },
  problem: () => undefined,
  mask: () => masked,
};

/** Numbers that others gave, with or without spaces: a part of one is another one. */
export const reference: ValueKind = { ...text, finds: asked => stored => text.normal(stored) === text.normal(asked) };

/** A code that others gave, such as an external id: every sign counts, case doesn't. */
export const code: ValueKind = {
  ...text,
  normal: value => value.trim().toLowerCase(),
  finds: asked => stored => code.normal(stored) === code.normal(asked),
};
