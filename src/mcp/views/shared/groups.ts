import type { Params } from './host.ts';
import { fieldInside, groupLabel, oneLine } from './words.ts';

/** A group as the answer tells it. */
interface ToldGroup {
  readonly value: string;
  readonly count: number | string;
  readonly percent?: number | string;
  readonly groups?: readonly ToldGroup[];
}

/** A group with those that it is in, the outermost first. */
export interface Row {
  readonly path: readonly string[];
  readonly count: number | string;
  readonly percent: number | string | undefined;
}

/** The groups of an answer in their order, each before those within it. */
export function rowsOf(groups: unknown, above: readonly string[] = []): readonly Row[] {
  return ((groups ?? []) as readonly ToldGroup[]).flatMap(({ value, count, percent, groups: inner }) => {
    const path = [...above, value];
    return [{ path, count, percent }, ...rowsOf(inner, path)];
  });
}

/** The fields that people are grouped by, as the call names them: a list, or a text with separators. */
export function groupingsOf(input: Params, depth: number): readonly string[] {
  const given = input.by ?? input.group_by ?? [];
  const texts = typeof given === 'string' ? given.replace(/[[\]"]/g, '').split(/[;,]/) : [given].flat().map(String);
  // A band has commas of its own, so the last of a text that doesn't fit its groups is left whole.
  const named = texts.length > depth && typeof given === 'string' ? [given] : texts;
  return Array.from({ length: depth }, (_, n) => named[n]?.trim() ?? `group ${n + 1}`);
}

/** The label of a group, by the field of its depth. */
export function labelAt(path: readonly string[], by: readonly string[], depth = path.length - 1): string {
  return groupLabel(path[depth] ?? '', by[depth] ?? '');
}

/** What holds for the people of a group, for a sentence: `district is “Eastwick”`. */
export function conditionsOf({ path }: Row, by: readonly string[]): string[] {
  return path.map((value, depth) => {
    const field = fieldInside((by[depth] ?? '').split(':', 1)[0] ?? '');
    return value === '(not recorded)' ? `${field} is not recorded` : `${field} is “${oneLine(value)}”`;
  });
}

/** True where a count is told as a number. */
export function isTold(value: unknown): value is number {
  return typeof value === 'number';
}
