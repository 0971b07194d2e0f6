import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { cleanValue } from '../../base/visible-text.ts';
import { type Incoming, idOf, invalidParams, type Refused, tooLarge } from '../messages/incoming.ts';
import { refusal } from '../refusal.ts';
import { purposeOf } from './open-requests.ts';

/** Sends an answer whose body is whole. */
export async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}

/** The SDK's own refusals quote what was sent, and pass no server. */
export async function cleanRefusal(answer: Response): Promise<Response> {
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') === true;
  if (answer.status < 400 || !isJson) return answer;
  return Response.json(cleanValue(await answer.json()), { status: answer.status, headers: answer.headers });
}

/** How long the refusal of a request is kept back that is one too many, in milliseconds. */
export const refusedAfterMs = 1000;

/** Sends a refusal after a second: who asks again at once would take up everybody's time. */
export async function sendLater(response: ServerResponse, answer: Response, signal: AbortSignal): Promise<void> {
  await delay(refusedAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
  await send(response, answer);
}

/** Answers a message that doesn't go to the server. Wrong params are an answer like others; the rest is no request. */
export function refuseMessage({ code, problem, id, isAwaited }: Refused): Response {
  return refusal(code === invalidParams && isAwaited ? 200 : 400, problem, { code, id });
}

/** Refuses a request of a caller who has so many open. */
export function tooManyOpen(most: number): Response {
  return tooMany(`This caller has ${most} requests open, the most at once.`, 1);
}

/** Refuses a request of a caller who has made too many. */
export function tooManyRequests(seconds: number): Response {
  return tooMany('This caller has made the most requests that are allowed a minute.', seconds);
}

/** Refuses a body that is larger than a message may be. */
export function refuseLarge(): Response {
  const { code, problem } = tooLarge();
  return refusal(413, problem, { code, headers: { connection: 'close' } });
}

/** Answers a batch with the list of the answers to its messages. */
export async function answerBatch(
  batch: readonly Incoming[],
  answer: (message: unknown) => Promise<Response>,
): Promise<Response> {
  const answered = batch.map(async one => {
    if ('refused' in one) return one.refused.isAwaited ? [await refuseMessage(one.refused).json()] : [];
    const text = await (await answer(one.message)).text();
    return text === '' ? [] : [JSON.parse(text)];
  });
  const answers = (await Promise.all(answered)).flat();
  return answers.length > 0 ? Response.json(answers) : new Response(null, { status: 202 });
}

/** Refuses a request, or the message in it, that this copy would begin while it stops. */
export function stopping(message?: unknown): Response {
  const headers = { 'retry-after': '1', connection: 'close' };
  return refusal(503, 'This copy of the service is stopping; nothing was done. Send the request again.', {
    id: idOf(message),
    headers,
  });
}

/** Answers a message whose request the service has ended. */
export function ended(message: unknown): Response {
  const what = purposeOf(message) === 'create' ? 'The person may have been added: look them up first.' : 'Ask again.';
  return refusal(503, `The service ended this request before it was answered. ${what}`, { id: idOf(message) });
}

/** Refuses what is one too many for its caller. */
export function tooMany(what: string, seconds: number, message?: unknown): Response {
  const headers = { 'retry-after': String(seconds) };
  return refusal(429, `${what} Try again in ${seconds} s; nothing was done.`, { id: idOf(message), headers });
}

/** Refuses a body that doesn't fit beside the others that are being read and answered. */
export function tooMuch(): Response {
  const headers = { 'retry-after': '1', connection: 'close' };
  return refusal(
    503,
    'The service is receiving too much data of this caller at the same time. Try again in 1 s; nothing was done.',
    { headers },
  );
}
