import { bounds } from '../../base/bounds.ts';
import { isObject, setOwn } from '../../base/json.ts';
import { nextTurn, Turn } from '../../base/turns.ts';
import { parseJson, tooManyParts } from '../json-text.ts';
import { findContainer } from './find-records.ts';
import { type ScanState, scanRows } from './scan-rows.ts';

/** A text up to this length is parsed at once, and rows in runs of about this length, in characters. */
const runLength = 65_536;

/** Stands for the rows in the text around them; no answer has it. */
const place = '\u0000rows';

/**
 * The JSON of a text, whose rows are parsed by and by: `JSON.parse` of a long one keeps everybody waiting.
 *
 * @throws what {@link parseJson} throws
 */
export async function parseInTurns(text: string): Promise<unknown> {
  if (text.length <= runLength) return parseJson(text);
  // An object that holds no rows is read a member at a time: it may be a map of very many.
  const container = findContainer(text) ?? (text.startsWith('{') ? { open: 0, kind: '{' } : undefined);
  await nextTurn();
  if (!container) return parseJson(text);
  const { open, kind } = container;
  const isList = kind === '[';
  const rows: unknown[] = [];
  const entries: Record<string, unknown> = {};
  let count = 0;
  const take = (run: string) => {
    const parsed = parseJson(isList ? `[${run}]` : `{${run}}`);
    const taken = isList ? (parsed as unknown[]) : Object.entries(parsed as object);
    if (isList) for (const row of taken) rows.push(row);
    else for (const [key, value] of taken as [string, unknown][]) setOwn(entries, key, value);
    count += taken.length;
    if (count > bounds.rows) throw tooManyParts();
  };
  const turn = new Turn();
  const state: ScanState = { at: open + 1, depth: 0, inString: false };
  for (let begin = open + 1; ; ) {
    const { wholeUpTo, closesAt } = scanRows(text, state, Math.min(text.length, state.at + runLength));
    if (closesAt >= 0) {
      const last = text.slice(begin, closesAt);
      if (text[closesAt] !== (isList ? ']' : '}')) throw new SyntaxError('the rows are closed by another bracket');
      // After a comma there is a row.
      if (last.trim() !== '' || begin > open + 1) take(last);
      await nextTurn();
      return withRows(
        `${text.slice(0, open)}${JSON.stringify(place)}${text.slice(closesAt + 1)}`,
        isList ? rows : entries,
      );
    }
    if (state.at >= text.length) throw new SyntaxError('the rows have no end');
    if (wholeUpTo >= 0) {
      take(text.slice(begin, wholeUpTo));
      begin = wholeUpTo + 1;
    }
    if (turn.isOver) await turn.next();
  }
}

/** What surrounds the rows, with the rows in their place. */
function withRows(surroundings: string, rows: object): unknown {
  const whole = { json: parseJson(surroundings) };
  const open: Record<string, unknown>[] = [whole];
  for (const node of open) {
    for (const [key, value] of Object.entries(node)) {
      if (value === place) node[key] = rows;
      else if (isObject(value)) open.push(value);
    }
  }
  return whole.json;
}
