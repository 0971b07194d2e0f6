import { foldSpelling } from '../base/spelling.ts';
import { visibleLine } from '../base/visible-text.ts';
import type { FieldKind, LiveField } from '../charitylog/api.ts';
import { computedFields, type KnownField, knownField, knownFields } from './known-fields.ts';
import { isSpecialByName, type Meaning, meaningOf } from './meaning.ts';

/** A field of this charity's system. */
export interface Field {
  readonly name: string;
  readonly label: string;
  /** `unknown` where neither the manual nor the live list tells it; whether a dictionary exists does then. */
  readonly kind: FieldKind | 'unknown';
  /** What its text stands for; `undefined` for choices, counts and yes/no, and where the name doesn't tell. */
  readonly meaning: Meaning | undefined;
  /** Special-category data: shown only when asked for by name. */
  readonly special: boolean;
}

/** What can be filtered by, shown and written; documented fields first, then the others as the system lists them. */
export interface FieldLists {
  /** False while the documented fields stand in for the live lists. */
  readonly isLive: boolean;
  readonly filterable: readonly Field[];
  readonly selectable: readonly Field[];
  readonly writable: readonly Field[];
}

/** The client type as a field: every system has it, whether its lists name it or not. */
export const typeField: Field = {
  name: 'type',
  label: 'Type',
  kind: 'choice',
  meaning: undefined,
  special: false,
};

/** The documented fields, as a live list would name them. */
export const documentedFields: Readonly<Record<'filterable' | 'selectable', readonly LiveField[]>> = {
  filterable: Object.entries<KnownField>(knownFields).flatMap(([name, { filter }]) => (filter ? [{ name }] : [])),
  selectable: Object.keys(knownFields).map(name => ({ name })),
};

/**
 * The lists of a system, without the fields that are to be hidden.
 *
 * @param isVisible what {@link visibleUnless} makes of the names to hide
 */
export function fieldLists(
  live: Readonly<Record<'filterable' | 'selectable', readonly LiveField[]>>,
  isLive: boolean,
  isVisible: (field: Field) => boolean,
): FieldLists {
  const selectable = inOrder(live.selectable).filter(isVisible);
  return Object.freeze({
    isLive,
    filterable: inOrder(live.filterable).filter(isVisible),
    selectable,
    writable: selectable.filter(field => !computedFields.has(field.name)),
  });
}

/** All fields of these lists, the ones that are to be hidden too. */
export function allFields(
  ...lists: readonly Readonly<Record<'filterable' | 'selectable', readonly LiveField[]>>[]
): Field[] {
  return lists.flatMap(({ filterable, selectable }) => [...filterable, ...selectable]).map(toField);
}

/** The test for fields that aren't to be hidden; `sensitive` hides all special-category ones. */
export function visibleUnless(hiddenFields: readonly string[]): (field: Field) => boolean {
  if (hiddenFields.length === 0) return () => true;
  const hidden = new Set(hiddenFields.map(foldSpelling));
  return ({ name, special }) => !hidden.has(foldSpelling(name)) && !(special && hidden.has('sensitive'));
}

/** The names to hide that are no field of the system: each may be a slip. */
export function misspeltHiddenFields(hiddenFields: readonly string[], fields: readonly LiveField[]): readonly string[] {
  const known = new Set([...fields.map(field => foldSpelling(field.name)), 'sensitive']);
  return hiddenFields.filter(name => !known.has(foldSpelling(name)));
}

const ranks: ReadonlyMap<string, number> = new Map(Object.keys(knownFields).map((name, rank) => [name, rank]));

function inOrder(fields: readonly LiveField[]): Field[] {
  const rank = (name: string) => ranks.get(name) ?? ranks.size;
  return fields.map(toField).sort((a, b) => rank(a.name) - rank(b.name));
}

function toField({ name, label, kind: liveKind }: LiveField): Field {
  const known = knownField(name);
  const isAsKnown = known !== undefined && (label === undefined || label === known.label);
  const meaning = meaningOf(name);
  const kind = known?.kind ?? liveKind ?? kindOf(meaning);
  return {
    name,
    label: visibleLine(label ?? known?.label ?? name.replaceAll('_', ' ')),
    kind,
    meaning: ['choice', 'yes_no', 'count'].includes(kind) ? undefined : meaning,
    special: known?.special ?? (!isAsKnown && isSpecialByName(`${name} ${label ?? ''}`)),
  };
}

/** A field whose meaning is known has no options, so that nobody need ask for them. */
function kindOf(meaning: Meaning | undefined): Field['kind'] {
  if (meaning === undefined) return 'unknown';
  return meaning === 'date' || meaning === 'birth date' ? 'date' : 'text';
}
