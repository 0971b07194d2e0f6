import { shownPeople } from '../../audit/audit-line.ts';
import { AskUser } from '../../people/adding/adding.ts';
import type { NewRecord } from '../../people/adding/read-record.ts';
import { givenFields } from '../arguments/field-arguments.ts';
import { type RecordSettings, recordArguments } from '../arguments/record-arguments.ts';
import { readArguments, type Tool, withNotes } from '../tool.ts';

/** @param settings what the charity lays down for all its new records */
export function createPersonFor(settings: RecordSettings): Tool {
  const argumentsOf = recordArguments(settings);
  const createPerson: Tool = {
    name: 'create_person',
    title: 'Add a person',
    description:
      'Adds one new person, when the user asked for it. Possible duplicates are looked for first and answered with a ' +
      'confirm_token, or the user is asked. Choices take whole option names, dates YYYY-MM-DD. Nothing can be changed ' +
      'afterwards. Returns status, id and stored_fields.',
    // Not idempotent: after ten minutes the same call makes a second person. Not destructive: nothing that exists changes.
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    view: 'review',
    example: { first_name: 'Jo', surname: 'Smith', type: 'Volunteers' },
    arguments: fields => argumentsOf(fields).list,

    async call(input, context) {
      const lists = await context.catalogue.fields(context.waiting);
      const parsed = readArguments(createPerson, input, lists);
      const { fields } = argumentsOf(lists);
      const options = {
        writable: [...fields.values()],
        confirmToken: parsed.values.get('confirm_token') as string | undefined,
        isDryRun: parsed.values.get('dry_run') === true,
      };
      // Read at the first call, all of it before anything is sent: most starts add nobody.
      const { create } = await import('../../people/adding/add-person.ts');
      const { record, result } = await create(givenFields(parsed, argumentsOf(lists)), options, context);
      if (result instanceof AskUser) return result;
      const { forView, ...told } = result;
      return {
        ...told,
        ...(forView && context.user().seesReview && { forView: { ...forView, payload: payloadOf(record) } }),
        ...withNotes(...parsed.notes, ...record.notes),
      };
    },

    outcome: ({ status }) => String(status),

    audited({ id, stored_fields: stored, candidates }) {
      return shownPeople([{ id, ...(stored as object) }, ...((candidates ?? []) as object[])]);
    },
  };
  return createPerson;
}

/** What would be stored, as the review view shows it: the call may name fields and options in other words. */
function payloadOf({ shown, defaultType }: NewRecord): Readonly<Record<string, unknown>> {
  return defaultType === undefined ? shown : { ...shown, type: `${defaultType} (the default)` };
}
