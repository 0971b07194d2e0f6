import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import { bounds } from '../base/bounds.ts';
import { andMore } from '../base/errors.ts';
import { isObject } from '../base/json.ts';
import { withCommas } from '../base/numbers.ts';
import { quote } from '../base/quote.ts';

/** An argument of a prompt; all are texts. */
export interface PromptArgument {
  readonly description: string;
  readonly required?: boolean;
  /** A text of many lines. */
  readonly mayBeLong?: boolean;
}

type PromptArguments = Readonly<Record<string, PromptArgument>>;

/** The arguments that were given, by name. */
export type PromptValues = Readonly<Record<string, string | undefined>>;

/**
 * The schema of a prompt's arguments. They are few and all texts, and every start registers them: schemas of zod would be
 * built for each.
 */
export function promptSchema(list: PromptArguments): StandardSchemaWithJSON<PromptValues, PromptValues> {
  const all = Object.entries(list);
  const jsonSchema = () => ({
    type: 'object',
    properties: Object.fromEntries(all.map(([name, { description }]) => [name, { type: 'string', description }])),
    required: all.flatMap(([name, { required }]) => (required ? [name] : [])),
  });
  const validate = (input: unknown) => {
    const given = isObject(input) ? input : {};
    const problems = problemsOf(given, list);
    if (problems.length > 0) return { issues: problems.map(message => ({ message })) };
    return { value: given as PromptValues };
  };
  const json = { input: jsonSchema, output: jsonSchema };
  return { '~standard': { version: 1, vendor: 'charitylog-mcp', validate, jsonSchema: json } };
}

function problemsOf(given: Readonly<Record<string, unknown>>, list: PromptArguments): readonly string[] {
  const names = Object.keys(list);
  const unknown = Object.keys(given).filter(name => !names.includes(name));
  const longest = (name: string) => (list[name]?.mayBeLong ? bounds.listText : bounds.shortText);
  const tooLong = names.filter(name => String(given[name] ?? '').length > longest(name));
  const malformed = names.filter(name => given[name] !== undefined && typeof given[name] !== 'string');
  const missing = names.filter(name => list[name]?.required && !String(given[name] ?? '').trim());
  return [
    ...tooLong.map(name => `${name} takes at most ${withCommas(longest(name))} characters`),
    ...unknown
      .slice(0, bounds.problems)
      .map(name => `there is no argument ${quote(name)}; arguments: ${names.join(', ')}`),
    ...(unknown.length > bounds.problems ? [andMore(unknown.length - bounds.problems)] : []),
    ...malformed.map(name => `${name} takes a text`),
    ...missing.map(name => `${name} is missing`),
  ];
}
