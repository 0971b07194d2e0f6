import { checkOrLeaveOut, digitsOf, maskNumber, type ValueKind, withAndWithoutSpaces } from './value-kind.ts';

/** An NHS number: ten digits, of which the last one checks the others. */
export const nhsNumber: ValueKind = {
  /** Blank for anything but ten digits: it is not known then. */
  normal(text) {
    const digits = digitsOf(text);
    return digits.length === 10 ? digits : '';
  },
  spellings: text => withAndWithoutSpaces(digitsOf(text), /^(\d{3})(\d{3})(\d{4})$/),
  isWhole: text => !/\d/.test(text) || digitsOf(text).length === 10,
  finds(asked) {
    const wanted = digitsOf(asked);
    return stored => wanted !== '' && digitsOf(stored).includes(wanted);
  },
  problem(text) {
    const digits = text.replace(/[\s\u200B-\u200D\u2060\uFEFF]/g, '');
    if (!/^\d{10}$/.test(digits)) return `is not the 10 digits of an NHS number; ${checkOrLeaveOut}`;
    if (hasCheckDigit(digits) && !/^(\d)\1{9}$/.test(digits)) return undefined;
    return 'has a wrong check digit; check the number with the person, or leave it out';
  },
  mask: maskNumber,
};

/**
 * Modulus 11 (NHS Data Dictionary, NHS NUMBER): the digits times 10 down to 1, the last one being the check digit, add
 * up to a multiple of 11.
 */
function hasCheckDigit(digits: string): boolean {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11 === 0;
}
