import { shownPeople } from '../../audit/audit-line.ts';
import { Budget, Share } from '../../base/budget.ts';
import { withCommas } from '../../base/numbers.ts';
import { foldSpelling } from '../../base/spelling.ts';
import { typeField } from '../../catalogue/field.ts';
import type { Person } from '../../charitylog/api.ts';
import { withLink } from '../../people/asking/record-link.ts';
import { viewOf } from '../../people/asking/show-person.ts';
import { readCursor, writeCursor } from '../../people/asking/sorting/cursor.ts';
import { questionArguments, whyNoFilterHere } from '../arguments/question-arguments.ts';
import { fitRows } from '../fitting.ts';
import { readArguments, readingAnnotations, type Tool, withNotes } from '../tool.ts';

const defaultLimit = 10;

/** What everybody who is compared may take, of all calls together, in bytes; a call may have a quarter of what is left. */
const room = new Budget(192 * 1_048_576);

const question = questionArguments(
  [
    { name: 'limit', kind: 'integer', range: [1, 50] },
    { name: 'cursor', kind: 'string' },
  ],
  { hasFilters: false, hasName: false },
);

export const findDuplicates: Tool = {
  name: 'find_duplicates',
  title: 'Find duplicates',
  description:
    'Finds people who may be recorded twice, by names, birthdays, numbers and addresses that agree. Only reads: users merge in ' +
    'Charitylog. Returns groups with why; repeat with next_cursor as cursor for more.',
  annotations: readingAnnotations,
  example: { type: 'Volunteers' },
  arguments: question.of,
  explain: (key, lists) =>
    foldSpelling(key) === 'name'
      ? 'name is no argument here: search_people finds everybody of a name; where compares those of a surname ("surname contains Tansley").'
      : whyNoFilterHere(key, lists),

  async call(input, context) {
    const lists = await context.catalogue.fields(context.waiting);
    const parsed = readArguments(findDuplicates, input, lists);
    const asked = await question.read(parsed, lists, 1, context);
    const limit = Number(parsed.values.get('limit') ?? defaultLimit);
    const belonging = { question: `duplicates ${asked.key}`, isSorted: true, secret: context.cursorSecret };
    const place = readCursor(parsed.values.get('cursor') as string | undefined, belonging);
    const after = place && { id: place.id, weight: Number(place.key) };

    // Few ask for it: it isn't read at the start.
    const { findDuplicates: find } = await import('../../people/asking/duplicates/find-duplicates.ts');
    const found = await find(asked, { after, limit, room: new Share(room), answers: context.answers }, context);
    const everybody = found.groups.flatMap(({ people }) => people);
    const view = await viewOf(everybody, [typeField], context);
    const rowOf = (person: Person) => withLink(view.summaryOf(person, []), context.settings.recordUrl);
    const { rows, notes: cutNotes } = await fitRows(
      found.groups.map(({ people, size, why }) => ({
        people: people.map(rowOf),
        ...(size > people.length && { further_people: size - people.length }),
        why,
      })),
    );
    const last = found.groups[rows.length - 1];
    const goesOn = found.hasMore || rows.length < found.groups.length;
    return {
      total: found.total,
      groups: rows,
      ...(goesOn && last && { next_cursor: writeCursor({ id: last.id, key: last.weight }, belonging) }),
      ...withNotes(
        ...parsed.notes,
        `${withCommas(found.compared)} people compared.`,
        ...found.notes,
        ...view.notes,
        ...cutNotes,
      ),
    };
  },

  audited: ({ total, groups }) => ({
    count: total,
    ...shownPeople((groups as { people: object[] }[]).flatMap(({ people }) => people)),
  }),
};
