import type { IncomingMessage, ServerResponse } from 'node:http';
import { refusal } from '../refusal.ts';
import { idOf, purposeOf } from './messages.ts';

/** Sends an answer whose body is whole. */
export async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(body);
}

/** Lets the pages of an allowed origin read the answer; whether the origin is one was checked before. */
export function allowPage({ headers }: IncomingMessage, response: ServerResponse): void {
  if (headers.origin === undefined) return;
  response.setHeader('access-control-allow-origin', headers.origin);
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-expose-headers', 'www-authenticate, retry-after');
  response.setHeader('access-control-allow-methods', 'POST');
  response.setHeader(
    'access-control-allow-headers',
    'authorization, content-type, mcp-protocol-version, mcp-method, mcp-name',
  );
}

/** What refuses a request by its first lines alone. */
export function refusalOfForm({ method = '', url = '', headers }: IncomingMessage): Response | undefined {
  if (!['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'].includes(method)) {
    return refusal(405, `${method} is not allowed here. Use POST.`, { headers: { allow: 'POST' } });
  }
  if (/[@/?#\\]/.test(headers.host ?? '')) return refusal(403, 'The Host header is not a host name.');
  return /[?&](access_)?token=/i.test(url) ? tokenInAddress() : undefined;
}

function tokenInAddress(): Response {
  return refusal(
    400,
    'A token in an address ends up in logs. Send it in the header "Authorization: Bearer ...", and have this one replaced.',
  );
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

/** Refuses what is too much for the service. */
export function tooMuch(): Response {
  const headers = { 'retry-after': '1', connection: 'close' };
  return refusal(503, 'The service is receiving too much data at the same time. Try again in 1 s.', { headers });
}
