/** Whether the API obeys each filter, by who comes back and by how many must. */

import { isCharitylogError } from '../../base/errors.ts';
import type { Field } from '../../catalogue/field.ts';
import type { Option, Person } from '../../charitylog/api.ts';
import { decodeTypes } from '../../charitylog/values.ts';
import type { Filter } from '../../people/asking/filters.ts';
import type { Sample } from '../sample.ts';
import { readableField, type System } from '../system.ts';
import { differs, holds, type Line, noneNeeded, notTried, reasonOf } from './line.ts';
import { comparedAs, expected, filterFor, judgeFor, valuesToAsk, type Wanted } from './values-to-ask.ts';

/** A filter that is tried, with what its field has. */
export interface Tried {
  readonly filter: Filter;
  readonly options: readonly Option[] | undefined;
  /** The values as they are sent. */
  readonly sent: readonly string[];
}

/** Who came. */
interface Brought {
  readonly came: number;
  readonly has: number;
  readonly lacks: number;
  /** How many weren't among everybody. */
  readonly strangers: number;
  /** How many of those who have it are of a type, by type. */
  readonly types: ReadonlyMap<string, number>;
}

/** What became of one filter. */
export interface Trial {
  readonly line: Line;
  /** Where it is obeyed for one value: with what it was tried, and who came. */
  readonly obeyed?: { readonly tried: Tried; readonly brought: Brought };
  readonly strangers: number;
}

/** Asks a filter for a value that records have, then for two values at once; for "no" beside "yes". */
export async function tryFilter(field: Field, system: System, sample: Sample): Promise<Trial> {
  const name = `filter ${field.name}`;
  if (field.name !== 'id' && !readableField(system, field.name)) return tryUnreadable(name, field, system, sample);
  const options = await system.catalogue.optionsToShow(field, system);
  const compared = options ? field : comparedAs(field, sample.tallies.get(field.name)?.values ?? []);
  const [first, second] = valuesToAsk(compared, sample, options);
  if (!first?.forms.length) return trial(notTried(name, 'no record has a value that can be asked for'));
  for (const [n, form] of first.forms.entries()) {
    const tried = { filter: filterFor(compared, [first.value]), options, sent: [form] };
    const brought = await bring([tried], system, sample);
    if (typeof brought === 'string') return trial(differs(name, `refused (${brought})`));
    const problem = problemOf(tried, brought, sample);
    if (problem === 'nobody came' && n < first.forms.length - 1) continue;
    if (problem) return trial(problemLine(name, problem, compared), brought);
    if (brought.has === sample.total) return trial(notTried(name, 'everybody has the same value'), brought);
    const line = await obeyedLine({ name, tried, second, form: n }, system, sample);
    return { ...trial(line, brought), obeyed: { tried, brought } };
  }
  return trial(notTried(name, 'no form of its values could be asked for'));
}

/** A filter that isn't obeyed, or of which that isn't known. */
export function trial(line: Line, { strangers }: Pick<Brought, 'strangers'> = { strangers: 0 }): Trial {
  return { line, strangers };
}

/** Asks for people who have what all of these filters ask for. */
export async function bring(all: readonly Tried[], system: System, { ids }: Sample): Promise<Brought | string> {
  const judges = all.map(({ filter, options }) => judgeFor(filter, options));
  const names = [...all.map(({ filter }) => filter.field.name), 'type'].filter(name => readableField(system, name));
  const nobody = () => ({ came: 0, has: 0, lacks: 0, strangers: 0, types: new Map<string, number>() });
  let brought = nobody();
  const collector = {
    restart() {
      brought = nobody();
    },
    add(person: Person) {
      brought.came++;
      if (!ids.has(person.id)) brought.strangers++;
      const verdicts = judges.map(judge => judge(person));
      if (verdicts.includes('lacks')) brought.lacks++;
      if (verdicts.some(verdict => verdict !== 'has')) return;
      brought.has++;
      for (const type of decodeTypes(person.type)) brought.types.set(type, (brought.types.get(type) ?? 0) + 1);
    },
  };
  const filters = new Map(all.map(({ filter, sent }) => [filter.field.name, sent]));
  try {
    await system.api.eachPerson({ filters, fields: ['id', ...new Set(names)] }, collector, system.signal);
    return brought;
  } catch (error) {
    system.signal.throwIfAborted();
    if (!isCharitylogError(error)) throw error;
    return reasonOf(error);
  }
}

type Problem = 'nobody came' | 'ignored' | 'obeyed in part' | 'leaves out people' | 'brings too many' | 'not shown';

