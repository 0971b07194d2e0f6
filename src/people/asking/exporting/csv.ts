/** CSV as RFC 4180 has it, which spreadsheets open without running anything in it. */
import { cleanText } from '../../../base/visible-text.ts';

/** What tells programs that UTF-8 follows. */
export const byteOrderMark = '\ufeff';

/**
 * What spreadsheets take for the beginning of a formula, in the wide and small forms of the signs too, and behind spaces,
 * which some leave out (OWASP: CSV Injection).
 */
const formula = /^(?:[\t\n]|\s*[=+\-@＝＋－＠﹦﹢﹣﹫−])/u;

/** A semicolon or a tab parts cells for programs that are set so: in quotes it doesn't. */
const quoted = /[",;\t\n]|^\s|\s$/;

/** A line of cells, with its end. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** A cell that spreadsheets show as text: an apostrophe stands before what would be run. */
export function safeCell(given: string): string {
  const text = cleanText(given);
  return formula.test(text) ? `'${text}` : text;
}

function csvCell(given: string): string {
  const safe = safeCell(given);
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
