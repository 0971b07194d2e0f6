import type { McpUiHostContext } from '@modelcontextprotocol/ext-apps/app-bridge';

export type Params = Record<string, unknown>;

/** What a page of a host is told to show. */
export interface Shown {
  readonly view: string;
  readonly input: Params;
  readonly result: Params;
  readonly context?: McpUiHostContext;
  /** Capabilities that this host doesn't have. */
  readonly without?: readonly string[];
}

/** What a view asked its host for: a tool call and the rest by their methods. */
export type Ask = (method: string, params: Params) => Promise<Params>;
