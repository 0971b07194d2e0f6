import type { CallToolResult } from '@modelcontextprotocol/server';
import { bounds } from '../base/bounds.ts';
import { CharitylogError } from '../base/errors.ts';
import { isObject } from '../base/json.ts';
import { cleanJson, cleanText } from '../base/visible-text.ts';
import { fitted, isLarge } from './fitting.ts';

/**
 * What leaves this program, as JSON text and as the object that it stands for: with stored text made safe, and no larger
 * than an answer may be.
 */
export function presented(value: Record<string, unknown>): { text: string; object: Record<string, unknown> } {
  // Most answers are a tenth of what fits. Cleaned before it is a text in a message: what JSON escapes doesn't show in that.
  const { json, clean } = cleanJson(isLarge(value) ? { ...fitted(value) } : value);
  return { text: json, object: clean };
}

/** What goes to the review view alone: hosts show a model everything but `_meta`. */
const reviewKey = 'charitylog/review';

/**
 * A tool's result: the same object as compact JSON text and as `structuredContent`, since hosts show a model only one
 * of the two, and not all the same one.
 */
export function toolResult({ forView, ...value }: Record<string, unknown>): CallToolResult {
  const { text, object } = presented(value);
  const _meta = isObject(forView) && { [reviewKey]: presented(forView).object };
  return { content: [{ type: 'text', text }], structuredContent: object, ...(_meta && { _meta }) };
}

/** A tool's error: everything the caller needs to recover is in the text. */
export function toolError(error: CharitylogError): CallToolResult {
  return { content: [{ type: 'text', text: errorText(error) }], isError: true };
}

/** The text of an error, made safe and cut. */
export function errorText({ message }: Error): string {
  const text = cleanText(message.slice(0, bounds.error));
  return message.length > bounds.error ? `${text}…` : text;
}

/**
 * Any thrown value as the error to tell. A fault of this program shows its name only, as its text may hold data.
 *
 * @param isCancelled whether the caller has cancelled the call; nobody reads the answer then
 */
export function asCharitylogError(thrown: unknown, isCancelled: boolean): CharitylogError {
  if (thrown instanceof CharitylogError) return thrown;
  if (isCancelled) return new CharitylogError('timeout', 'The call was cancelled.', { logText: 'cancelled' });
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  if (name === 'TimeoutError') {
    return new CharitylogError(
      'timeout',
      'Charitylog took too long to answer. Nothing was changed. Ask a narrower question (more filters), or try again.',
      { logText: 'call deadline' },
    );
  }
  return new CharitylogError('unavailable', `charitylog-mcp failed on this call (${name}). Please report it.`, {
    logText: `fault ${name}`,
    cause: thrown,
  });
}