function problemOf({ filter, options }: Tried, { came, has, lacks }: Brought, sample: Sample): Problem | undefined {
  const { least, most } = expected(filter, sample, options);
  if (came === 0) return 'nobody came';
  if (lacks > 0) return came >= sample.total ? 'ignored' : 'obeyed in part';
  if (has === 0) return 'not shown';
  if (has < least) return 'leaves out people';
  return has > most ? 'brings too many' : undefined;
}

/** The program leaves out who doesn't have the value, and asks itself only where a filter of yes and no brings nobody. */
function problemLine(name: string, problem: Problem, { kind }: Field): Line {
  const here = 'the program applies it itself';
  if (problem === 'ignored') return differs(name, `ignored: everybody comes; ${here}`, noneNeeded);
  if (problem === 'obeyed in part') return differs(name, `obeyed in part: others come too; ${here}`, noneNeeded);
  if (problem === 'not shown') return notTried(name, 'its field does not come along, so that it cannot be checked');
  if (problem === 'brings too many') return notTried(name, 'it brings people whom reading everybody leaves out');
  if (problem === 'nobody came' && kind === 'date') {
    return differs(
      name,
      'nobody comes for a day as YYYY-MM-DD or as records have it; one with slashes cannot be asked for',
    );
  }
  if (problem === 'nobody came' && kind === 'yes_no') {
    return differs(name, `obeyed in none of the forms that were tried: nobody comes; ${here}`, noneNeeded);
  }
  return differs(
    name,
    `obeyed in part: ${problem === 'nobody came' ? 'nobody comes' : 'some are left out'}, and the program cannot notice`,
  );
}

interface Obeyed {
  readonly name: string;
  readonly tried: Tried;
  readonly second: Wanted | undefined;
  /** Which of its forms the first value was obeyed in. */
  readonly form: number;
}

async function obeyedLine({ name, tried, second, form }: Obeyed, system: System, sample: Sample): Promise<Line> {
  const { field, values } = tried.filter;
  const setting = formSetting(field, tried.sent[0] ?? '', second?.forms[form]);
  if (!second) return setting ?? holds(name, 'obeyed');
  const isYesNo = field.kind === 'yes_no';
  const both: Tried = {
    ...tried,
    filter: filterFor(field, isYesNo ? [second.value] : [...values, second.value]),
    sent: [...(isYesNo ? [] : tried.sent), second.forms[form] ?? second.value],
  };
  const brought = await bring([both], system, sample);
  const what = isYesNo ? 'no' : 'several values';
  if (typeof brought === 'string') return differs(name, `obeyed, but ${what} refused (${brought})`);
  const problem = problemOf(both, brought, sample);
  if (problem === undefined)
    return setting ?? holds(name, `obeyed, ${isYesNo ? 'yes and no alike' : 'several values too'}`);
  const copes = isYesNo && problem === 'leaves out people' ? undefined : noneNeeded;
  return differs(
    name,
    `obeyed, but not for ${what} (${problem})${copes ? '; the program applies that itself' : ''}`,
    copes,
  );

  function formSetting({ kind }: Field, yes: string, no = ''): Line | undefined {
    if (kind === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(yes))
      return differs(name, 'obeyed, for days as records have them');
    if (kind !== 'yes_no' || ['Y', 'N'].includes(yes)) return undefined;
    const words = no === '' ? wordsWith(yes) : `${yes};${no}`;
    return differs(name, `obeyed, with yes and no as ${words}`, `CHARITYLOG_YES_NO=${words}`);
  }
}

/** Both words, where records have one of them alone. */
function wordsWith(word: string): string {
  const pairs = ['1;0', 'Yes;No', 'true;false', 'on;off'];
  return pairs.find(pair => pair.split(';').includes(word)) ?? 'Y;N';
}

/** Of a field that can't be read, one thing alone can be told: that its filter changes nothing. */
async function tryUnreadable(name: string, field: Field, system: System, sample: Sample): Promise<Trial> {
  const options = (await system.catalogue.optionsToShow(field, system)) ?? [];
  const value = options[0]?.id ?? (field.kind === 'yes_no' ? 'Y' : undefined);
  if (value === undefined) return trial(notTried(name, 'its field cannot be read'));
  const brought = await bring([{ filter: filterFor(field, [value]), options, sent: [value] }], system, sample);
  if (typeof brought === 'string') return trial(differs(name, `refused (${brought})`));
  const line =
    brought.came < sample.total
      ? notTried(name, 'its field cannot be read: it changes who comes, and that is all that can be told')
      : differs(name, 'ignored, it seems: everybody comes, and the program cannot notice');
  return trial(line, brought);
}
