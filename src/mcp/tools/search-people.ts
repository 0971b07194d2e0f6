import type { Field, FieldLists } from '../../catalogue/catalogue.ts';
import { namedFields } from '../../catalogue/find-field.ts';
import { typeField } from '../../people/asking/filters.ts';
import { Page, readCursor, writeCursor } from '../../people/asking/page.ts';
import {
  type AskingTool,
  inactiveNotes,
  type Question,
  questionSchema,
  readCall,
  readQuestion,
} from '../../people/asking/question.ts';
import { ask } from '../../people/asking/read-people.ts';
import type { RecentAnswer } from '../../people/asking/recent-answers.ts';
import { fieldsToResolve, freeTextNotes, shortFormFields, viewOf } from '../../people/asking/show-person.ts';
import { readingAnnotations, type Tool, type ToolContext } from '../tool.ts';

const defaultLimit = 10;
const asking: AskingTool = {
  tool: 'search_people',
  example: { type: 'Volunteers', name: 'Smith', fields: ['email'] },
  own: [
    { name: 'fields', kind: 'strings', description: 'more fields to show' },
    { name: 'limit', kind: 'integer', range: [1, 50] },
    { name: 'cursor', kind: 'string' },
  ],
};

export const searchPeople: Tool = {
  name: asking.tool,
  title: 'Search people',
  description:
    'Finds people who match all filters. Choices take option names; "a;b" means either. Use count_people for numbers, ' +
    'get_person for a whole record. Returns total and short rows; repeat with next_cursor as cursor for more.',
  annotations: readingAnnotations,

  schema: lists => questionSchema(asking, lists),

  async call(input, context) {
    const call = await readCall(asking, input, context);
    const { lists, parsed, help } = call;
    const extra = namedFields(parsed, 'fields', lists, help);
    const question = await readQuestion(call, 1, context);
    const limit = Number(parsed.values.get('limit') ?? defaultLimit);
    const afterId = readCursor(parsed.values.get('cursor') as string | undefined, question.key);

    const [{ page, applied }] = await Promise.all([
      answerFor(question, extra, afterId, limit, lists, context),
      context.catalogue.typesToShow(context.signal),
    ]);
    const { people, hasMore } = page.slice(afterId, limit) ?? { people: [], hasMore: false };
    const view = await viewOf(people, [typeField, ...extra], context.catalogue, context.signal);
    const rows = people.map(person => view.shortForm(person, extra));
    const notes = [...parsed.notes, ...inactiveNotes(question, lists, page.total), ...freeTextNotes(rows)];
    const last = people.at(-1);
    return {
      total: page.total,
      people: rows,
      applied_filters: applied,
      ...(hasMore && last && { next_cursor: writeCursor(last.id, question.key) }),
      ...(notes.length > 0 && { notes }),
    };
  },
};

/** The answer that holds this page: a recent one for a later page, else a new one. */
async function answerFor(
  question: Question,
  extra: readonly Field[],
  afterId: number,
  limit: number,
  lists: FieldLists,
  context: ToolContext,
): Promise<RecentAnswer> {
  const fields = [...shortFormFields, ...extra.map(field => field.name)];
  const key = JSON.stringify([question.key, fields]);
  const recent = afterId > 0 ? context.memory.recentAnswer(key) : undefined;
  if (recent?.page.slice(afterId, limit)) return recent;
  const { collected, applied } = await ask(
    question,
    fields,
    fieldsToResolve(extra),
    lists,
    () => new Page(afterId),
    context,
  );
  context.memory.keepAnswer(key, { page: collected, applied });
  return { page: collected, applied };
}
