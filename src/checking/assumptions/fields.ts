/** What the fields of the lists come with. */
import type { Sample } from '../sample.ts';
import type { System } from '../system.ts';
import { holds, type Line, notTried } from './line.ts';

/** Looks for fields that came with nobody, and for filters whose field can't be read. */
export async function tryFields({ lists }: System, { tallies }: Sample): Promise<readonly Line[]> {
  const selectable = lists.selectable.map(field => field.name).filter(name => name !== 'id');
  const filters = lists.filterable.map(field => field.name);
  return [
    cameLine(selectable.filter(name => tallies.get(name)?.hasCome === false)),
    unreadLine(selectable.filter(name => !tallies.has(name))),
    unreadableLine(filters.filter(name => name !== 'id' && !selectable.includes(name))),
  ].flat();
}

function cameLine(missing: readonly string[]): Line {
  const name = 'each field comes with somebody';
  if (missing.length === 0) return holds(name, 'it does');
  return notTried(
    name,
    `came with nobody, so that the API withholds them or nobody has a value: ${missing.join(', ')}`,
  );
}

function unreadLine(unread: readonly string[]): Line[] {
  return unread.length === 0 ? [] : [notTried('further fields', `too many to be read: ${unread.length}`)];
}

function unreadableLine(unreadable: readonly string[]): Line {
  const name = 'the field of each filter can be read';
  if (unreadable.length === 0) return holds(name, 'so the program checks each filter by what comes back');
  return notTried(
    name,
    `not to be read: ${unreadable.join(', ')}. The program says so with each answer. Let the API user see them`,
  );
}
