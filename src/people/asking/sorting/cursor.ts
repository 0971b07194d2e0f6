/** Cursors: all that a next page needs, so that any process can serve it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CharitylogError } from '../../../base/errors.ts';
import type { Place } from './order.ts';

/** What a cursor belongs to. */
export interface CursorOptions {
  /** The question as text; a sort belongs to it. */
  readonly question: string;
  readonly isSorted: boolean;
  /** Gives 32 bytes that all copies of a service share: what somebody is sorted by is for nobody else to read. */
  readonly secret: () => Uint8Array;
}

const algorithm = 'aes-256-gcm';
const [ivBytes, tagBytes] = [12, 16];

/** The length of what is sealed tells little of what it is, in characters. */
const padded = 32;

/**
 * The cursor behind somebody: a fingerprint of the question, and before it their id, or where people are sorted their whole
 * place, sealed.
 */
export function writeCursor(last: Place, { question, isSorted, secret }: CursorOptions): string {
  const place = isSorted ? seal(last, question, secret()) : last.id;
  return `${place}.${fingerprint(question)}`;
}

/**
 * The place that a cursor goes on after; `undefined` without one.
 *
 * @throws CharitylogError `invalid` for a text that is no cursor, one of another question, or one that isn't to be opened here
 */
export function readCursor(
  cursor: string | undefined,
  { question, isSorted, secret }: CursorOptions,
): Place | undefined {
  if (cursor === undefined) return undefined;
  const [, place = '', print] = /^(\d{1,15}|[\w-]{40,4000})\.([\w-]{10})$/.exec(cursor) ?? [];
  if (print === undefined) throw wrongCursor('is not a next_cursor of this tool');
  if (print !== fingerprint(question)) throw wrongCursor('belongs to a search with other arguments');
  const read = isSorted ? unseal(place, question, secret()) : { id: Number(place) };
  if (!read || !Number.isSafeInteger(read.id)) throw wrongCursor('cannot be read any more');
  return read;
}

function wrongCursor(problem: string): CharitylogError {
  return new CharitylogError(
    'invalid',
    `cursor ${problem}. Repeat the arguments of the search that gave it, with its next_cursor; or leave cursor out ` +
      'to begin again.',
    { logText: 'wrong cursor' },
  );
}

function fingerprint(question: string): string {
  return createHash('sha256').update(question).digest('base64url').slice(0, 10);
}

function seal({ id, key }: Place, question: string, secret: Uint8Array): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, secret, iv).setAAD(Buffer.from(question));
  const text = JSON.stringify([id, key ?? null]);
  const whole = text.padEnd(Math.ceil(text.length / padded) * padded);
  const sealed = Buffer.concat([cipher.update(whole, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The place that was sealed with this secret for this question; `undefined` for anything else. */
function unseal(sealed: string, question: string, secret: Uint8Array): Place | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, secret, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(question)).setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const text = decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
    const [id, key] = JSON.parse(text);
    return { id, key: key ?? undefined };
  } catch {
    return undefined;
  }
}
