import { checkOrLeaveOut, digitsOf, maskNumber, type ValueKind, withAndWithoutSpaces } from './value-kind.ts';

/** How the digits of British numbers are grouped: 020 7946 0000, 0161 496 0000, 01632 960000, 07700 900000. */
const groupings = [/^(02\d)(\d{4})(\d{4})$/, /^(01\d1|011\d)(\d{3})(\d{4})$/, /^(0\d{4})(\d{6})$/];

/** A number of so many digits is whole. */
const wholeFrom = 10;

/** So few digits may stand anywhere in a number by chance: they are looked for at its ends. */
const atEndsBelow = 6;

/** A phone number: however it is grouped, with or without the country code. Too few digits are none. */
export const phone: ValueKind = {
  normal(text) {
    const digits = national(text.replace(/[^\d+(]/g, '')).replace(/\D/g, '');
    return digits.length >= 6 ? digits : '';
  },
  spellings(text) {
    const number = national(text.replace(/[^\d+(]/g, ''));
    const groups = groupings.find(form => form.test(number));
    if (!groups) return [];
    const spellings = withAndWithoutSpaces(number, groups);
    return [
      ...spellings,
      ...spellings.map(spelling => spelling.replace(/^0/, spelling.includes(' ') ? '+44 ' : '+44')),
    ];
  },
  isWhole: text => !/\d/.test(text) || dialledDigits(text).length >= wholeFrom,
  finds(asked) {
    const wanted = dialledDigits(asked);
    const isIn = (number: string) =>
      wanted.length < atEndsBelow ? number.startsWith(wanted) || number.endsWith(wanted) : number.includes(wanted);
    // A record may have several numbers in one field.
    return stored => wanted !== '' && stored.split(/[;,/|]|\bor\b/).some(number => isIn(dialledDigits(number)));
  },
  async problem(text) {
    const { isPhoneNumber } = await import('./phone-tables.ts');
    if (isPhoneNumber(text)) return undefined;
    return `is not one phone number as dialled from the UK (like 01632 960123) or with + and country; ${checkOrLeaveOut}`;
  },
  mask: maskNumber,
};

/** A number with the British country code as it is dialled within the country: `+44 (0)1632` and `0044 1632` are `01632`. */
function national(compact: string): string {
  return compact.replace(/^(?:\+|00)?44(?:\(0\)?|0)?(?=\d{9,10}$)/, '0');
}

/** The digits of a number or of its beginning, as they are dialled within the country: `+44 7700` begins as `07700`. */
export function dialledDigits(text: string): string {
  const withoutCountry = text.replace(/^\s*(?:\+|00)44\s*(?:\(0\)?)?/, '0');
  return phone.normal(withoutCountry) || digitsOf(withoutCountry);
}
