import { csvLine, safeCell } from '../../../people/asking/exporting/csv.ts';

/** A table as texts: its first line has the names of the columns. */
export type Lines = readonly (readonly string[])[];

/** The table as CSV; no cell is run as a formula. */
export function csvOf(lines: Lines): string {
  return lines.map(csvLine).join('');
}

/**
 * Puts a table onto the clipboard: as one that text processors and spreadsheets paste, and as lines of text. The event of a
 * copy takes both, and needs no permission of the host, as the clipboard's own interface does.
 *
 * @throws where the host lets nothing be copied
 */
export async function copyTable(lines: Lines): Promise<void> {
  const safe = lines.map(line => line.map(cell => safeCell(cell).replace(/\s+/g, ' ')));
  let isCopied = false;
  const onCopy = (event: ClipboardEvent) => {
    event.preventDefault();
    event.clipboardData?.setData('text/html', tableOf(safe).outerHTML);
    event.clipboardData?.setData('text/plain', safe.map(line => line.join('\t')).join('\n'));
    isCopied = true;
  };
  document.addEventListener('copy', onCopy);
  // Some browsers copy only where something is selected.
  getSelection()?.selectAllChildren(document.body);
  document.execCommand('copy');
  getSelection()?.removeAllRanges();
  document.removeEventListener('copy', onCopy);
  if (!isCopied) throw new Error('nothing can be copied');
}

function tableOf(lines: Lines): HTMLTableElement {
  const table = document.createElement('table');
  for (const line of lines) {
    const row = table.insertRow();
    for (const cell of line) row.insertCell().textContent = cell;
  }
  return table;
}
