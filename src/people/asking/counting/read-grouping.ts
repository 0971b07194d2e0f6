import { bounds } from '../../../base/bounds.ts';
import { invalid, type Mend, type Problem } from '../../../base/errors.ts';
import { meantBy, nearest } from '../../../base/spelling.ts';
import type { Field, FieldLists } from '../../../catalogue/field.ts';
import { findField, unknownField } from '../../../catalogue/find-field.ts';
import { isIdentifying } from '../../../catalogue/meaning.ts';
import type { NamedField } from '../conditions/condition.ts';
import { readBeginning } from '../conditions/subject.ts';
import { printBands, readBands } from './age-bands.ts';
import type { DateUnit, Grouping, Part, PostcodeUnit } from './grouping.ts';

const maxFields = 3;

/**
 * Reads `by`: fields, and parts of dates, ages and postcodes, as `created:month` or as people say it (`month of created`).
 *
 * @param texts also with the bounds of bands taken apart: `age:18`, `25`, `65`
 * @throws CharitylogError `invalid` for each that can't be read, with the form that is meant
 */
export function readGroupings(
  texts: readonly string[],
  fields: FieldLists,
): { readonly by: readonly Grouping[]; readonly notes: readonly string[] } {
  const by = new Map<string, Grouping>();
  const notes: string[] = [];
  const problems: Problem[] = [];
  const whole = wholeTexts(texts, fields.selectable);
  for (const [n, text] of whole.entries()) {
    const read = readGrouping(text, fields);
    if ('problem' in read) {
      problems.push({ text: `by: ${read.problem}`, mend: read.meant ? withText(whole, n, read.meant) : undefined });
      continue;
    }
    by.set(read.name, read);
    if (!isSaid(text, read)) notes.push(`by ${JSON.stringify(text)} was taken as ${read.name}.`);
  }
  if (by.size > maxFields) problems.push({ text: 'by takes one to three fields.' });
  if (problems.length > 0) throw invalid(...problems);
  return { by: [...by.values()], notes };
}

/** Separators part fields, and the bounds of bands too: a bound belongs to what stands before it. */
function wholeTexts(texts: readonly string[], selectable: readonly Field[]): readonly string[] {
  const parts = texts.flatMap(text => (findField(selectable, text) ? [text] : text.split(/[;,]/)));
  const whole: string[] = [];
  for (const part of parts.map(text => text.trim()).filter(text => text !== '')) {
    const isBound = /^(?:(?:under|below|<)\s*)?\d{1,3}\b/i.test(part) && !findField(selectable, part);
    if (isBound && whole.length > 0) whole.push(`${whole.pop()},${part}`);
    else whole.push(part);
  }
  return whole;
}

function withText(texts: readonly string[], n: number, meant: string): Mend {
  return args => ({ ...args, by: texts.with(n, meant) });
}

function isSaid(text: string, { name, part }: Grouping): boolean {
  return part.of === 'value' || text.toLowerCase().replace(/\s/g, '') === name.toLowerCase();
}

type Read = Grouping | { readonly problem: string; readonly meant?: string | undefined };

function readGrouping(text: string, fields: FieldLists): Read {
  const field = findField(fields.selectable, text);
  if (field) return ofField(field, fields.selectable);
  let problem: Read | undefined;
  for (const { subject, unit } of text.length > bounds.saidField ? [] : splits(text)) {
    const named = namedBy(subject, fields.selectable);
    const read = named && ofPart(named, unit.trim(), fields.selectable);
    if (read && !('problem' in read)) return read;
    problem ??= read;
  }
  return problem ?? readAge(text, fields.selectable) ?? unknown(text, fields);
}

/** What a text may say: `created:month`, `month of created`, `created by month`, `created month`. */
const forms: readonly RegExp[] = [
  /^(?<subject>[^:]+):(?<unit>.+)$/,
  /^(?<unit>.+?) of (?:the )?(?<subject>.+)$/i,
  /^(?<subject>.+?) (?:by|in|per|into) (?<unit>.+)$/i,
  /^(?<subject>ages?)\s(?<unit>.+)$/i,
  /^(?<subject>[^()]+)\((?<unit>[^()]+)\)$/,
  /^(?<subject>.+)[\s_-](?<unit>[a-z]+)$/i,
  /^(?<unit>[a-z]+)[\s_-](?<subject>.+)$/i,
];

function splits(text: string): { subject: string; unit: string }[] {
  return forms.flatMap(form => {
    const { subject, unit } = form.exec(text)?.groups ?? {};
    return subject && unit ? [{ subject, unit }] : [];
  });
}

const otherWords = new Map(Object.entries({ ages: 'age', birth: 'born', birthdate: 'born', postcodes: 'postcode' }));

function namedBy(words: string, selectable: readonly Field[]): NamedField | undefined {
  const said = words.trim();
  const beginning = readBeginning(otherWords.get(said.toLowerCase()) ?? said, selectable);
  return 'named' in beginning && beginning.rest === '' ? beginning.named : undefined;
}

