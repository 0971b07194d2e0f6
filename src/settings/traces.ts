/** How what came this way can be found again: a mark in each new record, and links to records. */
import { addressOf } from '../base/addresses.ts';
import { foldSpelling } from '../base/spelling.ts';
import { visibleLine } from '../base/visible-text.ts';

/** A text that is written into one field of each new record. */
export interface CreateMark {
  readonly field: string;
  readonly text: string;
}

/** Fields that say who somebody is, or that the system gives. */
const neverMarks = ['id', 'type', 'firstname', 'surname', 'knownas'];

/** Where the id of a person stands in the address of a record. */
export const idPlace = '{id}';

/**
 * Reads `field=text`; `undefined` where it is malformed. The text is written as it stands, so one that looks as if something
 * were to be put into it, or as a second mark, is refused.
 *
 * @example parseCreateMark('source_details=Added by the assistant')
 * // { field: 'source_details', text: 'Added by the assistant' }
 */
export function parseCreateMark(value: string): CreateMark | undefined {
  const [, name = '', rest = ''] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
  const [field, text] = [name.trim(), visibleLine(rest).trim()];
  const isField = foldSpelling(field) !== '' && !/[\s:;,"'`]/.test(field) && !neverMarks.includes(foldSpelling(field));
  const isText = text !== '' && text.length <= 200 && !/[{}\uFFFD]|[;,]\s*\w+\s*=/.test(text);
  return isField && isText ? { field, text } : undefined;
}

/** The web address of a record, with `{id}` for its id somewhere behind the host; `undefined` for anything else. */
export function parseRecordUrl(value: string): string | undefined {
  const [beforeId = '', ...behindId] = value.split(idPlace);
  const [base = ''] = beforeId.split(/[?#]/);
  const isBehindHost = /^https?:\/\/[^/?#]+[/?#]/i.test(beforeId) && addressOf(base) !== undefined;
  const isPlain = !/[{}<>\s"\\$]/.test([beforeId, ...behindId].join(''));
  return isBehindHost && isPlain && behindId.length > 0 ? value : undefined;
}
