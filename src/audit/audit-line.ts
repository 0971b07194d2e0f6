import { isObject } from '../base/json.ts';
import { visibleLine } from '../base/visible-text.ts';

/** At most this many ids are written a line. */
const maxIds = 100;

/** Stands for a name that is no argument of the tool: it could be anything, a person's name included. */
const unknownName = '(unknown)';

/** A tool call, in names and numbers. */
export interface AuditedCall {
  readonly tool: string;
  /** Names of the arguments given, as the tool writes them; `undefined` for each that it doesn't have. */
  readonly argumentNames: readonly (string | undefined)[];
  /** The MCP client as it calls itself, where it did. */
  readonly client: { readonly name: string; readonly version: string } | undefined;
  /** `ok`, the status of a create, `sending` before one is sent, `asked` for a question, or the kind of an error. */
  readonly outcome: string;
  /** From the call's start until the outcome was known, in milliseconds. */
  readonly ms: number;
  /** The outcome of a write that became known after its call had ended; the call itself has a line of its own. */
  readonly late?: boolean;
  /** What ties the lines of one record to each other, once it was about to be sent. */
  readonly create?: string | undefined;
}

/** What of a call's result may be logged. */
export interface AuditSummary {
  /** Names of what was shown of people, or written, sorted. */
  readonly fields?: readonly string[];
  /** Ids of the records that were shown or written, at most 100. */
  readonly ids?: readonly number[];
  readonly ids_left_out?: number;
  /** How many people were found in all. */
  readonly count?: unknown;
}

/** The line of a call, as the log has it in JSON; no value of an argument or a record is in it. */
export function auditLine(identity: string, call: AuditedCall, { count, ...shown }: AuditSummary) {
  return {
    time: new Date().toISOString(),
    identity,
    // Name and version, as `claude-desktop/1.2.3`.
    ...(call.client && { client: `${cleanWord(call.client.name)}/${cleanWord(call.client.version)}` }),
    tool: call.tool,
    arguments: [...new Set(call.argumentNames.map(name => name ?? unknownName))].sort(),
    ...shown,
    outcome: call.outcome,
    ...(typeof count === 'number' && { count }),
    ms: Math.round(call.ms),
    ...(call.late && { late: true }),
    ...(call.create !== undefined && { create: call.create }),
  };
}

/** The ids of these people, and the names of what was shown of them. */
export function shownPeople(people: unknown): Pick<AuditSummary, 'fields' | 'ids' | 'ids_left_out'> {
  const fields = new Set<string>();
  const ids: number[] = [];
  for (const person of [people].flat()) {
    if (!isObject(person)) continue;
    for (const name of Object.keys(person)) fields.add(name);
    if (Number.isSafeInteger(person.id)) ids.push(person.id as number);
  }
  fields.delete('id');
  return {
    ...(fields.size > 0 && { fields: [...fields].map(visibleLine).sort() }),
    ...(ids.length > 0 && { ids: ids.slice(0, maxIds) }),
    ...(ids.length > maxIds && { ids_left_out: ids.length - maxIds }),
  };
}

/** What a host says of itself, on one line and short. */
function cleanWord(text: string): string {
  return visibleLine(text.slice(0, 60));
}
