import { foldSpelling } from '../../base/spelling.ts';
import { checkOrLeaveOut, masked, type ValueKind, withAndWithoutSpaces } from './value-kind.ts';

/**
 * The form alone: new ones come every month, and the NHS has some for people of no fixed abode (ZZ99 3VZ). Beside the
 * usual form there are GIR 0AA, those of British territories (FIQQ 1ZZ), and Ireland's, as people may live across the border.
 */
const forms = [/^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i, /^(gir ?0aa|[a-z]{4} ?1zz)$/i, /^[a-z]\d[\dw] ?[a-z\d]{4}$/i];

/** The two halves of a postcode in each form: `QE1 4AB`, `FIQQ 1ZZ`, `P17 A293`. */
const halves = [/^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/, /^(GIR|[A-Z]{4})(0AA|1ZZ)$/, /^([A-Z]\d[\dW])([A-Z\d]{4})$/];

/** A postcode of the UK or Ireland: case and spaces don't count. */
export const postcode: ValueKind = {
  normal: foldSpelling,
  spellings(text) {
    const compact = compacted(text);
    const groups = halves.find(form => form.test(compact));
    return groups ? withAndWithoutSpaces(compact, groups) : [];
  },
  isWhole: text => halves.some(form => form.test(compacted(text))),
  finds: partFinder,
  problem(text) {
    if (forms.some(form => form.test(text))) return undefined;
    return `is not in the form of a UK postcode, like QE1 4AB or QE14AB; ${checkOrLeaveOut}`;
  },
  mask: text => [postcodePart(text, 'district') ?? [], masked].flat().join(' '),
};

/**
 * The outward code of a postcode, which names its district, or the letters that name its area: `QE1 4AB` is in QE1 and in
 * QE. An outward code alone will do; `undefined` for what is no postcode.
 */
export function postcodePart(text: string, part: 'area' | 'district'): string | undefined {
  const compact = compacted(text);
  const whole = halves.map(form => form.exec(compact)?.[1]).find(code => code !== undefined);
  const district = whole ?? /^[A-Z]{1,2}\d[A-Z\d]?$/.exec(compact)?.[0];
  return part === 'district' ? district : district && /^[A-Z]+/.exec(district)?.[0];
}

/**
 * An area (`QM`), a district (`QM2`, which isn't `QM21`; `SW1` has `SW1A`), or the beginning of the second half behind a
 * space (`QM2 4`); any other text is a part of what is stored.
 */
function partFinder(asked: string): (stored: string) => boolean {
  const wanted = compacted(asked);
  const [, district, beginning = ''] = /^\s*([a-z]{1,2}\d[a-z\d]?)(?:[^a-z\d]+(\d[a-z]?))?\s*$/i.exec(asked) ?? [];
  if (district !== undefined) {
    const outward = compacted(district);
    const isIn = (first: string) =>
      first === outward || (beginning === '' && first.slice(0, -1) === outward && /[A-Z]$/.test(first));
    return stored => {
      const [first, second] = split(stored);
      return isIn(first) && second.startsWith(compacted(beginning));
    };
  }
  if (/^[A-Z]{1,2}$/.test(wanted)) return stored => /^[A-Z]+(?=\d)/.exec(compacted(stored))?.[0] === wanted;
  return stored => compacted(stored).includes(wanted);
}

/** The two halves; all of a text that has none is the first one. */
function split(text: string): readonly [string, string] {
  const compact = compacted(text);
  const [, first = compact, second = ''] = halves.flatMap(form => form.exec(compact) ?? []);
  return [first, second];
}

function compacted(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();
}
