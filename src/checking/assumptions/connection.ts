/** Whether the keys are taken, and whether the lists of fields are there. */
import type { CharitylogClient } from '../../charitylog/client.ts';
import { differs, holds, type Line, lineOf, reasonOf } from './line.ts';

/** Asks for the keys and the two lists. */
export async function tryConnection(api: CharitylogClient, signal: AbortSignal): Promise<readonly Line[]> {
  const keys = await tryKeys(api, signal);
  if (keys.verdict !== 'holds') return [keys];
  return [keys, await tryList('filterable', api, signal), await tryList('selectable', api, signal)];
}

async function tryKeys(api: CharitylogClient, signal: AbortSignal): Promise<Line> {
  try {
    await api.checkKeys(signal);
    return holds('keys', 'accepted');
  } catch (error) {
    const settings = 'look at CHARITYLOG_BASE_URL and the three keys; `charitylog-mcp check` says more';
    return differs('keys', `not accepted (${reasonOf(error)}): ${settings}`);
  }
}

function tryList(list: 'filterable' | 'selectable', api: CharitylogClient, signal: AbortSignal): Promise<Line> {
  const name = `list ${list}_fields`;
  const read = async () => {
    const fields = (await api.fields(list, signal)).map(field => field.name);
    if (fields.length === 0) return differs(name, 'it is empty');
    return holds(name, `${fields.length} fields: ${fields.join(', ')}`);
  };
  const otherwise = 'the program uses the fields of the manual';
  return lineOf(signal, read, reason => differs(name, `not there or not readable (${reason}): ${otherwise}`));
}
