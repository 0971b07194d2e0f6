/** Whether everybody can be read, and who that is. */
import type { PeopleQuery } from '../../charitylog/api.ts';
import { decodeYesNo } from '../../charitylog/values.ts';
import { readSample, type Sample } from '../sample.ts';
import { filterField, type System } from '../system.ts';
import { differs, holds, type Line, noneNeeded, notTried, reasonOf } from './line.ts';

const everybody = 'everybody without a filter';
const pages = 'one answer has everybody';

/** Reads everybody, by their types where reading without a filter fails; no sample where nobody can be read. */
export async function readEverybody(system: System): Promise<{ sample: Sample | undefined; lines: readonly Line[] }> {
  const before = system.answers();
  const unfiltered = await tryToRead(system, new Map());
  const sent = system.answers() - before;
  if ('sample' in unfiltered && unfiltered.sample.total > 0) {
    const { sample } = unfiltered;
    return { sample, lines: [holds(everybody, 'people come'), pagesLine(sample, sent)] };
  }
  const types = (await system.catalogue.typesToShow(system)).map(type => type.id);
  const byType = types.length > 0 ? await tryToRead(system, new Map([['type', types]])) : undefined;
  const problem = 'reason' in unfiltered ? `refused or not readable (${unfiltered.reason})` : 'nobody comes';
  if (!byType || 'reason' in byType || byType.sample.total === 0) {
    return { sample: undefined, lines: [nobodyLine('reason' in unfiltered, problem)] };
  }
  const consequence =
    'though people come by their types: the program refuses to count everybody, and asks before it adds anybody. ' +
    'CHARITYLOG_CREATE_VIA=external_referral leaves new people to an administrator';
  return { sample: byType.sample, lines: [differs(everybody, `${problem}, ${consequence}`)] };
}

/** Who comes without being asked for, and whether their names are shown. */
export async function tryPeople(system: System, sample: Sample): Promise<readonly Line[]> {
  return [
    namesLine(sample),
    await unaskedLine(system, sample, { field: 'active', who: 'inactive', word: false }),
    await unaskedLine(system, sample, { field: 'deceased', who: 'deceased', word: true }),
  ];
}

type Read = { readonly sample: Sample } | { readonly reason: string };

async function tryToRead(system: System, filters: PeopleQuery['filters']): Promise<Read> {
  try {
    return { sample: await readSample(system, filters) };
  } catch (error) {
    system.signal.throwIfAborted();
    return { reason: reasonOf(error) };
  }
}

function pagesLine({ readings }: Sample, sent: number): Line {
  if (sent <= readings) return holds(pages, 'no sign of pages');
  return differs(pages, 'people come in pages, and the program follows them', noneNeeded);
}

function nobodyLine(hasFailed: boolean, problem: string): Line {
  if (hasFailed) return differs(everybody, `${problem}, and by their types nobody comes either`);
  return notTried(
    everybody,
    'nobody comes, by their types neither: is there anybody on this system whom the API user may see?',
  );
}

function namesLine({ tallies }: Sample): Line {
  const missing = ['first_name', 'surname'].filter(name => (tallies.get(name)?.values.length ?? 0) === 0);
  if (missing.length === 0) return holds('names', 'first_name and surname are shown');
  return differs(
    'names',
    `nobody has ${missing.join(' and ')}: the program finds nobody by name and adds nobody. Let the API user see the field`,
  );
}

interface Unasked {
  readonly field: string;
  readonly who: string;
  /** What a person who may be left out has in the field. */
  readonly word: boolean;
}

async function unaskedLine(system: System, sample: Sample, { field, who, word }: Unasked): Promise<Line> {
  const name = `${who} people come unasked`;
  const words = sample.tallies.get(field)?.values.filter(({ value }) => decodeYesNo(value) !== undefined) ?? [];
  if (words.some(({ value }) => decodeYesNo(value) === word)) return holds(name, 'they do');
  if (!filterField(system, field)) return notTried(name, `none comes, and ${field} is no filter`);
  const left = await bringsOthers(system, sample, new Map([[field, [word ? 'Y' : 'N']]]));
  if (!left) return notTried(name, `none comes, asked for or not`);
  return differs(
    name,
    `they come only where ${field} asks for them, so that counts and the check for duplicates leave them out`,
  );
}

/** True where filters bring somebody who wasn't among everybody. */
async function bringsOthers(
  { api, signal }: System,
  { ids }: Sample,
  filters: PeopleQuery['filters'],
): Promise<boolean> {
  const others = new Set<number>();
  const collector = {
    restart: () => others.clear(),
    add: ({ id }: { id: number }) => void (ids.has(id) || others.add(id)),
  };
  try {
    await api.eachPerson({ filters, fields: ['id'] }, collector, signal);
  } catch {
    signal.throwIfAborted();
  }
  return others.size > 0;
}
