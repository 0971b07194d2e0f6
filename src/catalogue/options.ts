import type { Option } from '../charitylog/people-api.ts';
import { closest, plain } from '../closest.ts';

/** Above this many options, a message names the closest ones only. */
const allNamedUpTo = 30;

/** The option that a text means, or what is wrong with it: a sentence for the caller. */
export type OptionMatch = { readonly option: Option } | { readonly problem: string };

/**
 * Finds the option that a text means: by id, by the whole name, or by the name in the singular, without regard to case,
 * accents and spacing; for reading also by a word or the beginning of exactly one name. Nothing is guessed.
 *
 * @param name the argument, for the message
 * @param forReading whether a part of a name will do
 */
export function matchOption(options: readonly Option[], text: string, name: string, forReading: boolean): OptionMatch {
  const matches = candidatesFor(options, text, forReading);
  const [option] = matches;
  if (option && matches.length === 1) return { option };
  const quoted = JSON.stringify(text);
  if (option)
    return { problem: `${name} ${quoted} fits several options: ${listOf(matches)}. Give the one meant, or its id.` };
  return { problem: `${name} has no option ${quoted}. ${choices(options, text)}` };
}

/** The name of the option with this id; the id itself where the dictionary doesn't have it. */
export function optionName(options: readonly Option[], id: string): string {
  return options.find(option => option.id === id)?.name ?? id;
}

/** The options whose name or id has the text in it, without regard to case, accents and spacing. */
export function searchOptions(options: readonly Option[], text: string): readonly Option[] {
  const wanted = plain(text);
  return options.filter(option => option.id === text.trim() || plain(option.name).includes(wanted));
}

function candidatesFor(options: readonly Option[], text: string, forReading: boolean): readonly Option[] {
  const wanted = plain(text);
  const tests: readonly ((option: Option, name: string) => boolean)[] = [
    option => option.id === text.trim(),
    (_, name) => name === wanted,
    (_, name) => singular(name) === singular(wanted),
    ...(forReading && wanted !== ''
      ? [
          (option: Option, name: string) =>
            name.startsWith(wanted) || option.name.split(/[^\p{L}\p{N}]+/u).some(word => plain(word) === wanted),
        ]
      : []),
  ];
  for (const test of tests) {
    const matches = options.filter(option => test(option, plain(option.name)));
    if (matches.length > 0) return matches;
  }
  return [];
}

function choices(options: readonly Option[], text: string): string {
  const names = options.map(option => option.name);
  const near = closest(text, names).flatMap(name => options.filter(option => option.name === name));
  const hint = near.length > 0 ? `Did you mean ${listOf(near)}? ` : '';
  if (options.length <= allNamedUpTo) return `${hint}Options (with ids): ${listOf(options)}.`;
  return hint || 'describe_fields with field and search finds the options.';
}

function listOf(options: readonly Option[]): string {
  return options.map(option => `${option.name} (${option.id})`).join(', ');
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  return /[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
