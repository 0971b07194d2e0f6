import { CharitylogError, type ErrorKind, isCharitylogError } from '../../base/errors.ts';
import type { Keys } from '../../settings/config.ts';
import { messageOf, type StatedFailure } from '../stated-failure.ts';
import { type HttpAnswer, jsonOf, notJson } from './answer.ts';
import { brokenBody, checkSetup } from './body-failures.ts';
import { quoted } from './quoted.ts';

export function keysMissing(missing: readonly string[]): CharitylogError {
  return new CharitylogError(
    'config',
    `Charitylog is not connected yet: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not set. The ` +
      "administrator finds the Org and User keys on the API user's record in Charitylog, under 3rd Party Systems " +
      '("Reveal Key"); the software supplier gives the Source key. Set them in the environment and start again.',
    { logText: `missing ${missing.join(', ')}` },
  );
}

/** The error for an answer whose status says that the request failed. */
export function statusFailure(answer: HttpAnswer, keys: Keys): CharitylogError {
  const { status, retryAfter } = answer;
  if (status >= 300 && status < 400)
    return new CharitylogError(
      'unavailable',
      `The Charitylog API answered with a redirect (HTTP ${status}), which is never followed because the keys would go ` +
        'along. The administrator should check CHARITYLOG_BASE_URL.',
      { logText: `redirect, HTTP ${status}`, code: redirect },
    );
  const json = jsonOf(answer);
  const said = json === notJson ? '' : quoted(messageOf(json), keys);
  const [kind, message] = explainedStatus(status, `(HTTP ${status})${said}`, retryAfter);
  return new CharitylogError(kind, message, { logText: `HTTP ${status}` });
}

/** The code of an error that came with a successful status. */
export const statedInSuccess = 'STATED_IN_SUCCESS';

/** The error for a failure that came with a successful status. */
export function failureInSuccess({ status, message: said, isPassing }: StatedFailure, keys: Keys): CharitylogError {
  const shown = status === undefined ? 'an error in its answer' : `code ${status} in its answer`;
  const [kind, message] = explainedStatus(status ?? (isPassing ? 503 : 400), `(${shown})${quoted(said, keys)}`);
  return new CharitylogError(kind, message, {
    logText: `error in a successful answer: ${shown}`,
    code: statedInSuccess,
  });
}

/**
 * What a status means, and what to do about it.
 *
 * @param told the status as the text has it, and the API's own words
 */
function explainedStatus(status: number, told: string, retryAfter?: string): readonly [ErrorKind, string] {
  if (status === 401)
    return [
      'auth',
      `Charitylog refused the API keys ${told}. The administrator should check CHARITYLOG_SOURCE_KEY, ` +
        'CHARITYLOG_ORG_KEY and CHARITYLOG_USER_KEY against the API user in Charitylog, under 3rd Party Systems.',
    ];
  if (status === 403)
    return [
      'forbidden',
      `Charitylog does not allow this ${told}. The administrator should check the API user's access and ` +
        'whether the API licence is read-only.',
    ];
  if (status === 404) return ['not_found', `Charitylog has no such record or list ${told}.`];
  if (status === 429) {
    const wait = retryAfterMs(retryAfter);
    const when = wait === undefined ? 'in a minute' : `in ${Math.ceil(wait / 1000)} seconds`;
    return ['rate_limited', `Charitylog asks for fewer requests ${told}. Try again ${when}.`];
  }
  if (status === 408 || status >= 500)
    return ['unavailable', `Charitylog could not answer ${told}. Try again in a minute. If it goes on: ${checkSetup}`];
  return ['invalid', `Charitylog refused the request ${told}.`];
}

/** The error for a method or an encoding that the API doesn't take for a new record: the manual's pages differ. */
export function unsupportedCreate(status: number): CharitylogError {
  return new CharitylogError(
    'invalid',
    `Charitylog does not take new records in this way (HTTP ${status}); nothing was added. The administrator should try ` +
      'CHARITYLOG_CREATE_METHOD=PUT, CHARITYLOG_CREATE_ENCODING=json, or check CHARITYLOG_BASE_URL.',
    { logText: `HTTP ${status} on a write` },
  );
}

