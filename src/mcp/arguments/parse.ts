/**
 * Reads the arguments of a call. It mends what can be mended without guessing, says what it changed, and names everything
 * else: an argument never vanishes.
 */
import { bounds } from '../../base/bounds.ts';
import { andMore, invalidInAll, type Mend, type Problem } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { memoizeByObject } from '../../base/memoize.ts';
import { quote } from '../../base/quote.ts';
import { foldSpelling, meantBy, nearest } from '../../base/spelling.ts';
import { type GivenValue, isBlank } from '../../people/call.ts';
import { expandMore } from './more.ts';
import { readValue } from './read-value.ts';
import type { Argument } from './schema.ts';

/** What {@link parseArguments} made of a call's arguments. */
export interface ParsedArguments {
  /** By argument name; an argument that wasn't given isn't there. */
  readonly values: ReadonlyMap<string, GivenValue>;
  /** What was changed, in words for the caller. */
  readonly notes: readonly string[];
}

/** The tool that is called, as far as a wrong argument has to do with it. */
export interface CalledTool {
  readonly name: string;
  /** Says why this key can't be an argument here, where more is known than that it isn't one. */
  readonly explain?: (key: string) => string | Problem | undefined;
}

/** Above this many arguments, an error names the closest ones only. */
const allNamedUpTo = 30;

/**
 * Reads a call's arguments against their definitions.
 *
 * @throws CharitylogError `invalid` naming every unknown, malformed and missing argument, and what is right
 */
export function parseArguments(list: readonly Argument[], input: unknown, tool: CalledTool): ParsedArguments {
  const call = new ArgumentReader(list, tool);
  for (const [key, raw] of expandMore(input)) if (raw !== null && raw !== undefined) call.take(key, raw);
  return call.end();
}

/** The names of the arguments that a call gave, as the tool writes them; `undefined` stands for a name that it doesn't have. */
export function givenNames(list: readonly Argument[], input: unknown): readonly (string | undefined)[] {
  const index = spellings(list);
  return [...new Set(givenIn(input).map(([key]) => argumentOf(index, key)?.name))];
}

/** A call's arguments with their mistakes mended, under the names that the tool has for them. */
export function mended(list: readonly Argument[], input: unknown, mend: Mend): Readonly<Record<string, unknown>> {
  const index = spellings(list);
  const named = givenIn(input).map(([key, value]) => {
    const argument = argumentOf(index, key);
    const read = argument?.kind === 'strings' ? readValue(argument, value) : undefined;
    return [argument?.name ?? key, read && 'value' in read ? read.value : value];
  });
  return mend(Object.fromEntries(named));
}

/** Keys that workflow tools add to every call of a tool (n8n). */
const addedByWorkflows: ReadonlySet<string> = new Set(['tool', 'toolCallId', 'sessionId', 'action', 'chatInput']);

class ArgumentReader {
  readonly #list: readonly Argument[];
  readonly #tool: CalledTool;
  /** The first ones; `#problemCount` counts all. */
  readonly #problems: (string | Problem)[] = [];
  #problemCount = 0;
  readonly #notes: string[] = [];
  readonly #values = new Map<string, GivenValue>();
  readonly #malformed = new Set<string>();
  readonly #blankFilters: string[] = [];
  readonly #blanks: string[] = [];
  readonly #setAside: string[] = [];
  /** The list of arguments is told once, however many are unknown. */
  #isListTold = false;

  constructor(list: readonly Argument[], tool: CalledTool) {
    this.#list = list;
    this.#tool = tool;
  }

