import { bounds } from '../../../base/bounds.ts';
import { memoizeByObject } from '../../../base/memoize.ts';
import { quote } from '../../../base/quote.ts';
import { foldSpelling, meantBy, nearest } from '../../../base/spelling.ts';
import type { Field } from '../../../catalogue/field.ts';
import type { Option } from '../../../charitylog/api.ts';
import type { NamedField, Subject, Wrong } from './condition.ts';
import { denied } from './words.ts';

/** No field that is known. */
export interface UnknownField extends Wrong {
  /** The text with the nearest field in place of it. */
  readonly nearest?: string;
}

/** What a condition begins with, and the rest of it. */
interface Beginning {
  readonly named: NamedField;
  readonly rest: string;
}

/** Splits a condition behind the longest beginning that names a readable field, by its name or label in any spelling. */
export function readBeginning(text: string, selectable: readonly Field[]): Beginning | UnknownField {
  const names = namesOf(selectable);
  for (let end = Math.min(text.length, bounds.saidField); end > 0; end--) {
    if (!isEndOfName(text, end)) continue;
    const found = names.get(foldSpelling(text.slice(0, end)));
    if (!found) continue;
    const [named, ...others] = found;
    if (!named || others.length > 0) {
      const all = found.map(({ name }) => name).join(' or ');
      return { problem: `${quote(text.slice(0, end))} may be ${all}; give the name.` };
    }
    return { named, rest: text.slice(end).trim() };
  }
  return unknownName(text, selectable);
}

/** The one field, or age or birthday, that has this name or label. */
export function findSubject(selectable: readonly Field[], name: string): NamedField | undefined {
  const [named, ...others] = name.length > bounds.saidField ? [] : (namesOf(selectable).get(foldSpelling(name)) ?? []);
  return others.length > 0 ? undefined : named;
}

/** What a condition asks about, with the options of its field. */
export function subjectOf(field: Field, options: readonly Option[] | undefined, name = field.name): Subject {
  return { name, field, kind: kindOf(name, field, options), ...(options && { options }) };
}

function kindOf(name: string, { kind, meaning, ...field }: Field, options: Subject['options']): Subject['kind'] {
  if (name !== field.name) return name === 'age' ? 'age' : 'birthday';
  if (options || kind === 'choice') return 'choice';
  if (kind === 'yes_no') return kind;
  if (kind === 'date') return 'day';
  if (kind === 'count' || name === 'id') return 'number';
  return kind === 'unknown' || meaning === undefined || meaning === 'reference' || meaning === 'text' ? 'open' : 'text';
}

function isEndOfName(text: string, end: number): boolean {
  const isEnd = end === text.length || /[\s<>=!≥≤≠:~]/.test(text.charAt(end));
  return isEnd && /[\p{L}\p{N}\p{M})?]/u.test(text.charAt(end - 1)) && !/[<>=!≥≤≠~"“”;]/.test(text.slice(0, end));
}

/** The fields by folded name or label; a name wins over a label. Labels alone may be of several fields. */
const namesOf = memoizeByObject((selectable: readonly Field[]): ReadonlyMap<string, readonly NamedField[]> => {
  const names = new Map<string, NamedField[]>();
  for (const field of selectable) names.set(foldSpelling(field.name), [{ name: field.name, field }]);
  const birth = birthField(selectable);
  const derived = birth && { age: 'age', birthday: 'birthday', born: birth.name, dob: birth.name };
  for (const [word, name] of Object.entries(derived ?? {}))
    if (birth && !names.has(word)) names.set(word, [{ name, field: birth }]);
  const labels = new Map<string, NamedField[]>();
  for (const field of selectable) {
    const label = foldSpelling(field.label);
    if (!names.has(label)) labels.set(label, [...(labels.get(label) ?? []), { name: field.name, field }]);
  }
  return new Map([...names, ...labels]);
});

const allNames = memoizeByObject((selectable: readonly Field[]) => {
  const names = [...namesOf(selectable).values()].flat().map(({ name }) => name);
  return [...new Set(names)];
});

/** A person's own date of birth. */
function birthField(selectable: readonly Field[]): Field | undefined {
  const own = /^(date_of_birth|birth_?date|dob)$/i;
  return selectable.find(({ name, meaning }) => meaning === 'birth date' && own.test(name));
}

function unknownName(text: string, selectable: readonly Field[]): UnknownField {
  const [words = ''] = text
    .slice(0, bounds.saidField)
    .split(/\s(?:is|isn|are|has|contains|does|doesn|starts|not|today|\d{4})\b|\s\d+ ?\.\.|[<>=!≥≤≠:]/i)
    .map(part => part.trimEnd());
  if (denied(words) !== undefined)
    return { problem: `${quote(text)} begins with no field; write "FIELD is not VALUE".` };
  const near = nearest(words, allNames(selectable));
  const meant = meantBy(words, near);
  const isOfAge = /\b(over|under|older|younger|aged?)\b/i.test(text);
  const hint = `A condition begins with a field; ${isOfAge ? 'such as "age >= 65"' : 'describe_fields lists them'}.`;
  return {
    problem: `${quote(words)} is no field of this system that can be read. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : hint}`,
    ...(meant !== undefined && { nearest: meant + text.slice(words.length) }),
  };
}
