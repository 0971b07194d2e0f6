import type { ServerContext } from '@modelcontextprotocol/server';
import type { Catalogue, FieldLists } from '../catalogue/catalogue.ts';
import type { PeopleApi } from '../charitylog/api.ts';
import type { ConfirmTokens } from '../people/adding/confirm-token.ts';
import type { Memory } from '../people/asking/recent-answers.ts';
import type { Config } from '../settings/config.ts';
import type { FlatSchema } from './arguments/parse.ts';

/** The settings that tools heed. */
export type ToolConfig = Pick<
  Config,
  'requiredFields' | 'createVia' | 'referralSource' | 'referralRole' | 'referralDescription' | 'confirm' | 'elicitation'
>;

/** The person at the host, as far as they can be asked. */
export interface HostPerson {
  readonly canAsk: boolean;
  /** What they said to the question of the round before; `undefined` where none was put. */
  readonly answer: 'accepted' | 'refused' | undefined;
  /** The state that the question carried. */
  readonly state: string | undefined;
}

/** A question to the person at the host, instead of a result; the call comes again with the answer. */
export class AskPerson {
  readonly message: string;
  readonly state: string;

  /** @param state comes back with the answer, through hands that may change it */
  constructor(message: string, state: string) {
    this.message = message;
    this.state = state;
  }
}

/** What a tool works with. */
export interface ToolContext {
  readonly config: ToolConfig;
  readonly tokens: ConfirmTokens;
  readonly host: HostPerson;
  readonly people: PeopleApi;
  readonly catalogue: Catalogue;
  readonly memory: Memory;
  /** Tells the audit log how a create ended whose call had ended before. */
  readonly endedLate: (outcome: Record<string, unknown>) => void;
  /** Tells a waiting caller how many people were read so far. */
  readonly progress: (read: number) => void;
  /** Aborts when the caller cancels and when the call's time is up. */
  readonly signal: AbortSignal;
}

/** All four hints, always: hosts take a missing one for the worst case. */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** A tool: how it is published and what it does. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  /** 3 to 5 sentences: what it does, when to use it, side effects, what comes back. */
  readonly description: string;
  readonly annotations: ToolAnnotations;
  schema(lists: FieldLists): FlatSchema;
  /** @returns the result object; throws a `CharitylogError` for everything the caller should be told as an error */
  call(input: unknown, context: ToolContext): Promise<Record<string, unknown> | AskPerson>;
}

/** Runs a tool for a request: with the identity's people and memory, cancellation, progress and a deadline. */
export type RunTool = (tool: Tool, input: unknown, request: ServerContext) => ReturnType<Tool['call']>;

/** Annotations of a tool that reads. The world is closed: one charity's own system, no fetching, no e-mail. */
export const readingAnnotations: ToolAnnotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};
