import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { bounds } from '../../base/bounds.ts';
import { hasMoreOf, isObject, tryParseJson } from '../../base/json.ts';
import { withCommas } from '../../base/numbers.ts';
import { nestingProblem, withoutNulls } from './nesting.ts';
import { paramsProblem, tooManyArguments } from './params.ts';

/** The largest message that is taken, in bytes. */
export const maxMessageBytes = 1_048_576;

/** The most messages that a batch may have. */
const maxBatch = 32;

const parseError = -32700;
const invalidRequest = -32600;
export const invalidParams = -32602;

/** Why a message doesn't go to the server. */
export interface Refused {
  readonly code: number;
  /** One sentence or two: what is wrong, and what is right. */
  readonly problem: string;
  /** The message's own id, where it has one that can be told back. */
  readonly id: string | number | null;
  /** False for notifications and answers: nobody waits for a word about them. */
  readonly isAwaited: boolean;
}

/** One message of a client: good enough to go to the server, or refused. */
export type Incoming = { readonly message: JSONRPCMessage } | { readonly refused: Refused };

/**
 * Reads what a client sent as one message: JSON-RPC in UTF-8, as MCP narrows it. What passes is known to every later
 * reader: the params of requests have the protocol's shape, and a null among them counts as not given.
 *
 * @param takesBatches whether the revision that is spoken has batches, which are read to a list; only 2025-03-26 has
 */
export function readIncoming(bytes: Uint8Array, takesBatches: boolean): Incoming | readonly Incoming[] {
  const text = decoded(bytes);
  if (text === undefined) {
    return refuse(null, 'The message is not valid UTF-8. Send JSON-RPC in UTF-8.', parseError);
  }
  if (hasManyParts(text)) {
    return refuse(
      null,
      `The message has more than ${withCommas(bounds.messageParts)} values. Send the few that are meant.`,
    );
  }
  const value = tryParseJson(text);
  if (value === undefined) {
    return refuse(null, 'The message is not valid JSON. Send one JSON-RPC message at a time.', parseError);
  }
  return Array.isArray(value) ? readBatch(value, takesBatches) : readMessage(value);
}

/** Refuses a message that is larger than {@link maxMessageBytes}. */
export function tooLarge(): Refused {
  const problem = `The message is larger than ${maxMessageBytes} bytes (1 MiB). Send a smaller one.`;
  return { code: invalidRequest, problem, id: null, isAwaited: true };
}

/** The id of a message, for an error that answers it. */
export function idOf(message: unknown): string | number | null {
  const id = isObject(message) ? message.id : null;
  const isExact = typeof id === 'number' && Math.abs(id) <= Number.MAX_SAFE_INTEGER;
  return typeof id === 'string' || isExact ? id : null;
}

/** Leaves out a byte order mark. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];

/** True for a JSON text with very many commas outside of its texts: it isn't parsed, as that keeps everybody waiting. */
function hasManyParts(text: string): boolean {
  const most = bounds.messageParts;
  if (!hasMoreOf([','], text, most)) return false;
  let parts = 0;
  let inString = false;
  for (let at = 0; at < text.length && parts <= most; at++) {
    const char = text.charCodeAt(at);
    if (char === quote) inString = !inString;
    else if (inString && char === backslash) at++;
    else if (char === comma && !inString) parts++;
  }
  return parts > most;
}

function readBatch(values: readonly unknown[], takesBatches: boolean): Incoming | readonly Incoming[] {
  if (!takesBatches) {
    return refuse(null, 'Batches are taken in protocol revision 2025-03-26 only. Send each message by itself.');
  }
  if (values.length === 0 || values.length > maxBatch) {
    return refuse(null, `A batch has 1 to ${maxBatch} messages, not ${values.length}.`);
  }
  const ids = values
    .filter(isObject)
    .flatMap(({ id, method }) => (id !== undefined && method !== undefined ? [id] : []));
  if (new Set(ids).size < ids.length)
    return refuse(null, 'Two requests of the batch have the same id. Give each its own.');
  return values.map(value => {
    if (!isObject(value) || value.method !== 'initialize') return readMessage(value);
    return refuse(value, 'initialize cannot be part of a batch. Send it by itself.');
  });
}

function readMessage(value: unknown): Incoming {
  const tooMany = tooManyArguments(value);
  if (tooMany) return refuse(value, tooMany, invalidParams);
  const problem = nestingProblem(value);
  if (problem) return refuse(value, problem);
  if (!isObject(value) || value.jsonrpc !== '2.0') {
    return refuse(value, 'This is not a JSON-RPC message: it must be an object with "jsonrpc": "2.0".');
  }
  if (value.method === undefined) return readAnswer(value);
  if (typeof value.method !== 'string') return refuse(value, 'method must be a text.');
  const isRequest = 'id' in value;
  if (isRequest && typeof value.id !== 'string' && !Number.isSafeInteger(value.id)) {
    return refuse(value, 'The id of a request must be a text or a whole number.');
  }
  if (isRequest && String(value.id).length > bounds.name) {
    return refuse({ ...value, id: null }, `The id of a request must not be longer than ${bounds.name} characters.`);
  }
  const message = withoutNulls(value);
  const wrong = paramsProblem(value.method, message, isRequest);
  if (wrong) return refuse(value, wrong, invalidParams);
  return { message: message as unknown as JSONRPCMessage };
}

/** A client answers what the server has asked it. Some write the member that they leave out as null. */
function readAnswer(value: Record<string, unknown>): Incoming {
  const message = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
  const isAnswer = 'result' in value || 'error' in value;
  if (!isAnswer) return refuse(value, 'The message has no method. Send a request or a notification.');
  const { id, result, error } = message;
  const hasId = typeof id === 'string' || Number.isSafeInteger(id);
  const isError = isObject(error) && Number.isSafeInteger(error.code) && typeof error.message === 'string';
  if (hasId && (isObject(result) ? error === undefined : isError && result === undefined)) {
    return { message: message as unknown as JSONRPCMessage };
  }
  return refuse(value, 'An answer must have the id of its request, and either a result or an error.');
}

function refuse(value: unknown, problem: string, code = invalidRequest): Incoming {
  const isAnswer = isObject(value) && !('method' in value) && ('result' in value || 'error' in value);
  const isNotification = isObject(value) && typeof value.method === 'string' && !('id' in value);
  return { refused: { code, problem, id: isAnswer ? null : idOf(value), isAwaited: !isAnswer && !isNotification } };
}
