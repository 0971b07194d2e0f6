import { shownPeople } from '../../audit/audit-line.ts';
import { CharitylogError } from '../../base/errors.ts';
import { isObject } from '../../base/json.ts';
import { foldSpelling } from '../../base/spelling.ts';
import type { Field, FieldLists } from '../../catalogue/field.ts';
import { withLink } from '../../people/asking/record-link.ts';
import { fieldsToResolve, freeTextNotes, fullName, fullNameFields, viewOf } from '../../people/asking/show-person.ts';
import { namedFields } from '../arguments/named-fields.ts';
import type { Argument } from '../arguments/schema.ts';
import { readArguments, readingAnnotations, type Tool, withNotes } from '../tool.ts';

const ownArguments: readonly Argument[] = [
  { name: 'id', kind: 'integer', required: true, aliases: ['person_id', 'client_id'] },
  { name: 'fields', kind: 'strings', description: 'only these fields' },
];

export const getPerson: Tool = {
  name: 'get_person',
  title: 'Get a person',
  description:
    "Reads one person's whole record by id, which search_people gives. Special-category fields (ethnicity, religion, " +
    'disability, sexual orientation) come only when named in fields. Returns the fields that have a value.',
  annotations: readingAnnotations,
  example: { id: 37 },
  arguments: () => ownArguments,
  explain: key =>
    foldSpelling(key).includes('name') ? 'get_person takes an id, which search_people finds by name.' : undefined,

  async call(input, context) {
    const { api, catalogue, waiting } = context;
    const lists = await catalogue.fields(waiting);
    refuseSeveral(input, lists);
    const parsed = readArguments(getPerson, input, lists);
    const named = namedFields(parsed, 'fields', lists);
    const fields = named.length > 0 ? named : lists.selectable.filter(field => !field.special);
    const names = fields.map(field => field.name);
    // Every answer has the name, so that nobody is taken for somebody else.
    const nameFields = lists.selectable.filter(({ name }) => fullNameFields.includes(name)).map(({ name }) => name);
    const read = [...new Set(['id', ...nameFields, ...names])];
    const id = Number(parsed.values.get('id'));
    const person = id > 0 ? await api.person(id, read, fieldsToResolve(fields), waiting.signal) : undefined;
    if (!person) throw unknownPerson(id);
    const view = await viewOf([person], fields, context);
    const values = view.valuesOf(person, names);
    return {
      person: withLink({ id, name: fullName(person), ...values }, context.settings.recordUrl),
      ...withNotes(...parsed.notes, ...withheldNotes(lists, named), ...view.notes, ...freeTextNotes([values])),
    };
  },

  audited: ({ person }) => shownPeople([person]),
};

/** Tells of what isn't shown unless it is named, so that nobody takes it for not recorded. */
function withheldNotes({ selectable }: FieldLists, named: readonly Field[]): string[] {
  const withheld = selectable.filter(field => field.special).map(({ name }) => name);
  if (named.length > 0 || withheld.length === 0) return [];
  return [`Not shown unless named in fields: ${withheld.join(', ')}.`];
}

/** @throws CharitylogError `invalid` for a list of ids, with the call that shows those people */
function refuseSeveral(input: unknown, { filterable }: FieldLists): void {
  const given = [isObject(input) ? input.id : undefined].flat().join(';');
  const ids = given.split(/[;,\s]+/).filter(id => id !== '');
  if (ids.length < 2 || !ids.every(id => /^\d{1,15}$/.test(id))) return;
  const isFilter = filterable.some(({ name }) => name === 'id');
  const call = JSON.stringify(isFilter ? { id: ids.join(';') } : { where: [`id is ${ids.join(';')}`] });
  const message = `get_person reads one person. For several: search_people ${call}`;
  throw new CharitylogError('invalid', message, { logText: 'several ids' });
}

function unknownPerson(id: number): CharitylogError {
  return new CharitylogError(
    'not_found',
    `There is no person with id ${id} that this API user may see. search_people finds a person's id by name or filters.`,
    { logText: 'unknown person' },
  );
}
