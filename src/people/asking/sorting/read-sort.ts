import { bounds } from '../../../base/bounds.ts';
import { invalid, type Mend } from '../../../base/errors.ts';
import type { Field, FieldLists } from '../../../catalogue/field.ts';
import { findField, unknownField } from '../../../catalogue/find-field.ts';
import type { NamedField } from '../conditions/condition.ts';
import { readBeginning } from '../conditions/subject.ts';

/** What people are sorted by, and which way. */
export interface Sort extends NamedField {
  readonly isDown: boolean;
}

/** What `sort` was read as, and what the caller should know of it. */
export interface ReadSort {
  readonly sort: Sort;
  readonly notes: readonly string[];
}

/** The sort as it is given: `-created`. */
export function printSort({ name, isDown }: Sort): string {
  return isDown ? `-${name}` : name;
}

/**
 * Reads `sort`: a field, with `-` before it to go down, or as people say it (`created, newest first`).
 *
 * @throws CharitylogError `invalid` for several fields and for one that can't be read, with the form that is meant
 */
export function readSort(texts: readonly string[], fields: FieldLists): ReadSort {
  const whole = wholeTexts(texts, fields.selectable);
  const [text = '', ...others] = whole;
  const read = readOne(text, fields);
  if ('problem' in read)
    throw invalid({ text: `sort: ${read.problem}`, mend: read.meant === undefined ? undefined : sortBy(read.meant) });
  const printed = printSort(read);
  if (others.length > 0) {
    const problem = 'sort takes one field; people with the same value come in the order of their ids.';
    throw invalid({ text: problem, mend: sortBy(printed) });
  }
  return { sort: read, notes: text === printed ? [] : [`sort ${JSON.stringify(text)} was taken as ${printed}.`] };
}

/** Separators part fields; what only tells the direction belongs to the field before it. */
function wholeTexts(texts: readonly string[], selectable: readonly Field[]): readonly string[] {
  const parts = texts.flatMap(text => (findField(selectable, text) ? [text] : text.split(',')));
  const whole: string[] = [];
  for (const part of parts.map(text => text.trim()).filter(text => text !== '')) {
    if (wayOf(part) && whole.length > 0) whole.push(`${whole.pop()}, ${part}`);
    else whole.push(part);
  }
  return whole;
}

function sortBy(sort: string): Mend {
  return args => ({ ...args, sort });
}

type Read = Sort | { readonly problem: string; readonly meant?: string | undefined };

function readOne(text: string, fields: FieldLists): Read {
  if (text.length > bounds.saidField) return { problem: `a field has at most ${bounds.saidField} characters.` };
  const words = text.replace(/[\s,()[\]]+/g, ' ').trim();
  const [, sign = '', said = ''] = /^(?:(?:sort|order)(?:ed)? )?(?:by )?([-+−–]?) ?(.*)$/i.exec(words) ?? [];
  const { selectable } = fields;
  const [, first = '', behind] = leadingWay.exec(said) ?? [];
  const read = fieldAndWay(said, selectable) ?? (behind && fieldAndWay(`${behind} ${first}`, selectable));
  if (!read) return unknown(behind ?? said, sign, fields);
  const { named, way } = read;
  const isDown = way && isDownward(way, named);
  const isDownBySign = sign === '' ? undefined : sign !== '+';
  if (isDown !== undefined && isDownBySign !== undefined && isDown !== isDownBySign)
    return { problem: `${JSON.stringify(text)} says two directions; "-" before a field goes down.` };
  return { ...named, isDown: isDown ?? isDownBySign ?? false };
}

/** A field and the direction behind it; `undefined` where there is anything else. */
function fieldAndWay(
  words: string,
  selectable: readonly Field[],
): { readonly named: NamedField; readonly way: Way | undefined } | undefined {
  const { named, rest = '' } = namedIn(words, selectable) ?? {};
  const way = wayOf(rest);
  return named && (way || rest === '') ? { named, way } : undefined;
}

/** The field that a text begins with, and the rest. People shown have a name, which stands in order of the surname. */
function namedIn(words: string, selectable: readonly Field[]): { named: NamedField; rest: string } | undefined {
  const beginning = readBeginning(words, selectable);
  if ('named' in beginning) return beginning;
  const name = /^(?:(?:full|last|family)[ _]?)?name(?:$|[ :](.*)$)/i.exec(words);
  const surname = selectable.find(({ name }) => name === 'surname');
  return name && surname ? { named: { name: surname.name, field: surname }, rest: name[1]?.trim() ?? '' } : undefined;
}

function unknown(words: string, sign: string, fields: FieldLists): Read {
  const [, name = words, rest = ''] = trailingWay.exec(words) ?? [];
  const { text, meant } = unknownField(fields, name);
  const beginning = readBeginning(name, fields.selectable);
  // A label of several fields: which one is meant is for the caller to say.
  const isOfSeveral = 'problem' in beginning && findField(fields.selectable, name) !== undefined;
  if (isOfSeveral) return { problem: beginning.problem };
  const field = fields.selectable.find(one => one.name === meant);
  const way = wayOf(rest);
  const isDown = field && way ? isDownward(way, field) : sign !== '' && sign !== '+';
  return { problem: text, meant: field && printSort({ name: field.name, field, isDown }) };
}

type Way = 'up' | 'down' | 'newest' | 'oldest';

const ways: readonly (readonly [Way, string])[] = [
  ['up', 'asc|ascending|up|upwards|a ?(?:-|–|to) ?z|lowest|smallest|fewest|earliest'],
  ['down', 'desc|descending|down|downwards|reverse|reversed|z ?(?:-|–|to) ?a|highest|largest|biggest|most'],
  ['newest', 'newest|latest|most recent|recent|youngest'],
  ['oldest', 'oldest'],
];
const anyWay = ways.map(([, words]) => words).join('|');
const leadingWay = new RegExp(`^(${anyWay})(?: first)?(?: by| of)? +(\\S.*)$`, 'i');
const trailingWay = new RegExp(`^(.*?)[ :-]+((?:${anyWay})(?: first)?)$`, 'i');

/** The direction that a text tells, and nothing else. */
function wayOf(text: string): Way | undefined {
  const words = text
    .replace(/^[\s:-]+/, '')
    .replace(/\.$/, '')
    .trim();
  return ways.find(([, one]) => new RegExp(`^(?:${one})(?: first)?$`, 'i').test(words))?.[0];
}

/** The oldest people have the highest ages, and the earliest days of birth. */
function isDownward(way: Way, { name }: Pick<NamedField, 'name'>): boolean {
  if (way === 'up' || way === 'down') return way === 'down';
  return name === 'age' ? way === 'oldest' : way === 'newest';
}
