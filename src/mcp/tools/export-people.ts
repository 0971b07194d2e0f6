import { Budget, Share } from '../../base/budget.ts';
import { untilAborted } from '../../base/deadlines.ts';
import { CharitylogError } from '../../base/errors.ts';
import { visibleLine } from '../../base/visible-text.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import type { ExportFile, ExportFolder } from '../../people/asking/exporting/export-file.ts';
import { exportPeople } from '../../people/asking/exporting/export-people.ts';
import { fullNameFields, shortFormFields } from '../../people/asking/show-person.ts';
import { openSorting } from '../../people/asking/sorting/sorting.ts';
import { namedFields } from '../arguments/named-fields.ts';
import { questionArguments, whyNoFilterHere } from '../arguments/question-arguments.ts';
import { sortArgument, sortOf } from '../arguments/sort-argument.ts';
import { readArguments, type Tool, withNotes } from '../tool.ts';

const question = questionArguments(
  [
    {
      name: 'fields',
      kind: 'strings',
      description: 'the columns beside id, first_name and surname',
      aliases: ['columns'],
    },
    sortArgument,
    { name: 'file', kind: 'string', description: 'a name such as carers.csv', aliases: ['file_name', 'filename'] },
  ],
  { hasFilters: false },
);

/** What all lines that are being sorted may take, in bytes; a share of it is a quarter. */
const roomToSort = 4 * 64 * 1_048_576;

/** The tool that writes people into files of a folder. Lines that are sorted may take so much room. */
export function exportPeopleTo(folder: ExportFolder, room = new Share(new Budget(roomToSort))): Tool {
  const exportTool: Tool = {
    name: 'export_people',
    title: 'Export people',
    description:
      'Writes the people who match into a CSV file on this computer, when the user asked for a file. Give conditions ' +
      'in where, and the columns in fields; special-category fields (ethnicity, religion, disability, sexual orientation) ' +
      'come only when named. No existing file is replaced. Returns total, file and columns, never a row: search_people shows people.',
    // It writes a new file, and changes nothing that exists.
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    example: { type: 'Volunteers', where: ['email is not blank'], fields: ['email'], file: 'volunteers.csv' },
    arguments: question.of,
    explain: whyNoFilterHere,

    async call(input, context) {
      const lists = await context.catalogue.fields(context.waiting);
      const parsed = readArguments(exportTool, input, lists);
      const fields = columnsOf(namedFields(parsed, 'fields', lists), lists);
      const { sort, notes: sortNotes } = sortOf(parsed, lists);
      const asked = await question.read(parsed, lists, 1, context);
      const sorting = sort && (await openSorting(sort, context));
      const { signal } = context.waiting;
      const opening = folder.open(parsed.values.get('file') as string | undefined);
      const written = await wholeOrNothing(opening, signal, async file => {
        const exported = await exportPeople(asked, { fields, sorting, file, room }, context);
        return { ...exported, name: await untilAborted(file.keep(), signal) };
      });
      return {
        total: written.total,
        file: written.name,
        columns: fields.map(({ name }) => name),
        ...withNotes(...parsed.notes, ...sortNotes, ...written.notes),
      };
    },

    audited({ total, columns }) {
      const fields = [columns].flat().map(name => visibleLine(String(name)));
      return { count: total, fields: fields.sort() };
    },
  };
  return exportTool;
}

/** Whoever is exported can be told from others; without fields named, as much as a list shows. */
function columnsOf(named: readonly Field[], { selectable }: FieldLists): readonly Field[] {
  const always = named.length > 0 ? ['id', ...fullNameFields] : shortFormFields;
  const first = always.flatMap(name => selectable.find(field => field.name === name) ?? []);
  return [...new Set([...first, ...named])];
}

/** A part of a list could pass for the whole: it is taken away. A disk may hang, so nothing is waited for longer than the call. */
async function wholeOrNothing<T>(
  opening: Promise<ExportFile>,
  signal: AbortSignal,
  write: (file: ExportFile) => Promise<T>,
): Promise<T> {
  const file = await untilAborted(opening, signal).catch(error => {
    opening.then(
      late => late.discard(),
      () => undefined,
    );
    throw error;
  });
  try {
    return await write(file);
  } catch (error) {
    const left = await file.discard();
    if (left === undefined) throw error;
    const message = `No file was written, and a part of it could not be removed: ask the user to delete ${left} from the export folder.`;
    throw new CharitylogError('unavailable', message, { logText: 'export: a part is left', cause: error });
  }
}