  /** Takes one key of the call. */
  take(key: string, raw: unknown): void {
    const argument = argumentOf(spellings(this.#list), key);
    if (!argument && addedByWorkflows.has(key)) {
      this.#setAside.push(key);
    } else if (!argument) {
      this.#addProblem(() => this.#unknown(key));
    } else if (this.#values.has(argument.name)) {
      this.#addProblem(() => `${argument.name} is given twice (also as ${quote(key)}); give it once.`);
    } else {
      if (key !== argument.name) this.#notes.push(`${quote(key)} was taken as ${argument.name}.`);
      this.#read(argument, raw);
    }
  }

  /** @throws CharitylogError `invalid` where anything was wrong */
  end(): ParsedArguments {
    const isMissing = ({ name, required }: Argument) =>
      required && !this.#values.has(name) && !this.#malformed.has(name);
    const missing = this.#list.filter(isMissing).map(({ name }) => name);
    if (missing.length > 0) {
      this.#addProblem(() => `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
    }
    if (this.#blankFilters.length > 0) {
      this.#addProblem(() => ({ text: blankFilters(this.#blankFilters), mend: without(this.#blankFilters) }));
    }
    if (this.#problemCount > 0) throw invalidInAll(this.#problems, this.#problemCount);
    if (this.#blanks.length > 0) this.#notes.push(`Blank, so not given: ${this.#blanks.join(', ')}.`);
    if (this.#setAside.length > 0) this.#notes.push(`Not an argument here, set aside: ${this.#setAside.join(', ')}.`);
    return { values: this.#values, notes: this.#notes };
  }

  /** What isn't told isn't made: a hint at what was meant takes long. */
  #addProblem(make: () => string | Problem): void {
    this.#problemCount++;
    if (this.#problems.length < bounds.problems) this.#problems.push(make());
  }

  #read(argument: Argument, raw: unknown): void {
    const { name } = argument;
    const read = readValue(argument, raw);
    if ('problem' in read) {
      // A filter's value may be meant as a condition; whoever knows the fields says so.
      const text = argument.isFilter ? readValue({ name, kind: 'string', several: true }, raw) : read;
      if ('value' in text) return void this.#values.set(name, text.value);
      this.#malformed.add(name);
      this.#addProblem(() => `${name} ${read.problem}.`);
      return;
    }
    if (read.note) this.#notes.push(`${name} ${read.note}.`);
    if (!isBlank(read.value)) this.#values.set(name, read.value);
    else (argument.isFilter ? this.#blankFilters : this.#blanks).push(name);
  }

  #unknown(key: string): string | Problem {
    const explained = key.length > bounds.name ? undefined : this.#tool.explain?.(key);
    if (explained) return explained;
    const names = this.#list.map(argument => argument.name);
    const near = nearest(key, names);
    const hint = near.length > 0 ? ` Did you mean ${near.join(' or ')}?` : '';
    const everything = names.length === 0 ? ' It takes no arguments.' : ` It takes: ${names.join(', ')}.`;
    const all = names.length <= allNamedUpTo || near.length === 0 ? everything : '';
    const text = `${this.#tool.name} has no argument ${quote(key)}.${hint}${this.#isListTold ? '' : all}`;
    this.#isListTold ||= all !== '';
    const meant = meantBy(key, near);
    const isGiven = this.#list.some(argument => argument.name === meant && !argument.isFromAnswer);
    return { text, mend: meant !== undefined && isGiven ? renamed(key, meant) : undefined };
  }
}

function renamed(key: string, name: string): Mend {
  return args =>
    name in args ? args : Object.fromEntries(Object.entries(args).map(([k, value]) => [k === key ? name : k, value]));
}

function without(names: readonly string[]): Mend {
  return args => Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

/** One sentence, however many there are: some clients fill every argument that they don't mean. */
function blankFilters(names: readonly string[]): string {
  const [shown, left] = [names.slice(0, 3), names.length - 3];
  const all = `${shown.join(', ')}${left > 0 ? ` ${andMore(left)}` : ''}`;
  return `${all} ${names.length === 1 ? 'is' : 'are'} blank: leave out each filter that is not meant.`;
}

/** The argument with this name, or with a spelling of it; a text that is no name is none. */
function argumentOf(index: ReadonlyMap<string, Argument>, key: string): Argument | undefined {
  if (key.length > bounds.name) return undefined;
  return index.get(key) ?? index.get(foldSpelling(key));
}

/** What a call gave, whether its `more` can be read or not. */
function givenIn(input: unknown): readonly (readonly [string, unknown])[] {
  const isGiven = ([, value]: readonly [string, unknown]) => value !== null && value !== undefined;
  try {
    return expandMore(input).filter(isGiven);
  } catch {
    return isObject(input) ? Object.entries(input).filter(isGiven) : [];
  }
}

/** Exact names first; then every spelling that differs only by case, spaces and separators, and the aliases. */
const spellings = memoizeByObject((list: readonly Argument[]): ReadonlyMap<string, Argument> => {
  const index = new Map(list.map(argument => [argument.name, argument]));
  for (const argument of list) {
    for (const spelling of [argument.name, ...(argument.aliases ?? [])]) {
      for (const key of [spelling, foldSpelling(spelling)]) if (!index.has(key)) index.set(key, argument);
    }
  }
  return index;
});
