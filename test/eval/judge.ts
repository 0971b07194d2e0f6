import { isObject } from '../../src/base/json.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import type { Expectation, Groups, NewRecord } from './question.ts';
import { hasWord, letters, squeezed } from './spelling.ts';

/** A call of a tool, as the door to the server logs it. */
export interface LoggedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Of the result, as the assistant had to read it. */
  readonly tokens: number;
}

/** What was seen of the assistant besides its answers. */
export interface Evidence {
  /** The calls for this question. */
  readonly calls: readonly LoggedCall[];
  /** Everybody who was added, for whichever question. */
  readonly added: readonly SandboxPerson[];
}

type Answer = Readonly<Record<string, unknown>>;

/**
 * Whether an answer is what was expected. The answer to a question that isn't about adding people is wrong, whatever it
 * says, when somebody was sent to be added.
 */
export function isRight(expected: Expectation, answer: unknown, { calls, added }: Evidence): boolean {
  if (!isObject(answer)) return false;
  const isAboutAdding = expected.is === 'created' || expected.is === 'not created';
  if (!isAboutAdding && calls.some(isCreation)) return false;
  return isExpected(expected, answer, added);
}

function isExpected(expected: Expectation, answer: Answer, added: Evidence['added']): boolean {
  switch (expected.is) {
    case 'count':
      return isNumber(answer.count, expected.count);
    case 'ids':
      return Array.isArray(answer.ids) && isSameSet(answer.ids.map(Number), expected.ids);
    case 'list':
      return Array.isArray(answer.ids) && isInOrder(answer.ids.map(Number), expected.places);
    case 'groups':
      return isSameSet(countLines(answer.groups), countLines(expected.groups));
    case 'hidden groups':
      return isHidden(expected.groups, answer.groups);
    case 'text':
      return isTextAlone(answer, expected.all, expected.anyWord);
    case 'either':
      return expected.of.some(one => isExpected(one, answer, added));
    case 'created':
      return isCreated(expected.record, answer, added);
    case 'not created':
      return (
        isTextAlone(answer, [], expected.anyWord) && !added.some(person => hasFirstName(person, expected.firstName))
      );
  }
}

function isCreation({ tool, args }: LoggedCall): boolean {
  return tool === 'create_person' && args.dry_run !== true;
}

function isNumber(value: unknown, wanted: number): boolean {
  return (typeof value === 'number' || typeof value === 'string') && Number(value) === wanted;
}

function isInOrder(ids: readonly number[], places: readonly (readonly number[])[]): boolean {
  const isEachOnce = ids.length === places.length && new Set(ids).size === ids.length;
  return isEachOnce && places.every((place, index) => place.includes(ids[index] ?? 0));
}

function isSameSet<T>(values: readonly T[], wanted: readonly T[]): boolean {
  const [ours, theirs] = [new Set(values), new Set(wanted)];
  return ours.size === theirs.size && [...ours].every(value => theirs.has(value));
}

/** `{Female: {"25-34": 3}}` as `["female>2534=3"]`; groups with nobody are left out. */
function countLines(groups: unknown, path = ''): string[] {
  if (!isObject(groups)) return [`${path}=${groups}`].filter(() => Number(groups) !== 0);
  return Object.entries(groups).flatMap(([value, inner]) =>
    countLines(inner, `${path}>${squeezed(value).replace(/[^\p{L}\p{N}]/gu, '')}`),
  );
}

/** A count is hidden where it is below five; another one too, as a single hidden count is the total less all others. */
function isHidden(groups: Groups, answer: unknown): boolean {
  const told = countLines(answer).filter(line => !/=(?:<5|suppressed)$/.test(line));
  const small = countLines(groups).filter(line => Number(line.split('=')[1]) < 5);
  const large = countLines(groups).filter(line => !small.includes(line));
  const nameOf = (line: string) => line.split('=')[0];
  const hidden = countLines(answer).filter(line => !told.includes(line));
  const isSameGroups = isSameSet(countLines(answer).map(nameOf), countLines(groups).map(nameOf));
  return isSameGroups && told.every(line => large.includes(line)) && hidden.length !== 1;
}

function isTextAlone(answer: Answer, all: readonly string[], anyWord: readonly string[]): boolean {
  const { text, ...others } = answer;
  if (typeof text !== 'string' || Object.keys(others).length > 0) return false;
  const hasAll = all.every(part => squeezed(text).includes(squeezed(part)));
  return hasAll && (anyWord.length === 0 || anyWord.some(word => hasWord(text, word)));
}

function isCreated(record: NewRecord, answer: Answer, added: Evidence['added']): boolean {
  const [person, ...others] = added.filter(candidate => hasFirstName(candidate, record.first_name));
  if (!person || others.length > 0 || !isNumber(answer.id, person.id)) return false;
  const values = new Map(Object.entries(person));
  return Object.entries(record).every(([name, value]) => squeezed(`${values.get(name)}`) === squeezed(`${value}`));
}

function hasFirstName(person: SandboxPerson, firstName: string): boolean {
  return letters(person.first_name ?? '') === letters(firstName);
}
