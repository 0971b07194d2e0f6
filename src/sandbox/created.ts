import type { SandboxPerson } from './fields.ts';
import { type Answer, json, jsonText } from './respond.ts';
import type { Switches } from './switches.ts';
import { writeId } from './values.ts';

/** The answer to a record that was made or changed. */
export function answerCreated(switches: Switches, made: Made): Answer {
  const { status } = made;
  const id = writeId(switches, made.id);
  switch (switches.created) {
    case 'number':
      return json(status, made.id);
    case 'string':
      return json(status, String(made.id));
    case 'id':
      return json(status, { id });
    case 'client_id':
      return json(status, { client_id: id });
    case 'list':
      return json(status, [{ id }]);
    case 'data':
      return json(status, { data: { id } });
    case 'success':
      return json(status, { status: 'success', id });
    case 'true':
      return json(status, true);
    case 'one':
      return json(status, 1);
    case 'other':
      return json(status, { id: writeId(switches, otherThan(made)) });
    case 'page':
      return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: savedPage };
    case 'empty-body':
      return jsonText(status, '');
  }
}

/** A record that was made or changed, among the people of its system; a staged row is among nobody. */
interface Made {
  readonly status: 200 | 201;
  readonly id: number;
  readonly people: readonly SandboxPerson[];
}

const savedPage = '<!DOCTYPE html><html><body><h1>Saved</h1><p>3 records today, 12 in all.</p></body></html>';

/** A namesake, else somebody of the same surname, else the first of all. */
function otherThan({ id, people }: Made): number {
  const made = people.find(person => person.id === id);
  const others = people.filter(person => person !== made);
  const relatives = others.filter(({ surname }) => surname === made?.surname);
  const namesake = relatives.find(({ first_name }) => first_name === made?.first_name);
  return (namesake ?? relatives[0] ?? others[0])?.id ?? id;
}