/** A field itself, unless its values tell people apart. */
function ofField(field: Field, selectable: readonly Field[]): Read {
  const { name, meaning } = field;
  if (meaning === 'birth date') {
    const isOwn = namedBy('age', selectable)?.field === field;
    const forms = isOwn ? `age:10, age:18,25,65 or ${name}:year` : `${name}:year`;
    return {
      problem: `${name} tells people apart one by one. Give ${forms}.`,
      meant: isOwn ? 'age:10' : `${name}:year`,
    };
  }
  if (field.masked) return { problem: `${name} is shown in part only.${coarserForms(field)}` };
  if (isIdentifying(name)) return { problem: `${name} tells people apart one by one.` };
  return { name, field, part: field.kind === 'date' ? { of: 'date', unit: 'day' } : { of: 'value' } };
}

function ofPart({ name, field }: NamedField, text: string, selectable: readonly Field[]): Read | undefined {
  if (namedBy('age', selectable)?.field === field && name !== 'birthday') {
    const bands = readBands(text);
    if (typeof bands === 'string') return singleBound(text, bands);
    if (bands) return { name: `age:${printBands(bands)}`, field, part: { of: 'age', bands } };
  }
  if (name === field.name && field.meaning === 'postcode')
    return ofUnit(field, text, postcodeUnits, unit => ({ of: 'postcode', unit }));
  if (name === field.name && (field.kind === 'date' || field.kind === 'unknown'))
    return ofUnit(field, text, dateUnits, unit => ({ of: 'date', unit }));
  return undefined;
}

const dateUnits: readonly (readonly [DateUnit, RegExp])[] = [
  ['year', /^(?:(?:calendar )?years?|yearly|annual(?:ly)?)$/i],
  ['quarter', /^(?:quarters?|quarterly|qtr)$/i],
  ['month', /^(?:months?|monthly)$/i],
  ['day', /^(?:days?|daily|dates?)$/i],
];

const postcodeUnits: readonly (readonly [PostcodeUnit, RegExp])[] = [
  ['area', /^(?:areas?|letters)$/i],
  ['district', /^(?:districts?|outward(?: codes?)?|out ?codes?|first (?:half|part))$/i],
];

function ofUnit<Unit extends string>(
  field: Field,
  text: string,
  units: readonly (readonly [Unit, RegExp])[],
  partOf: (unit: Unit) => Part,
): Read {
  const unit = units.find(([, form]) => form.test(text))?.[0];
  if (unit !== undefined && field.masked && !isShown(unit))
    return { problem: `${field.name} is shown in part only.${coarserForms(field)}` };
  // A day of birth is nearly one person's alone.
  if (unit !== undefined && !(unit === 'day' && field.meaning === 'birth date'))
    return { name: unit === 'day' ? field.name : `${field.name}:${unit}`, field, part: partOf(unit) };
  const names = units.map(([name]) => name).filter(name => name !== 'day');
  const meant = meantBy(text, nearest(text, names));
  const shown = names.map(name => `${field.name}:${name}`);
  return {
    problem: `${JSON.stringify(text)} is no part of ${field.name} to count by; give ${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}.`,
    meant: meant && `${field.name}:${meant}`,
  };
}

/** Of a masked value, these parts are shown anyway. */
function isShown(unit: string): boolean {
  return unit === 'year' || unit === 'area' || unit === 'district';
}

function coarserForms({ name, kind, meaning }: Field): string {
  if (meaning === 'postcode') return ` Give ${name}:district or ${name}:area.`;
  return kind === 'date' ? ` Give ${name}:year.` : '';
}

function singleBound(text: string, starts: string): Read {
  const [, age] = starts.split(',');
  return {
    problem: `age:${text} may be bands of ${age} years, or people under ${age} and the others; for the latter give age:${starts}.`,
    meant: `age:${starts}`,
  };
}

/** `age`, `age bands`: nobody can tell which. */
function readAge(text: string, selectable: readonly Field[]): Read | undefined {
  if (!/^ages?(?:[\s_-]?(?:bands?|groups?|ranges?))?$/i.test(text) || !namedBy('age', selectable)) return undefined;
  return {
    problem: `${text} needs its bands: age:10 for bands of ten years, age:18,25,65 for bands from these ages on.`,
    meant: 'age:10',
  };
}

/** A unit alone names no date. */
function unknown(text: string, fields: FieldLists): Read {
  const dates = fields.selectable.filter(({ kind, meaning }) => kind === 'date' && meaning !== 'birth date');
  const unit = dateUnits.find(([, form]) => form.test(text))?.[0];
  if (unit !== undefined && dates.length > 0) {
    const all = dates.slice(0, 5).map(({ name }) => `${name}:${unit}`);
    return {
      problem: `${JSON.stringify(text)} needs a date: ${all.join(', ')}.`,
      meant: all.length === 1 ? all[0] : undefined,
    };
  }
  const { text: problem, meant } = unknownField(fields, text);
  return { problem, meant };
}
