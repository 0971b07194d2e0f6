/** All filters, one by one, and what they do together. */
import { type Field, typeField } from '../../catalogue/field.ts';
import type { Sample } from '../sample.ts';
import type { System } from '../system.ts';
import { bring, type Trial, trial, tryFilter } from './filters.ts';
import { about, differs, holds, type Line, noneNeeded, notTried, reasonOf } from './line.ts';
import { filterFor } from './values-to-ask.ts';

/** Tries each filter by itself, the type beside another one, spelling, and whether filters bring people unseen so far. */
export async function tryFilters(system: System, sample: Sample): Promise<readonly Line[]> {
  const { filterable } = system.lists;
  const fields = filterable.some(field => field.name === 'type') ? filterable : [typeField, ...filterable];
  const trials: Trial[] = [];
  for (const field of fields) trials.push(await trialOf(field, system, sample));
  return [
    ...trials.map(({ line }, n) => about(fields[n] ?? typeField, line)),
    await typeBesideLine(trials, system, sample),
    await spellingLine(trials, system, sample),
    completeLine(trials, sample),
  ];
}

async function trialOf(field: Field, system: System, sample: Sample): Promise<Trial> {
  try {
    return await tryFilter(field, system, sample);
  } catch (error) {
    return trial(notTried(`filter ${field.name}`, reasonOf(error)));
  }
}

/** People whom another filter brought are of several types: asked for one type beside it, fewer must come. */
async function typeBesideLine(trials: readonly Trial[], system: System, sample: Sample): Promise<Line> {
  const name = 'type beside another filter';
  const { signal } = system;
  if (signal.aborted) return notTried(name, reasonOf(signal.reason));
  for (const { obeyed } of trials) {
    if (!obeyed || obeyed.tried.filter.field.name === 'type') continue;
    const { tried, brought } = obeyed;
    const [type, count] = [...brought.types].find(([, one]) => one < brought.has) ?? [];
    if (type === undefined) continue;
    const options = await system.catalogue.optionsToShow(typeField, system);
    const both = await bring([{ filter: filterFor(typeField, [type]), options, sent: [type] }, tried], system, sample);
    if (typeof both === 'string') return differs(name, `refused (${both})`);
    if (both.lacks > 0) return differs(name, 'one of the two is ignored; the program applies it itself', noneNeeded);
    if (both.has === count) return holds(name, `both are obeyed (tried with ${tried.filter.field.name})`);
    return differs(name, 'people are left out, and the program cannot notice');
  }
  return notTried(name, 'no other filter brought people of several types');
}

/** The program asks for the usual spellings of numbers and postcodes itself; of other texts it tells what is found. */
async function spellingLine(trials: readonly Trial[], system: System, sample: Sample): Promise<Line> {
  const name = 'spelling in filters';
  if (system.signal.aborted) return notTried(name, reasonOf(system.signal.reason));
  const text = trials.find(({ obeyed }) => obeyed && isSpelled(obeyed.tried.filter.field) && !obeyed.tried.options);
  const tried = text?.obeyed?.tried;
  const [value = ''] = tried?.sent ?? [];
  if (!tried || !/\p{L}{2}/u.test(value)) return notTried(name, 'no text was obeyed');
  const countOf = async (sent: string) => {
    const brought = await bring([{ ...tried, sent: [sent] }], system, sample);
    return typeof brought === 'string' ? 0 : brought.has;
  };
  const isUpper = value === value.toUpperCase();
  const inCase = (await countOf(isUpper ? value.toLowerCase() : value.toUpperCase())) > 0;
  const inPart = (await countOf(value.slice(0, Math.ceil(value.length / 2)))) > 0;
  const shown = `${inPart ? 'a part is enough' : 'whole texts'}, ${inCase ? 'in capitals or not' : 'capitals as stored'}`;
  return holds(name, `${shown} (tried with ${tried.filter.field.name})`);
}

function isSpelled({ kind, meaning }: Field): boolean {
  return kind === 'text' && meaning !== undefined && ['e-mail', 'name', 'text', 'external id'].includes(meaning);
}

function completeLine(trials: readonly Trial[], { filters }: Sample): Line {
  const name = 'nobody is left out of everybody';
  if (!trials.some(({ obeyed, strangers }) => obeyed || strangers > 0)) return notTried(name, 'no filter is obeyed');
  if (trials.every(({ strangers }) => strangers === 0)) return holds(name, 'no filter brings anybody else');
  const read = filters.size > 0 ? 'by their types' : 'without a filter';
  return differs(
    name,
    `filters bring people who did not come ${read}: counts and the check for duplicates are of a part`,
  );
}
