/** How fields, values and numbers are written for a person in Britain. */

const numbers = new Intl.NumberFormat('en-GB');
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const capitals = new Map(
  ['nhs', 'dbs', 'gp', 'id', 'uk', 'dob', 'sms', 'gdpr'].map(word => [word, word.toUpperCase()]),
);

/** @example numberOf(1234) // '1,234' */
export function numberOf(value: number): string {
  return numbers.format(value);
}

/** @example peopleOf(1) // '1 person' */
export function peopleOf(count: unknown): string {
  if (typeof count === 'number') return `${numberOf(count)} ${count === 1 ? 'person' : 'people'}`;
  const text = String(count);
  return text.startsWith('<') ? `Fewer than ${text.slice(1)} people` : 'A number of people that is hidden';
}

/** @example countOf('<5') // 'fewer than 5' */
export function countOf(count: unknown): string {
  if (typeof count === 'number') return numberOf(count);
  const text = String(count);
  if (text.startsWith('<')) return `fewer than ${text.slice(1)}`;
  return text === 'suppressed' ? 'hidden' : text;
}

/** @example fieldLabel('nhs_number') // 'NHS number' */
export function fieldLabel(name: string): string {
  const words = name
    .replace(/[_\s]+/g, ' ')
    .trim()
    .split(' ');
  const text = words.map(word => capitals.get(word.toLowerCase()) ?? word).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The name of a field inside of a sentence: `date of birth`, `NHS number`. */
export function fieldInside(name: string): string {
  const label = fieldLabel(name);
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

/** What people are grouped by: `created:quarter`, `age:10`, `postcode:area`. */
export function groupingLabel(by: string): string {
  const [field = '', part = ''] = by.split(':', 2);
  if (part === '') return fieldLabel(field);
  return /^\d/.test(part) ? `${fieldLabel(field)} in bands` : `${fieldLabel(field)} by ${part}`;
}

/** A group's value: a month and a quarter as they are said. */
export function groupLabel(value: string, by: string): string {
  const [, year = '', quarter] = (by.endsWith(':quarter') && /^(\d{4})-Q([1-4])$/.exec(value)) || [];
  if (quarter !== undefined) return `Q${quarter} ${year}`;
  if (by.endsWith(':month') && /^\d{4}-\d{2}$/.test(value)) return months.format(new Date(`${value}-01T00:00:00Z`));
  if (value === '(not recorded)') return 'Not recorded';
  return valueText(value);
}

/** A value of a record. Days are told as in Britain, yes and no as words. */
export function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const day = new Date(`${value}T00:00:00Z`);
    return Number.isNaN(day.getTime()) ? value : days.format(day);
  }
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');
}

/** @example listed(['a', 'b', 'c']) // 'a, b and c' */
export function listed(texts: readonly string[], word = 'and'): string {
  const last = texts.at(-1) ?? '';
  return texts.length < 2 ? last : `${texts.slice(0, -1).join(', ')} ${word} ${last}`;
}

const longestInSentence = 80;

/** A text on one line, so that it can't pass for words of somebody else. */
export function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestInSentence ? `${line.slice(0, longestInSentence - 1)}…` : line;
}

/** Fields that say what people are. */
const states = ['active', 'deceased'];

/**
 * The filters of an answer as a sentence.
 *
 * @param more what else holds, as `['district is Eastwick']`
 * @example sentenceOf({ type: 'Clients', district: 'Eastwick' }) // 'Clients whose district is Eastwick'
 */
export function sentenceOf(applied: Readonly<Record<string, unknown>>, more: readonly string[] = []): string {
  const { type, where = [], ...filters } = applied;
  const who = type === undefined ? 'People' : eitherOf(type);
  const isState = ([name, value]: [string, unknown]) => states.includes(name) && typeof value === 'boolean';
  const given = Object.entries(filters);
  const being = given.filter(isState).map(([name, value]) => (value ? name : `not ${name}`));
  const having = [
    ...given.filter(one => !isState(one)).map(([name, value]) => `${fieldInside(name)} is ${eitherOf(value)}`),
    ...[where].flat().map(condition => oneLine(String(condition))),
    ...more,
  ];
  const holding = [being.length > 0 && `who are ${listed(being)}`, having.length > 0 && `whose ${listed(having)}`];
  const told = holding.filter(part => part !== false);
  if (told.length > 0) return `${who} ${listed(told)}`;
  return type === undefined ? 'Everybody on the system' : who;
}

function eitherOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const values = [value].flat().flatMap(one => String(one).split(';'));
  return listed(
    values.map(one => oneLine(valueText(one.trim()))),
    'or',
  );
}
