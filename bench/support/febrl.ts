import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A row of a set, as a record of a person. */
export interface FebrlRow {
  /** Who it is: an original and its doubles have the same. */
  readonly person: string;
  readonly isDouble: boolean;
  readonly record: ReadonlyMap<string, string>;
}

/** A set of originals and doubles. */
export interface FebrlSet {
  readonly name: string;
  readonly rows: readonly FebrlRow[];
}

/** The fields that the records of a set have. */
export const febrlFields = ['first_name', 'surname', 'address_line_1', 'town', 'date_of_birth', 'postcode'];

/** The sets of a folder: its CSV files with the columns that the Febrl generator writes. */
export function febrlSets(folder: string): FebrlSet[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.csv'));
  return files.sort().flatMap(file => {
    const [head = '', ...lines] = readFileSync(join(folder, file), 'utf8').trim().split('\n');
    const columns = cellsOf(head);
    if (!columns.includes('rec_id')) return [];
    const rows = lines.map(line => {
      const cells = cellsOf(line);
      return rowOf(new Map(columns.map((column, n) => [column, cells[n] ?? ''])));
    });
    return [{ name: file, rows }];
  });
}

function cellsOf(line: string): string[] {
  return line.split(',').map(cell => cell.trim());
}

function rowOf(cells: ReadonlyMap<string, string>): FebrlRow {
  const cell = (column: string) => cells.get(column) ?? '';
  const [, person = '', kind] = cell('rec_id').split('-');
  const texts = [
    ['first_name', cell('given_name')],
    ['surname', cell('surname')],
    ['address_line_1', `${cell('street_number')} ${cell('address_1')}`.trim()],
    ['town', cell('suburb')],
    ['date_of_birth', cell('date_of_birth').replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')],
    ['postcode', postcodeOf(cell('postcode'))],
  ] as const;
  return { person, isDouble: kind === 'dup', record: new Map(texts.filter(([, text]) => text !== '')) };
}

/** The sets have Australian postcodes of four digits: `4223` becomes `E4 2DE`. */
function postcodeOf(digits: string): string {
  const [area = '', district = '', ...last] = digits;
  if (digits.length !== 4) return '';
  return `E${area === '0' ? '1' : area} ${district}${last.map(digit => 'ABDEFGHJLN'[Number(digit)]).join('')}`;
}
