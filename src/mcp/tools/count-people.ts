import { isCharitylogError } from '../../base/errors.ts';
import type { Field, FieldLists } from '../../catalogue/catalogue.ts';
import { namedFields } from '../../catalogue/find-field.ts';
import { GroupCounter, type GroupField } from '../../people/asking/groups.ts';
import {
  type AskingTool,
  inactiveNotes,
  type Question,
  questionSchema,
  readCall,
  readQuestion,
} from '../../people/asking/question.ts';
import { ask, withOtherSpellings } from '../../people/asking/read-people.ts';
import { fieldsToResolve } from '../../people/asking/show-person.ts';
import { wrongArguments } from '../arguments/parse.ts';
import { readingAnnotations, type Tool, type ToolContext } from '../tool.ts';

const asking: AskingTool = {
  tool: 'count_people',
  example: { type: 'Clients', by: ['district'] },
  own: [{ name: 'by', kind: 'strings', description: '1 or 2 fields' }],
};

export const countPeople: Tool = {
  name: asking.tool,
  title: 'Count people',
  description:
    'Counts the people who match all filters, in groups by the fields in by. Filters are those of search_people, which ' +
    'lists the people. Returns total and groups.',
  annotations: readingAnnotations,

  schema: lists => questionSchema(asking, lists),

  async call(input, context) {
    const call = await readCall(asking, input, context);
    const { lists, parsed, help } = call;
    const by = namedFields(parsed, 'by', lists, help);
    const problems = by.flatMap(field =>
      identifying.test(field.name) ? [`by: ${field.name} tells people apart one by one.`] : [],
    );
    if (by.length > 2) problems.push('by takes one or two fields.');
    if (problems.length > 0) throw wrongArguments(problems, help);
    const question = await readQuestion(call, Math.max(1, by.length), context);

    const { counter, applied } = await countBy(question, by, lists, context);
    const { groups, notes } = counter.present();
    const allNotes = [...parsed.notes, ...notes, ...inactiveNotes(question, lists, counter.total)];
    return {
      total: counter.total,
      ...(by.length > 0 && { groups }),
      applied_filters: applied,
      ...(allNotes.length > 0 && { notes: allNotes }),
    };
  },
};

/** Fields whose groups would be a list of the people themselves. */
const identifying =
  /^(id|external_id|first_name|surname|known_as|notes)$|e_?mail|phone|mobile|nhs_number|number$|^address/;

interface Counted {
  readonly counter: GroupCounter;
  readonly applied: Readonly<Record<string, unknown>>;
}

/**
 * Counts by a report of the live system, once reports were seen to agree with the records; by reading the records
 * until then, and wherever a report can't tell: for names, for types (of which one person may have several), and where
 * a filter has two spellings.
 */
async function countBy(
  question: Question,
  fields: readonly Field[],
  lists: FieldLists,
  context: ToolContext,
): Promise<Counted> {
  const by = await Promise.all(
    fields.map(async field => ({ field, options: await context.catalogue.options(field, context.signal) })),
  );
  const { reports } = context.memory;
  const key = fields.map(field => field.name).join();
  if (!isReportable(question, fields) || reports.get(key) === 'unusable')
    return countByRecords(question, by, lists, context);
  const report = countByReport(question, by, context);
  const proven = reports.get(key) === 'proven' ? await report : undefined;
  if (proven instanceof GroupCounter) return { counter: proven, applied: question.applied };
  const [records, reported] = await Promise.all([countByRecords(question, by, lists, context), report]);
  const verdict = verdictOn(reported, records.counter);
  if (verdict) reports.set(key, verdict);
  return records;
}

function isReportable({ hasName, query }: Question, fields: readonly Field[]): boolean {
  return !hasName && fields.length > 0 && !fields.some(field => field.name === 'type') && !withOtherSpellings(query);
}

async function countByRecords(
  question: Question,
  by: readonly GroupField[],
  lists: FieldLists,
  context: ToolContext,
): Promise<Counted> {
  const fields = by.map(({ field }) => field);
  const unnamed = by.filter(({ options }) => !options).map(({ field }) => field);
  const names = ['id', ...fields.map(field => field.name)];
  const { collected, applied } = await ask(
    question,
    names,
    fieldsToResolve(unnamed),
    lists,
    () => new GroupCounter(by),
    context,
  );
  return { counter: collected, applied };
}

/** The counts of a report; else whether this system never gives one that can be read, or fails to do so now. */
async function countByReport(
  { query }: Question,
  by: readonly GroupField[],
  { people, signal }: ToolContext,
): Promise<GroupCounter | 'never' | 'not now'> {
  const fields = by.map(({ field }) => field);
  const unnamed = by.filter(({ options }) => !options).map(({ field }) => field);
  try {
    const rows = await people.counts(
      query,
      fields.map(field => field.name),
      fieldsToResolve(unnamed),
      signal,
    );
    const counter = new GroupCounter(by);
    counter.addReport(rows);
    return counter;
  } catch (error) {
    return isCharitylogError(error, 'invalid', 'not_found', 'forbidden', 'unreadable') ? 'never' : 'not now';
  }
}

/** A report that agrees proves something only where it could have differed: where people have no value. */
function verdictOn(reported: Awaited<ReturnType<typeof countByReport>>, counted: GroupCounter) {
  if (reported === 'not now') return undefined;
  if (reported === 'never' || !reported.equals(counted)) return 'unusable';
  return counted.hasBlanks ? 'proven' : undefined;
}
