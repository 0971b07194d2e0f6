import { foldSpelling } from '../../base/spelling.ts';
import { isTitle } from './titles.ts';
import { checkOrLeaveOut, masked, type ValueKind } from './value-kind.ts';

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

/** A name of a person. */
export const personName: ValueKind = {
  ...text,
  problem(name) {
    if (!/\p{L}/u.test(name) || /^\s*n\s*\/\s*a\s*$/i.test(name)) return `is no name; ${checkOrLeaveOut}`;
    return isTitle(name) ? 'is a title, and no name; give the name, or leave it out' : undefined;
  },
};
