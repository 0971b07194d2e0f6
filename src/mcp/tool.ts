import type { ToolAnnotations } from '@modelcontextprotocol/server';
import type { AuditSummary } from '../audit/audit-line.ts';
import type { Problem } from '../base/errors.ts';
import type { FieldLists } from '../catalogue/field.ts';
import type { Adding, AskUser } from '../people/adding/adding.ts';
import type { RecentAnswers } from '../people/asking/recent-answers.ts';
import { type ParsedArguments, parseArguments } from './arguments/parse.ts';
import type { Argument } from './arguments/schema.ts';
import type { ViewName } from './views.ts';

/** What a tool works with. */
export interface ToolContext extends Adding {
  readonly answers: RecentAnswers;
  /** Gives the key that cursors are sealed with, 32 bytes. */
  readonly cursorSecret: () => Uint8Array;
}

/** All four hints, always: hosts take a missing one for the worst case. */
type AllHints = Readonly<Required<Omit<ToolAnnotations, 'title'>>>;

/** The result object of a tool. */
export type ToolResult = Readonly<Record<string, unknown>>;

/** A tool: how it is published and what it does. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** 3 to 5 sentences: what it does, when to use it, side effects, what comes back. */
  readonly description: string;
  readonly annotations: AllHints;
  /** Draws its answers, in hosts that draw views. */
  readonly view?: ViewName;
  /** The arguments of a correct call, shown with an error. */
  readonly example: Readonly<Record<string, unknown>>;
  arguments(fields: FieldLists): readonly Argument[];
  /** Says why this key can't be an argument here, where more is known than that it isn't one. */
  explain?(key: string, fields: FieldLists): string | Problem | undefined;
  /** Throws a `CharitylogError` for everything the caller should be told as an error. */
  call(input: unknown, context: ToolContext): Promise<ToolResult | AskUser>;
  /** What the logs call this result; `ok` unless told. */
  outcome?(result: ToolResult): string;
  /** What of a result may be logged: ids, names of fields and numbers, no value. */
  audited(result: ToolResult): AuditSummary;
}

/** Annotations of a tool that reads. The world is closed: one charity's own system, no fetching, no e-mail. */
export const readingAnnotations: AllHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/**
 * Reads a call's arguments against the tool's definitions for these fields, live or the latest known.
 *
 * @throws CharitylogError `invalid` naming all that is wrong, and what is right
 */
export function readArguments(tool: Tool, input: unknown, fields: FieldLists): ParsedArguments {
  return parseArguments(tool.arguments(fields), input, {
    name: tool.name,
    explain: key => tool.explain?.(key, fields),
  });
}

/** `{notes}` for a result, where there are any. */
export function withNotes(...notes: readonly string[]): { notes?: readonly string[] } {
  return notes.length > 0 ? { notes } : {};
}
