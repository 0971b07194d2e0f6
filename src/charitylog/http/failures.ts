import { CharitylogError } from '../../base/errors.ts';
import type { Keys } from '../../settings/config.ts';
import { apiMessage } from '../decode.ts';
import { type HttpAnswer, jsonOf, notJson } from './answer.ts';

const checkSetup = 'Ask the administrator to run `charitylog-mcp check`.';

/** The error for an answer whose status says that the request failed. */
export function statusFailure(answer: HttpAnswer, keys: Keys): CharitylogError {
  const { status } = answer;
  const said = quotedMessage(jsonOf(answer), keys);
  const logText = `HTTP ${status}`;
  if (status === 401) {
    return new CharitylogError(
      'auth',
      `Charitylog refused the API keys (HTTP 401)${said}. The administrator should check CHARITYLOG_SOURCE_KEY, ` +
        'CHARITYLOG_ORG_KEY and CHARITYLOG_USER_KEY against the API user in Charitylog, under 3rd Party Systems.',
      { logText },
    );
  }
  if (status === 403) {
    return new CharitylogError(
      'forbidden',
      `Charitylog does not allow this (HTTP 403)${said}. The administrator should check the API user's access and ` +
        'whether the API licence is read-only.',
      { logText },
    );
  }
  if (status === 404)
    return new CharitylogError('not_found', `Charitylog has no such record or list${said}.`, { logText });
  if (status === 429) {
    const wait = retryAfterMs(answer.retryAfter);
    const when = wait === undefined ? 'in a minute' : `in ${Math.ceil(wait / 1000)} seconds`;
    return new CharitylogError('rate_limited', `Charitylog asks for fewer requests (HTTP 429). Try again ${when}.`, {
      logText,
    });
  }
  if (status === 408 || status >= 500) {
    return new CharitylogError(
      'unavailable',
      `Charitylog could not answer (HTTP ${status})${said}. Try again in a minute. If it goes on: ${checkSetup}`,
      { logText },
    );
  }
  if (status >= 300 && status < 400) return redirected(status);
  return new CharitylogError('invalid', `Charitylog refused the request (HTTP ${status})${said}.`, { logText });
}

/** The code of an error that came with a successful status: a write may have been carried out all the same. */
export const statedInSuccess = 'STATED_IN_SUCCESS';

/** The error for a successful status whose JSON says that the request failed, or `undefined` when it doesn't. */
export function failureInSuccess(json: unknown, keys: Keys): CharitylogError | undefined {
  const message = apiMessage(json);
  if (message === undefined) return undefined;
  return new CharitylogError('invalid', `Charitylog refused the request${quotedMessage(json, keys)}.`, {
    logText: 'error in a successful answer',
    code: statedInSuccess,
  });
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

/** The error for an answer that says that it is only a part of the whole: the manual knows no paging. */
export function pagedAnswer(): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'Charitylog answered with only a part of the people, in pages that this program cannot read: any number would be wrong. ' +
      'Ask a narrower question (more filters), and report this to the administrator.',
    { logText: 'paged answer' },
  );
}

/** The error for a body that is not JSON. */
export function unreadableBody(answer: HttpAnswer): CharitylogError {
  const kind =
    /html/i.test(answer.contentType) || /^\s*</.test(answer.text) ? 'a web page' : 'something cut off or not JSON';
  return new CharitylogError(
    'unreadable',
    `The Charitylog API answered with ${kind} instead of data (HTTP ${answer.status}). Try again; if it goes on, ` +
      `CHARITYLOG_BASE_URL may not be the API's address. ${checkSetup}`,
    { logText: `not JSON, HTTP ${answer.status}` },
  );
}

/** The error for a `Content-Encoding` that can't be taken off. */
export function unknownCoding(coding: string): CharitylogError {
  const shown = /^[\w-]{1,20}$/.test(coding) ? `"${coding}"` : 'an unknown coding';
  return new CharitylogError(
    'unreadable',
    `The answer is packed as ${shown}, which the program cannot read (Content-Encoding; it reads gzip, br and deflate). ` +
      'The administrator should report this to the operator of the API or of the proxy before it.',
    { logText: 'unknown Content-Encoding' },
  );
}

/** The error for a body that isn't what its `Content-Encoding` says. */
export function brokenAnswer(cause: unknown): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'The answer arrived broken: it cannot be unpacked as its Content-Encoding says. Try again; if it goes on, the ' +
      'administrator should look at the proxy or the cache before the API.',
    { logText: 'broken Content-Encoding', code: brokenBody, cause },
  );
}

/** The error for an answer that grew past the limit. */
export function tooLarge(limitBytes: number): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog's answer is larger than ${Math.round(limitBytes / 1_048_576)} MB. Ask a narrower question: add filters.`,
    { logText: 'answer too large' },
  );
}

/**
 * The error for a request that got no whole answer: no connection, a reset, a timeout. Any other cause, such as a fault
 * of this program, is thrown again.
 */
export function networkFailure(cause: unknown): CharitylogError {
  if (cause instanceof CharitylogError) return cause;
  const code = networkCode(cause);
  if (code === undefined) throw cause;
  const options = { logText: code, code, cause };
  if (timeoutCodes.has(code)) {
    return new CharitylogError(
      'timeout',
      'Charitylog did not answer in time. Try again, or ask a narrower question (more filters).',
      options,
    );
  }
  if (isCertificateCode(code) || /TLS|SSL/.test(code)) {
    return new CharitylogError(
      'unavailable',
      `No secure connection to the Charitylog API (${code}). The administrator should check CHARITYLOG_BASE_URL, and ` +
        "set CHARITYLOG_CA_FILE where the network's own certificate authority signs connections.",
      options,
    );
  }
  return new CharitylogError(
    'unavailable',
    `The Charitylog API cannot be reached (${code}). Try again in a minute. If it goes on: ${checkSetup}`,
    options,
  );
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

/**
 * Milliseconds that a `Retry-After` header asks for (seconds or an HTTP date), or `undefined` without a usable one.
 */
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
/** Another try may get it whole. */
const brokenBody = 'BROKEN_BODY';
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

function redirected(status: number): CharitylogError {
  return new CharitylogError(
    'unavailable',
    `The Charitylog API answered with a redirect (HTTP ${status}), which the program never follows, because the keys would go ` +
      `with it. The administrator should check CHARITYLOG_BASE_URL.`,
    { logText: `redirect, HTTP ${status}`, code: redirect },
  );
}

/** The API's own words as the tail of a sentence: without markup, addresses, paths and keys, at most 300 characters. */
function quotedMessage(json: unknown, keys: Keys): string {
  const message = json === notJson ? undefined : apiMessage(json);
  if (!message) return '';
  let text = message.replace(/<[^>]*>/g, ' ');
  for (const key of [keys.source, keys.org, keys.user]) if (key !== '') text = text.replaceAll(key, '[key]');
  text = text
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]')
    .replace(/(^|[\s"'(])(?:[A-Za-z]:)?(?:[\\/][A-Za-z_][\w.@%+-]*){2,}/g, '$1[path]')
    .replace(/[\w.+-]+@[\w.-]+/g, '[address]')
    .replace(/\d[\d ]{7,}\d/g, '[number]')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return text === '' ? '' : `: "${text.length > 300 ? `${text.slice(0, 299)}…` : text}"`;
}
