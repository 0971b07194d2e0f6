import type { Share } from '../../../base/budget.ts';
import { CharitylogError } from '../../../base/errors.ts';
import type { Call } from '../../call.ts';
import { detailIn } from '../../matching/known-details.ts';
import type { Question } from '../question.ts';
import { readPeople } from '../read-people.ts';
import type { RecentAnswers } from '../recent-answers.ts';
import { fullNameFields, shortFormFields } from '../show-person.ts';
import { ComparedPeople } from './compared-people.ts';
import type { DuplicateGroup, FoundGroups } from './found-groups.ts';
import { compareGroups, groupsOf, whyIn } from './groups.ts';
import { pairsAmong } from './pairs.ts';

/** So many people of a group are kept to be shown. */
const mostShown = 20;

/** So many groups are kept at most: those of the page that is asked for, and of the pages that may be asked for next. */
const mostKept = 200;

/** Which groups are wanted: so many, behind this one. */
export interface WantedGroups {
  readonly after: Pick<DuplicateGroup, 'id' | 'weight'> | undefined;
  readonly limit: number;
  /** What the records of those who are compared may take. */
  readonly room: Share;
  readonly answers: RecentAnswers;
}

/**
 * Compares everybody who is asked for with each other, by the rule by which a new person is compared, and by the fields that may
 * be shown alone. A later page is one of a recent answer, where that holds it.
 */
export async function findDuplicates(question: Question, wanted: WantedGroups, call: Call): Promise<FoundGroups> {
  const { after, limit, answers } = wanted;
  const recent = after && answers.findGroups(question.key);
  const at = recent?.groups.findIndex(({ id, weight }) => id === after?.id && weight === after.weight) ?? -1;
  const page = recent && at >= 0 ? pageOf(recent, at + 1, limit) : undefined;
  if (page && (page.groups.length === limit || !page.hasMore)) return page;
  const found = await compareAll(question, wanted, call);
  if (found.groups.length > limit) answers.keepGroups(question.key, found);
  return pageOf(found, 0, limit);
}

function pageOf(found: FoundGroups, start: number, limit: number): FoundGroups {
  const end = start + limit;
  return { ...found, groups: found.groups.slice(start, end), hasMore: found.hasMore || found.groups.length > end };
}

async function compareAll(question: Question, { after, room }: WantedGroups, call: Call): Promise<FoundGroups> {
  const fields = await comparedFields(call);
  const people = new ComparedPeople(fields, room);
  try {
    const { notes } = await readPeople(question, { fields, resolve: [], compared: fullNameFields }, people, call);
    const { pairs, notes: notCompared } = await pairsAmong(people, call.waiting.signal);
    const idOf = (position: number) => people.traits.idOf(position);
    const groups = await groupsOf(pairs, idOf);
    const later = after ? groups.filter(group => compareGroups(group, after) > 0) : groups;
    const kept = later.slice(0, mostKept).map(group => ({
      id: group.id,
      weight: group.weight,
      people: group.members.slice(0, mostShown).map(position => people.person(position)),
      size: group.members.length,
      why: whyIn(group, idOf),
    }));
    return {
      total: groups.length,
      groups: kept,
      hasMore: later.length > kept.length,
      compared: people.total,
      notes: [...notes, ...notCompared],
    };
  } finally {
    people.restart();
  }
}

/** What tells people apart, and what they are shown by. */
async function comparedFields({ catalogue, waiting }: Call): Promise<readonly string[]> {
  const { selectable } = await catalogue.fields(waiting);
  const readable = selectable.map(({ name }) => name);
  if (!fullNameFields.every(name => readable.includes(name))) {
    const message =
      "The API user may not see people's names, so they cannot be compared. Report this to the administrator.";
    throw new CharitylogError('forbidden', message, { logText: 'no names' });
  }
  const telling = readable.filter(name => detailIn(name) !== undefined);
  return [...new Set([...shortFormFields, 'known_as', ...telling])];
}