/**
 * The error for a write that may have been carried out.
 *
 * @param cause what went wrong after sending: a failure, or a fault of this program
 */
export function unknownOutcome(cause: unknown): CharitylogError {
  if (isCharitylogError(cause, 'unknown_outcome')) return cause;
  const [message, logText] = isCharitylogError(cause)
    ? [cause.message, cause.logText]
    : ['its answer could not be read.', 'fault after sending'];
  // What happened, without the advice for reads: trying again is what must not be done here.
  const [fact] = message.split(/(?<=\w[.)"]) (?=[A-Z])/);
  return new CharitylogError('unknown_outcome', `Charitylog did not confirm the new record: ${fact}`, {
    logText: `unknown outcome: ${logText}`,
    cause,
  });
}

/**
 * The error for an answer that is a part of a longer one, whose rest can't be read: the manual knows no paging.
 *
 * @param signs what the answer says of itself, such as `total 99`
 */
export function pagedAnswer(signs: readonly string[]): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog answered with a part only, in pages (seen: ${signs.join(', ')}), and the rest cannot be read: any number would be ` +
      'wrong. Ask a narrower question (more filters), and report this to the administrator.',
    { logText: 'paged answer' },
  );
}

/**
 * The error for a request that got no whole answer: no connection, a reset, a timeout.
 *
 * @returns `undefined` for any other cause, such as a fault of this program
 */
export function networkFailure(cause: unknown): CharitylogError | undefined {
  if (cause instanceof CharitylogError) return cause;
  const code = networkCode(cause);
  if (code === undefined) return undefined;
  const [kind, message] = explainedCode(code);
  return new CharitylogError(kind, message, { logText: code, code, cause });
}

function explainedCode(code: string): readonly [ErrorKind, string] {
  if (timeoutCodes.has(code))
    return ['timeout', 'Charitylog did not answer in time. Try again, or ask a narrower question (more filters).'];
  if (isCertificateCode(code) || /TLS|SSL/.test(code))
    return [
      'unavailable',
      `No secure connection to the Charitylog API (${code}). The administrator should check CHARITYLOG_BASE_URL, and ` +
        "set CHARITYLOG_CA_FILE where the network's own certificate authority signs connections.",
    ];
  const what = `The Charitylog API cannot be reached (${code}). Try again in a minute.`;
  return ['unavailable', `${what} If it goes on: ${checkSetup}`];
}

/** True when another try of the same GET may succeed. */
export function isWorthRetrying(error: CharitylogError): boolean {
  if (error.kind === 'rate_limited' || [connectTimeout, brokenBody].includes(error.code ?? '')) return true;
  return error.kind === 'unavailable' && !lastingCodes.has(error.code ?? '') && !isCertificateCode(error.code ?? '');
}

/** True when the failure came, for certain, before anything of the request was sent: no connection was made. */
export function wasNeverSent(error: CharitylogError): boolean {
  return error.kind === 'config' || unsentCodes.has(error.code ?? '') || isCertificateCode(error.code ?? '');
}

/** Milliseconds that a `Retry-After` header asks for (seconds or an HTTP date), or `undefined` without a usable one. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | undefined {
  if (header === undefined) return undefined;
  const trimmed = header.trim();
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const connectTimeout = 'UND_ERR_CONNECT_TIMEOUT';
const timeoutCodes = new Set([connectTimeout, 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'TIMEOUT']);
const unsentCodes = new Set([connectTimeout, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
const redirect = 'REDIRECT';
const lastingCodes = new Set(['ENOTFOUND', redirect]);

/** The codes with which a certificate is refused, in the handshake. */
function isCertificateCode(code: string): boolean {
  return /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_CERT_)/.test(code);
}

function networkCode(cause: unknown): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  if (cause.name === 'TimeoutError') return 'TIMEOUT';
  if ('code' in cause && typeof cause.code === 'string') return cause.code;
  return networkCode(cause.cause);
}
