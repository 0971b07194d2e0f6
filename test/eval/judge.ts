import { isObject } from '../../src/base/json.ts';
import type { SandboxPerson } from '../../src/sandbox/sandbox.ts';
import type { Expectation, NewRecord } from './question.ts';
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
    case 'groups':
      return isSameSet(countLines(answer.groups), countLines(expected.groups));
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
