import { ApiError } from './api-error.ts';
import { countBy, countByBoth, type ValueNamer } from './counts.ts';
import { defaultFields, type Field, type SandboxPerson } from './fields.ts';
import { makePredicate } from './filters.ts';
import { encodeCounts, encodeSplitCounts } from './lists.ts';
import { type Asked, pageOf } from './paging.ts';
import { parseQuestion, type Question } from './question.ts';
import { answerNobody, answerPeople, answerPerson } from './records.ts';
import { type Answer, json } from './respond.ts';
import type { System } from './system.ts';
import { type Column, writeName, writeYesNo } from './values.ts';

/**
 * Answers `GET /clients/...`.
 *
 * @param segments the decoded path segments after `clients`
 * @throws ApiError 400 for a question that isn't accepted, 403 for one that is refused, 404 for a record that isn't there
 */
export function answerQuestion(system: System, segments: readonly string[], asked: Asked): Answer {
  const question = parseQuestion(segments, asked.query, system.fields);
  const { dimension, filters } = question;
  if (dimension) return answerReport(system, question, dimension);
  if (filters.length === 0 && system.switches.everybody !== 'given') return withholdEverybody(system);
  const found = readable(system).filter(makePredicate(system.switches, filters));
  return answerFound(system, question, { found, asked });
}

/** The people who can be read now; each call brings the new ones closer to that. */
function readable({ people, unsettled }: System): readonly SandboxPerson[] {
  if (unsettled.size === 0) return people;
  const hidden = new Set(unsettled.keys());
  for (const [id, reads] of unsettled) {
    if (reads > 1) unsettled.set(id, reads - 1);
    else unsettled.delete(id);
  }
  return people.filter(({ id }) => !hidden.has(id));
}

function withholdEverybody({ switches }: System): Answer {
  const { everybody } = switches;
  if (everybody === 'given' || everybody === 'refused') throw new ApiError(403, 'everybody can not be read at once');
  return answerNobody(switches, 'people', everybody);
}

function answerFound(
  system: System,
  question: Question,
  { found, asked }: { found: readonly SandboxPerson[]; asked: Asked },
): Answer {
  const { switches } = system;
  const [first, ...others] = found.slice(0, 2);
  if (!first && question.single) throw new ApiError(404, 'there is no record with this id');
  if (!first) return answerNobody(switches, 'people', switches.none);
  const columns = columnsOf(system, question);
  if (question.single && others.length === 0) return answerPerson(switches, first, columns);
  return answerPeople(switches, pageOf(switches, found, asked), columns);
}

/** The chosen fields, or the default ones; the id is one of them unless this system has its own rule for it. */
function columnsOf({ switches, fields }: System, { fields: chosen, resolves }: Question): Column[] {
  const { idField } = switches;
  const listed = chosen ?? [...fields.values()].filter(field => field.selectable && defaultFields.includes(field.name));
  const others = listed.filter(({ kind }) => kind !== 'id');
  const id = fields.get('id');
  const all = { asked: listed, 'not-of-one': listed, never: others, always: id ? [id, ...others] : others }[idField];
  const isNamed = (field: Field) => switches.resolveIds === 'heeded' && resolves(field);
  return all.map(field => ({ field, names: isNamed(field) ? field.options : undefined }));
}

function answerReport(system: System, { filters, metric, resolves }: Question, dimension: Field): Answer {
  const { switches } = system;
  const { reports, resolveIds } = switches;
  if (reports === 'refused') throw new ApiError(403, 'this user sees no reports');
  const heeded = makePredicate(switches, reports === 'ignore-filters' ? [] : filters);
  const people = readable(system).filter(
    person => heeded(person) && (reports !== 'active-only' || person.active === 'Y'),
  );
  if (people.length === 0) return answerNobody(switches, 'counts', switches.none);
  const nameOf: ValueNamer = (field, value) => {
    if (field.kind === 'yes-no' && value !== '') return String(writeYesNo(switches, value === 'Y') ?? '');
    const name = resolveIds === 'heeded' && resolves(field) ? field.options?.get(Number(value)) : undefined;
    return name === undefined ? String(value) : writeName(switches, name);
  };
  if (!metric) return json(200, encodeCounts(switches, countBy(people, dimension, nameOf)));
  return json(200, encodeSplitCounts(switches, countByBoth(people, dimension, metric, nameOf)));
}
