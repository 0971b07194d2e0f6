import { shownPeople } from '../../audit/audit-line.ts';
import { forEachInTurns } from '../../base/turns.ts';
import { typeField } from '../../catalogue/field.ts';
import type { Person } from '../../charitylog/api.ts';
import { inactiveNotes, nobodyNotes } from '../../people/asking/question.ts';
import { withLink } from '../../people/asking/record-link.ts';
import { listingKey, searchPeople as search } from '../../people/asking/search.ts';
import { freeTextNotes, viewOf } from '../../people/asking/show-person.ts';
import { readCursor, writeCursor } from '../../people/asking/sorting/cursor.ts';
import { openSorting } from '../../people/asking/sorting/sorting.ts';
import { namedFields } from '../arguments/named-fields.ts';
import { questionArguments, whyNoFilter } from '../arguments/question-arguments.ts';
import { sortArgument, sortOf } from '../arguments/sort-argument.ts';
import { fitRows } from '../fitting.ts';
import { readArguments, readingAnnotations, type Tool, withNotes } from '../tool.ts';

const defaultLimit = 10;
const question = questionArguments([
  { name: 'fields', kind: 'strings', description: 'more fields to show' },
  sortArgument,
  { name: 'limit', kind: 'integer', range: [1, 50] },
  { name: 'cursor', kind: 'string' },
]);

export const searchPeople: Tool = {
  name: 'search_people',
  title: 'Search people',
  description:
    'Finds people who match all filters. Choices take option names; "a;b" means either. Use count_people for numbers, ' +
    'get_person for a whole record. Returns total and short rows; repeat with next_cursor as cursor for more.',
  annotations: readingAnnotations,
  view: 'people',
  example: { type: 'Volunteers', where: ['email is blank'], fields: ['telephone'] },
  arguments: question.of,
  explain: whyNoFilter,

  async call(input, context) {
    const fields = await context.catalogue.fields(context.waiting);
    const parsed = readArguments(searchPeople, input, fields);
    const extra = namedFields(parsed, 'fields', fields);
    const asked = await question.read(parsed, fields, 1, context);
    const { sort, notes: sortNotes } = sortOf(parsed, fields);
    const sorting = sort && (await openSorting(sort, context));
    const limit = Number(parsed.values.get('limit') ?? defaultLimit);
    const belonging = {
      question: listingKey(asked, sorting),
      isSorted: sorting !== undefined,
      secret: context.cursorSecret,
    };
    const after = readCursor(parsed.values.get('cursor') as string | undefined, belonging);

    const [{ page, similar, applied, notes }] = await Promise.all([
      search(asked, { extra, sorting }, { after, limit, answers: context.answers }, context),
      context.catalogue.typesToShow(context.waiting),
    ]);
    const { people, places, hasMore } = page.slice(after, limit) ?? { people: [], places: [], hasMore: false };
    const view = await viewOf([...people, ...similar], [typeField, ...extra], context);
    const { recordUrl } = context.settings;
    const rowOf = (person: Person) => withLink(view.summaryOf(person, extra), recordUrl);
    const summaries: Record<string, unknown>[] = [];
    await forEachInTurns(people, person => void summaries.push(rowOf(person)));
    const { rows, notes: cutNotes } = await fitRows(summaries);
    const { rows: similarRows } = await fitRows(similar.map(rowOf));
    const last = places[rows.length - 1];
    const goesOn = hasMore || rows.length < people.length;
    return {
      total: page.total,
      people: rows,
      applied_filters: applied,
      ...(similarRows.length > 0 && { similar: similarRows }),
      ...(goesOn && last && { next_cursor: writeCursor(last, belonging) }),
      ...withNotes(
        ...parsed.notes,
        ...sortNotes,
        ...notes,
        ...inactiveNotes(asked, fields, page.total),
        ...nobodyNotes(asked, fields, page.total),
        ...view.notes,
        ...freeTextNotes([...rows, ...similarRows]),
        ...cutNotes,
      ),
    };
  },

  audited: ({ total, people, similar = [] }) => ({ count: total, ...shownPeople([people, similar].flat()) }),
};
