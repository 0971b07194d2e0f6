import { isObject } from '../../base/json.ts';
import { refusal } from '../refusal.ts';
import type { Accepted } from './endpoint.ts';
import type { Purpose } from './open-requests.ts';

/** Clients send flat messages; deeper ones are made to exhaust a program that walks through them. */
const deepest = 64;

/**
 * The one JSON-RPC message of a request's body.
 *
 * @returns the message, or the answer that refuses it
 */
export async function readMessage(request: Request): Promise<unknown | Response> {
  let message: unknown;
  try {
    message = JSON.parse(await request.text());
  } catch {
    return refusal(400, 'The body is not valid JSON. Send one JSON-RPC message in UTF-8.', { code: -32700 });
  }
  if (Array.isArray(message)) {
    return refusal(400, 'Batches are not taken. Send each JSON-RPC message in a request of its own.', { code: -32600 });
  }
  const problem = problemOf(message);
  return problem === undefined ? message : refusal(400, problem, { code: -32600 });
}

/** The id of a message, for an error that answers it. */
export function idOf(message: unknown): string | number | null {
  const id = isObject(message) ? message.id : null;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

/** What a message is for; it decides how its request is ended. */
export function purposeOf(message: unknown): Purpose {
  if (!isObject(message)) return 'other';
  if (message.method === 'subscriptions/listen') return 'subscription';
  const { params } = message;
  return message.method === 'tools/call' && isObject(params) && params.name === 'create_person' ? 'create' : 'other';
}

/** What the client's `Accept` header lists. One that lists neither form, or isn't there, gets JSON. */
export function acceptedBy(header: string | null): Accepted {
  const types = (header ?? '').toLowerCase();
  if (!types.includes('text/event-stream')) return 'json';
  return types.includes('application/json') ? 'either' : 'sse';
}

/** The message without the wish for progress, which only an event stream can carry. */
export function withoutProgress(message: unknown): unknown {
  if (!isObject(message) || !isObject(message.params) || !isObject(message.params._meta)) return message;
  const { progressToken: _, ...meta } = message.params._meta;
  return { ...message, params: { ...message.params, _meta: meta } };
}

/** What makes a message one that no client sends. Looked for level by level, so that depth costs no stack. */
function problemOf(message: unknown): string | undefined {
  let level: unknown[] = [message];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return `The message is nested more than ${deepest} levels deep. Send a flat one.`;
    // Libraries drop this key without a word, and an argument must not vanish.
    if (level.some(one => isObject(one) && Object.hasOwn(one, '__proto__'))) {
      return 'The message has a key __proto__, which names no argument. Leave it out.';
    }
    level = level.flatMap(one => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return undefined;
}
