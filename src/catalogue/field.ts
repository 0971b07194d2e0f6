import { foldSpelling } from '../base/spelling.ts';
import { visibleLine } from '../base/visible-text.ts';
import type { FieldKind, LiveField } from '../charitylog/api.ts';
import { computedFields, type KnownField, knownField, knownFields } from './known-fields.ts';
import { isIdentifying, isSpecialByName, type Meaning, meaningOf } from './meaning.ts';

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
  /** Shown in part only. */
  readonly masked?: true;
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

/** Fields as the live lists name them. */
type LiveLists = Readonly<Record<'filterable' | 'selectable', readonly LiveField[]>>;

/** The documented fields, as a live list would name them. */
export const documentedFields: LiveLists = {
  filterable: Object.entries<KnownField>(knownFields).flatMap(([name, { filter }]) => (filter ? [{ name }] : [])),
  selectable: Object.keys(knownFields).map(name => ({ name })),
};

/** Names of fields to hide and to mask; `sensitive` means all special-category ones. */
export interface FieldLimits {
  readonly hiddenFields: readonly string[];
  readonly maskedFields: readonly string[];
}

/** The lists of a system, without the fields that are to be hidden. */
export function fieldLists(live: LiveLists, isLive: boolean, { hiddenFields, maskedFields }: FieldLimits): FieldLists {
  const [isHidden, isMasked] = [isNamedIn(hiddenFields), isNamedIn(maskedFields)];
  const limited = (fields: readonly LiveField[]) =>
    inOrder(fields)
      .filter(field => !isHidden(field))
      .map(field => (isMasked(field) ? { ...field, masked: true as const } : field));
  const selectable = limited(live.selectable);
  return Object.freeze({
    isLive,
    filterable: limited(live.filterable),
    selectable,
    writable: selectable.filter(field => !computedFields.has(field.name)),
  });
}

/** All fields of these lists, the ones that are to be hidden too. */
export function allFields(...lists: readonly LiveLists[]): Field[] {
  return lists.flatMap(({ filterable, selectable }) => [...filterable, ...selectable]).map(toField);
}

/** The test for fields that a list of names means; `sensitive` means all special-category ones. */
function isNamedIn(names: readonly string[]): (field: Field) => boolean {
  if (names.length === 0) return () => false;
  const folded = new Set(names.map(foldSpelling));
  return ({ name, special }) => folded.has(foldSpelling(name)) || (special && folded.has('sensitive'));
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

/** What kind of personal data a field holds, as far as its name tells. */
export type Category = 'special category' | 'identifies or reaches somebody' | 'other';

/** The kind of data of a field; of one that is known by its name alone, `special` is told by that. */
export function categoryOf({ name, special = isSpecial(name) }: Pick<Field, 'name'> & Partial<Field>): Category {
  if (special) return 'special category';
  const meaning = meaningOf(name);
  const isTelling = isIdentifying(name) || meaning === 'birth date' || meaning === 'postcode' || name === 'name';
  return isTelling ? 'identifies or reaches somebody' : 'other';
}

function isSpecial(name: string): boolean {
  return knownField(name)?.special ?? isSpecialByName(name);
}
