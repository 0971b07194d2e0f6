/** What a cell shows: a text, or a number with as many decimals as its size needs. */
export type Cell = string | number | undefined;

/** A table. Columns after the first are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const ruler = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [line(head), line(ruler), ...rows.map(row => line(row.map(cellText)))].join('\n');
}

/** A number for reading: three digits that matter, thousands in groups. */
export function number(value: number, decimals = decimalsFor(value)): string {
  if (!Number.isFinite(value)) return '–';
  return value.toLocaleString('en-GB', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** How many times one figure is the other. */
export function times(value: number, base: number): string {
  return Number.isFinite(value / base) ? `${number(value / base, 2)}×` : '–';
}

function decimalsFor(value: number): number {
  const size = Math.abs(value);
  return Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
}

function cellText(cell: Cell): string {
  if (cell === undefined) return '–';
  return typeof cell === 'number' ? number(cell) : cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
