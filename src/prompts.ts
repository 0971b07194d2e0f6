import { completable, type GetPromptResult, type McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Catalogue } from './catalogue/catalogue.ts';
import { plain } from './closest.ts';
import { findField } from './tools/field-list.ts';

/** The longest that a completion may take, in milliseconds: somebody is typing. */
const longestCompletionMs = 5000;
const maxCompletions = 100;

/** Registers ready-made requests, with completion of this charity's types, fields and options. */
export function registerPrompts(mcp: McpServer, catalogue: Catalogue, isReadOnly: boolean): void {
  const type = completable(z.string().describe('Client type'), text => typeNames(catalogue, text)).optional();

  mcp.registerPrompt(
    'find_person',
    {
      title: 'Find a person',
      description: 'Find people by name, type and one more field',
      argsSchema: z.object({
        name: z.string().optional().describe('Any words of the name'),
        type,
        field: completable(z.string().describe('A field to search by'), text => fieldNames(catalogue, text)).optional(),
        value: completable(z.string().describe("The field's value"), (text, context) =>
          optionNames(catalogue, context?.arguments?.field, text),
        ).optional(),
      }),
    },
    ({ name, type, field, value }) =>
      request(
        `Find the people on Charitylog${clause('called', name)}${clause('of type', type)}` +
          `${field && value ? ` whose ${field} is ${value}` : ''}. Use search_people, and tell me how many there are and who.`,
      ),
  );

  mcp.registerPrompt(
    'people_breakdown',
    {
      title: 'Break people down',
      description: 'How many people there are, by one or two fields',
      argsSchema: z.object({
        by: completable(z.string().describe('The field to group by'), text => fieldNames(catalogue, text)),
        and_by: completable(z.string().describe('A second field'), text => fieldNames(catalogue, text)).optional(),
        type,
      }),
    },
    ({ by, and_by, type }) =>
      request(
        `How many people are there on Charitylog${clause('of type', type)} by ${by}${clause('and', and_by)}? ` +
          'Use count_people, and show the numbers as a table with the total.',
      ),
  );

  if (isReadOnly) return;
  mcp.registerPrompt(
    'register_person',
    {
      title: 'Register a person',
      description: 'Add a new person, after checking that they are not there yet',
      argsSchema: z.object({
        first_name: z.string().describe('First name'),
        surname: z.string().describe('Surname'),
        type,
      }),
    },
    ({ first_name, surname, type }) =>
      request(
        `Register ${first_name} ${surname}${clause('as', type)} on Charitylog. Search for them by name first; if somebody ` +
          'may be the same person, show me who and ask. Ask me for what else should be recorded, then use create_person once.',
      ),
  );
}

function request(text: string): GetPromptResult {
  return { messages: [{ role: 'user', content: { type: 'text', text } }] };
}

function clause(word: string, value: string | undefined): string {
  return value ? ` ${word} ${value}` : '';
}

function typeNames(catalogue: Catalogue, text: string): Promise<string[]> {
  return suggestions(text, async signal => (await catalogue.types(signal)).map(type => type.name));
}

function fieldNames(catalogue: Catalogue, text: string): Promise<string[]> {
  return suggestions(text, async signal => (await catalogue.lists(signal)).filterable.map(field => field.name));
}

function optionNames(catalogue: Catalogue, name: string | undefined, text: string): Promise<string[]> {
  return suggestions(text, async signal => {
    const field = findField((await catalogue.lists(signal)).filterable, name ?? '');
    const options = field && (await catalogue.options(field, signal));
    return options?.map(option => option.name) ?? [];
  });
}

/** The names that have the text in them, those that begin with it first; none where the system can't be asked. */
async function suggestions(text: string, load: (signal: AbortSignal) => Promise<readonly string[]>): Promise<string[]> {
  const wanted = plain(text);
  const names = await load(AbortSignal.timeout(longestCompletionMs)).catch(() => []);
  const found = names.filter(name => plain(name).includes(wanted));
  const begins = (name: string) => (plain(name).startsWith(wanted) ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, maxCompletions);
}
