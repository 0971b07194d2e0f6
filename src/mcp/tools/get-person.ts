import { CharitylogError } from '../../base/errors.ts';
import { plain } from '../../base/spelling.ts';
import { namedFields } from '../../catalogue/find-field.ts';
import { fieldsToResolve, freeTextNotes, viewOf } from '../../people/asking/show-person.ts';
import { type Argument, inputSchema, parseArguments } from '../arguments/parse.ts';
import { readingAnnotations, type Tool } from '../tool.ts';

const help = {
  tool: 'get_person',
  example: { id: 37 },
  explain: (key: string) =>
    plain(key).includes('name') ? 'get_person takes an id, which search_people finds by name.' : undefined,
};
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

  schema: () => inputSchema(ownArguments),

  async call(input, { people, catalogue, signal }) {
    const lists = await catalogue.lists(signal);
    const parsed = parseArguments(ownArguments, input, help);
    const named = namedFields(parsed, 'fields', lists, help);
    const fields = named.length > 0 ? named : lists.selectable.filter(field => !field.special);
    const names = fields.map(field => field.name);
    const id = Number(parsed.values.get('id'));
    const person =
      id > 0 ? await people.person(id, [...new Set(['id', ...names])], fieldsToResolve(fields), signal) : undefined;
    if (!person) throw unknownPerson(id);
    const view = await viewOf([person], fields, catalogue, signal);
    const values = view.values(person, names);
    const notes = [...parsed.notes, ...freeTextNotes([values])];
    return { person: { id, ...values }, ...(notes.length > 0 && { notes }) };
  },
};

function unknownPerson(id: number): CharitylogError {
  return new CharitylogError(
    'not_found',
    `There is no person with id ${id} that this API user may see. search_people finds a person's id by name or filters.`,
    { logText: 'unknown person' },
  );
}
