import { isObject } from '../../base/json.ts';

/** What a client takes for an answer: `application/json`, `text/event-stream`, or either. */
export type Accepted = 'json' | 'sse' | 'either';

/** What the client's `Accept` header lists. One that lists neither form, or isn't there, gets JSON. */
export function acceptedBy(header: string | undefined): Accepted {
  const types = (header ?? '').toLowerCase();
  if (!types.includes('text/event-stream')) return 'json';
  return types.includes('application/json') ? 'either' : 'sse';
}

/** The message without the wish for progress, which only an event stream can carry. */
export function withoutProgress<T>(message: T): T {
  if (!isObject(message) || !isObject(message.params) || !isObject(message.params._meta)) return message;
  const { progressToken: _, ...meta } = message.params._meta;
  return { ...message, params: { ...message.params, _meta: meta } };
}

/** Whether progress is to be told while the message is answered, which only an event stream can carry. */
export function wantsProgress(message: unknown): boolean {
  if (!isObject(message) || !isObject(message.params) || !isObject(message.params._meta)) return false;
  return message.params._meta.progressToken !== undefined;
}
