import type { Share } from '../../../base/budget.ts';
import { CharitylogError } from '../../../base/errors.ts';
import type { Person } from '../../../charitylog/api.ts';
import type { Call } from '../../call.ts';
import { detailIn } from '../../matching/known-details.ts';
import type { Question } from '../question.ts';
import { readPeople } from '../read-people.ts';
import { fullNameFields, shortFormFields } from '../show-person.ts';
import { ComparedPeople } from './compared-people.ts';
import { compareGroups, type Group, groupsOf, whyIn } from './groups.ts';
import { pairsAmong } from './pairs.ts';

/** People who may be one and the same. */
export interface DuplicateGroup {
  /** The first one, who the others may be, has the lowest id. */
  readonly people: readonly Person[];
  readonly weight: number;
  readonly why: string;
}

/** Which groups are wanted: so many, behind this one. */
export interface WantedGroups {
  readonly after: Pick<Group, 'id' | 'weight'> | undefined;
  readonly limit: number;
  /** What the records of those who are compared may take. */
  readonly room: Share;
}

/** The groups that were found. */
export interface FoundGroups {
  /** All groups, those that aren't wanted included. */
  readonly total: number;
  readonly groups: readonly DuplicateGroup[];
  readonly hasMore: boolean;
  /** How many people were compared. */
  readonly compared: number;
  readonly notes: readonly string[];
}

/**
 * Compares everybody who is asked for with each other, by the rule by which a new person is compared, and by the fields that may be
 * shown alone. Groups come in the order of the lowest id in each.
 */
export async function findDuplicates(
  question: Question,
  { after, limit, room }: WantedGroups,
  call: Call,
): Promise<FoundGroups> {
  const { selectable } = await call.catalogue.fields(call.signal);
  const readable = selectable.map(({ name }) => name);
  if (!fullNameFields.every(name => readable.includes(name))) throw namesHidden();
  const fields = [
    ...new Set([...shortFormFields, 'known_as', ...readable.filter(name => detailIn(name) !== undefined)]),
  ];
  const people = new ComparedPeople(fields, room);
  try {
    const { notes } = await readPeople(question, { fields, resolve: [], compared: fullNameFields }, people, call);
    const { pairs, notes: notCompared } = await pairsAmong(people, call.signal);
    const idOf = (position: number) => people.idOf(position);
    const groups = await groupsOf(pairs, idOf);
    const later = after ? groups.filter(group => compareGroups(group, after) > 0) : groups;
    const shown = later.slice(0, limit).map(group => ({
      people: group.members.map(position => people.person(position)),
      weight: group.weight,
      why: whyIn(group, idOf),
    }));
    return {
      total: groups.length,
      groups: shown,
      hasMore: later.length > shown.length,
      compared: people.total,
      notes: [...notes, ...notCompared],
    };
  } finally {
    people.restart();
  }
}

function namesHidden(): CharitylogError {
  const message =
    "The API user may not see people's names, so they cannot be compared. Report this to the administrator.";
  return new CharitylogError('forbidden', message, { logText: 'no names' });
}
