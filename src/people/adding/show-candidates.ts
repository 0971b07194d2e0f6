/** Candidates as they are shown, so that somebody can judge them: in an answer, in a question, and as choices. */
import type { Field } from '../../catalogue/field.ts';
import type { Person } from '../../charitylog/api.ts';
import { withLink } from '../asking/record-link.ts';
import { fullName, PersonView } from '../asking/show-person.ts';
import type { Candidate } from '../matching/compare-record.ts';
import { detailIn } from '../matching/known-details.ts';
import { dayNumber } from '../values/date.ts';
import { maskedValue } from '../values/kinds.ts';
import type { Adding } from './adding.ts';

const maxShown = 10;

/** How candidates are shown on this system. */
export type CandidateView = Awaited<ReturnType<typeof candidateViewFor>>;

/** Shows candidates by names for ids, and by no more of a masked value than is shown elsewhere. */
export async function candidateViewFor(adding: Pick<Adding, 'catalogue' | 'settings' | 'waiting'>) {
  const { catalogue, settings, waiting } = adding;
  const [types, { selectable }] = await Promise.all([catalogue.typesToShow(waiting), catalogue.fields(waiting)]);
  const view = new PersonView(new Map([['type', types]]));
  /** `{id, name, type, born?, postcode?}`, and `inactive` and `deceased` where true. */
  const rowOf = (person: Person): Record<string, unknown> => {
    const { id, name, type, ...states } = view.summaryOf(person, []);
    return { id, name, type, ...whenAndWhere(person, selectable), ...states };
  };
  return {
    /** `{candidates: [{id, name, type, born?, postcode?, inactive?, deceased?, matches, differs?}]}`, and the links. */
    listOf(candidates: readonly Candidate[]): Record<string, unknown> {
      if (candidates.length === 0) return {};
      const shown = candidates.slice(0, maxShown).map(({ person, matches, differs }) => {
        const compared = { matches: matches.join(', '), ...(differs.length > 0 && { differs: differs.join(', ') }) };
        return withLink({ ...rowOf(person), ...compared }, settings.recordUrl);
      });
      const left = candidates.length - shown.length;
      return { candidates: shown, ...(left > 0 && { further_candidates: left }) };
    },

    /** A line for each candidate: who it is, what agrees, and what differs. */
    linesOf(candidates: readonly Candidate[]): string[] {
      return candidates.slice(0, maxShown).map(({ person, matches, differs }) => {
        const { id, name, type, born, postcode, ...states } = rowOf(person);
        const who = [oneLine(name), `id ${id}`, oneLine(type), ...Object.keys(states)].filter(Boolean);
        const more = [born !== undefined && `born ${born}`, oneLine(postcode)].filter(Boolean);
        const compared = [matches.join(', '), ...(differs.length > 0 ? [`but ${differs.join(', ')}`] : [])].join('; ');
        return `- ${who.join(', ')}: ${compared}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
      });
    },
  };
}

/** The year of birth, and the postcode. */
function whenAndWhere(
  person: Person,
  fields: readonly Field[],
): { readonly born?: number; readonly postcode?: string } {
  const valuesOf = (detail: 'birth date' | 'postcode') =>
    fields.flatMap(field => {
      const value = detailIn(field.name) === detail ? person[field.name] : undefined;
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [{ field, text }];
    });
  const [day] = valuesOf('birth date').flatMap(({ text }) => dayNumber(text) ?? []);
  const [postcode] = valuesOf('postcode');
  return {
    ...(day !== undefined && { born: Math.floor(day / 10_000) }),
    ...(postcode && { postcode: postcode.field.masked ? maskedValue(postcode.field, postcode.text) : postcode.text }),
  };
}

/** A choice for each candidate; no two are the same, as the id is in it. */
export function choicesOf(candidates: readonly Candidate[]): readonly string[] {
  return candidates.slice(0, maxShown).map(({ person }) => `It is ${oneLine(fullName(person))}, id ${person.id}`);
}

/** A value inside a question to a person: it can't make a line of its own, nor push the question out of sight. */
export function oneLine(value: unknown): string {
  const text = String(value ?? '');
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
