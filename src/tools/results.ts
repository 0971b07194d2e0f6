import type { CallToolResult } from '@modelcontextprotocol/server';
import { CharitylogError } from '../errors.ts';

/**
 * A tool's result: the same object as compact JSON text and as `structuredContent`, since hosts show a model only one
 * of the two, and not all the same one.
 */
export function toolResult(value: Record<string, unknown>): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value };
}

/** A tool's error: everything the caller needs to recover is in the text. */
export function toolError(error: CharitylogError): CallToolResult {
  return { content: [{ type: 'text', text: error.message }], isError: true };
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
      'Charitylog needed too long for this call. Nothing was changed. Ask a narrower question (more filters), or try again.',
      { logText: 'call deadline' },
    );
  }
  return new CharitylogError('unavailable', `charitylog-mcp failed on this call (${name}). Please report it.`, {
    logText: `fault ${name}`,
    cause: thrown,
  });
}
