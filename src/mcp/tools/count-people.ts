import { invalid } from '../../base/errors.ts';
import { isIdentifying } from '../../catalogue/meaning.ts';
import { countPeople as count } from '../../people/asking/count.ts';
import { inactiveNotes } from '../../people/asking/question.ts';
import { namedFields } from '../arguments/named-fields.ts';
import { questionArguments, whyNoFilter } from '../arguments/question-arguments.ts';
import { readArguments, readingAnnotations, type Tool, withNotes } from '../tool.ts';

const question = questionArguments([{ name: 'by', kind: 'strings', description: '1 or 2 fields' }]);

export const countPeople: Tool = {
  name: 'count_people',
  title: 'Count people',
  description:
    'Counts the people who match all filters, in groups by the fields in by. Filters are those of search_people, which ' +
    'lists the people. Returns total and groups.',
  annotations: readingAnnotations,
  example: { type: 'Clients', by: ['district'] },
  arguments: question.of,
  explain: whyNoFilter,

  async call(input, context) {
    const fields = await context.catalogue.fields(context.signal);
    const parsed = readArguments(countPeople, input, fields);
    const by = namedFields(parsed, 'by', fields);
    const problems = by.flatMap(({ name }) =>
      isIdentifying(name) ? [`by: ${name} tells people apart one by one.`] : [],
    );
    if (by.length > 2) problems.push('by takes one or two fields.');
    if (problems.length > 0) throw invalid(...problems);
    const asked = await question.read(parsed, fields, 1, context);

    const { counter, applied, notes } = await count(asked, by, context);
    const { groups, notes: groupNotes } = counter.present();
    return {
      total: counter.total,
      ...(by.length > 0 && { groups }),
      applied_filters: applied,
      ...withNotes(...parsed.notes, ...notes, ...groupNotes, ...inactiveNotes(asked, fields, counter.total)),
    };
  },

  audited: ({ total }) => ({ count: total }),
};
