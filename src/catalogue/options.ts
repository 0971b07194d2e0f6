import type { Option } from '../charitylog/people-api.ts';
import { closest, plain } from '../closest.ts';
import { CharitylogError } from '../errors.ts';

/** Above this many options, an error names the closest ones only. */
const allNamedUpTo = 30;

/**
 * The client type that a text means: by id, by name, or by name in the singular, without regard to case, accents and
 * spacing. Nothing is guessed.
 *
 * @throws CharitylogError `invalid` naming the closest types, and all of them when they are few
 */
export function matchType(types: readonly Option[], text: string): Option {
  const wanted = plain(text);
  const matches = firstNonEmpty(
    types.filter(type => type.id === text.trim()),
    types.filter(type => plain(type.name) === wanted),
    types.filter(type => singular(plain(type.name)) === singular(wanted)),
  );
  const [match] = matches;
  if (match && matches.length === 1) return match;
  if (match) {
    throw new CharitylogError(
      'invalid',
      `type ${JSON.stringify(text)} fits several: ${listOf(matches)}. Give the id.`,
      {
        logText: 'ambiguous type',
      },
    );
  }
  throw new CharitylogError('invalid', `This charity has no type ${JSON.stringify(text)}. ${choices(types, text)}`, {
    logText: 'unknown type',
  });
}

/** The name of the option with this id; the id itself where the dictionary doesn't have it. */
export function optionName(options: readonly Option[], id: string): string {
  return options.find(option => option.id === id)?.name ?? id;
}

function choices(options: readonly Option[], text: string): string {
  const names = options.map(option => option.name);
  const near = closest(text, names).flatMap(name => options.filter(option => option.name === name));
  const hint = near.length > 0 ? `Did you mean ${listOf(near)}? ` : '';
  return options.length > allNamedUpTo ? hint.trim() : `${hint}Types (with ids): ${listOf(options)}.`;
}

function listOf(options: readonly Option[]): string {
  return options.map(option => `${option.name} (${option.id})`).join(', ');
}

function firstNonEmpty<T>(...lists: readonly T[][]): T[] {
  return lists.find(list => list.length > 0) ?? [];
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
