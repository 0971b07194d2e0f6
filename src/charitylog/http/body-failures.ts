/** The errors for answers that arrived, and whose bodies can't be read: each text says which. */
import { CharitylogError } from '../../base/errors.ts';
import type { HttpAnswer } from './answer.ts';

/** What to do when it goes on. */
export const checkSetup = 'Ask the administrator to run `charitylog-mcp check`.';

/** The code of an error for a body that may come whole at another try. */
export const brokenBody = 'BROKEN_BODY';

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

export function unknownCoding(coding: string): CharitylogError {
  const shown = /^[\w-]{1,20}$/.test(coding) ? `"${coding}"` : 'an unknown coding';
  return new CharitylogError(
    'unreadable',
    `The answer is packed as ${shown}, which the program cannot read (Content-Encoding; it reads gzip, br and deflate). ` +
      'The administrator should report this to the operator of the API or of the proxy before it.',
    { logText: 'unknown Content-Encoding' },
  );
}

export function brokenAnswer(cause: unknown): CharitylogError {
  return new CharitylogError(
    'unreadable',
    'The answer arrived broken: it cannot be unpacked as its Content-Encoding says. Try again; if it goes on, the ' +
      'administrator should look at the proxy or the cache before the API.',
    { logText: 'broken Content-Encoding', code: brokenBody, cause },
  );
}

export function tooLarge(limitBytes: number): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog's answer is larger than ${Math.round(limitBytes / 1_048_576)} MB. Ask a narrower question: add filters.`,
    { logText: 'answer too large' },
  );
}

export function noRoom(): CharitylogError {
  return new CharitylogError(
    'unavailable',
    'So much is being read from Charitylog at the same time that this answer did not fit into memory beside it. Ask again ' +
      'in a few seconds, or ask a narrower question: add filters.',
    { logText: 'no room for the answer' },
  );
}

export function unknownCharset(charset: string): CharitylogError {
  const shown = /^[\w.:-]{1,30}$/.test(charset) ? ` ${charset}` : '';
  return new CharitylogError(
    'unreadable',
    `Charitylog's answer names a charset that is not known${shown}, so its letters could be wrong. The administrator ` +
      'should report this to whoever runs the API.',
    { logText: 'unknown charset' },
  );
}

export function brokenText(charset: string): CharitylogError {
  return new CharitylogError(
    'unreadable',
    `Charitylog's answer is not in the charset that it goes by (${charset}), so its letters would be wrong. The ` +
      'administrator should report this to whoever runs the API.',
    { logText: `not ${charset}` },
  );
}
