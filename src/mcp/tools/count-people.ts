import { invalid, type Problem } from '../../base/errors.ts';
import { countPeople as count } from '../../people/asking/count.ts';
import { readGroupings } from '../../people/asking/counting/read-grouping.ts';
import { readSummaryOf } from '../../people/asking/counting/read-summary.ts';
import { lowestThreshold } from '../../people/asking/counting/suppression.ts';
import { questionArguments, whyNoFilter } from '../arguments/question-arguments.ts';
import { readArguments, readingAnnotations, type Tool, withNotes } from '../tool.ts';

const question = questionArguments([
  {
    name: 'by',
    kind: 'strings',
    description: 'up to 3: fields, "created:month", "age:10", "age:18,65", "postcode:area" or ":district"',
    aliases: ['group_by'],
  },
  { name: 'percent', kind: 'boolean', aliases: ['percentage', 'percentages', 'percents'] },
  { name: 'suppress_below', kind: 'integer', range: [lowestThreshold, 1000] },
  {
    name: 'summary_of',
    kind: 'string',
    description: '"age" or a number',
    aliases: ['average_of', 'average', 'mean', 'summary'],
  },
]);

const percentAlone: Problem = {
  text: 'percent is of groups: name the fields to group by in by, and leave out a filter of the same field.',
};

export const countPeople: Tool = {
  name: 'count_people',
  title: 'Count people',
  description:
    'Counts the people who match all filters, in groups by the fields in by. Filters are those of search_people, which ' +
    'lists the people. Returns total and groups.',
  annotations: readingAnnotations,
  view: 'breakdown',
  example: { type: 'Clients', where: ['age >= 65'], by: ['district', 'age:10'] },
  arguments: question.of,
  explain: whyNoFilter,

  async call(input, context) {
    const fields = await context.catalogue.fields(context.waiting);
    const parsed = readArguments(countPeople, input, fields);
    const { by, notes } = readGroupings((parsed.values.get('by') ?? []) as readonly string[], fields);
    const hasPercent = parsed.values.get('percent') === true;
    if (hasPercent && by.length === 0) throw invalid(percentAlone);
    const numbers = parsed.values.get('summary_of') as string | undefined;
    const summaryOf = numbers === undefined ? undefined : await readSummaryOf(numbers, fields, context);
    const asked = await question.read(parsed, fields, 1, context);

    const suppressBelow = Number(parsed.values.get('suppress_below') ?? 0);
    const counted = await count(asked, { by, hasPercent, suppressBelow, summaryOf }, context);
    return {
      total: counted.total,
      ...(by.length > 0 && { groups: counted.groups }),
      ...(counted.summary && { summary: counted.summary }),
      applied_filters: counted.applied,
      ...withNotes(...parsed.notes, ...notes, ...counted.notes),
    };
  },

  audited: ({ total }) => ({ count: total }),
};
