import type { Share } from '../../../base/budget.ts';
import { untilAborted } from '../../../base/deadlines.ts';
import type { Field } from '../../../catalogue/field.ts';
import type { Call } from '../../call.ts';
import { NestedValues } from '../nested-values.ts';
import { inactiveNotes, type Question } from '../question.ts';
import { readPeople } from '../read-people.ts';
import { fieldsToResolve, optionsToShow } from '../show-person.ts';
import type { Sorting } from '../sorting/sorting.ts';
import { Columns } from './columns.ts';
import type { ExportFile } from './export-file.ts';
import { type Lines, SortedRows, StreamedRows } from './rows.ts';

/** What goes into the file, and how. */
export interface Export {
  readonly fields: readonly Field[];
  readonly sorting: Sorting | undefined;
  readonly file: ExportFile;
  /** What lines may take that are sorted. */
  readonly room: Share;
}

/** Writes the people who are asked for into a file, a line each; without a sort in the order in which Charitylog sends them. */
export async function exportPeople(
  question: Question,
  { fields, sorting, file, room }: Export,
  call: Call,
): Promise<{ readonly total: number; readonly notes: readonly string[] }> {
  const { catalogue, waiting } = call;
  const nested = new NestedValues(catalogue.nestedKeys, fields);
  const columns = new Columns(fields, await optionsToShow(fields, call), nested);
  const lines = boundedBy(waiting.signal, file);
  const sorted = sorting && new SortedRows(columns, lines, { order: sorting.order, room });
  const rows = sorted ?? new StreamedRows(columns, lines);
  const sortedBy = sorting ? [sorting.field] : [];
  const compared = sortedBy.map(({ name }) => name);
  const showing = {
    fields: [...fields.map(({ name }) => name), ...compared],
    resolve: fieldsToResolve([...fields, ...sortedBy]),
    compared,
  };
  try {
    const { notes } = await readPeople(question, showing, rows, call);
    const { total } = rows;
    await sorted?.write();
    const ofPeople = total > 0 ? columns.notes : ['Nobody matches: the file has no line but the names of its columns.'];
    return {
      total,
      notes: [...notes, ...inactiveNotes(question, await catalogue.fields(waiting), total), ...ofPeople],
    };
  } finally {
    sorted?.restart();
  }
}

/** A disk may hang: nobody waits for it longer than the call lasts. */
function boundedBy(signal: AbortSignal, file: ExportFile): Lines {
  return {
    write: text => file.write(text),
    restart: () => file.restart(),
    ready() {
      const ready = file.ready();
      return ready && untilAborted(ready, signal);
    },
  };
}
