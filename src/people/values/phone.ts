import { checkOrLeaveOut, type ValueKind, withAndWithoutSpaces } from './value-kind.ts';

/** How the digits of British numbers are grouped: 020 7946 0000, 0161 496 0000, 01632 960000, 07700 900000. */
const groupings = [/^(02\d)(\d{4})(\d{4})$/, /^(01\d1|011\d)(\d{3})(\d{4})$/, /^(0\d{4})(\d{6})$/];

/** A phone number: however it is grouped, with or without the country code. Too few digits are none. */
export const phone: ValueKind = {
  normal(text) {
    const digits = national(text.replace(/[^\d+(]/g, '')).replace(/\D/g, '');
    return digits.length >= 6 ? digits : '';
  },
  spellings(text) {
    const number = national(text.replace(/[\s-]+/g, ''));
    const groups = groupings.find(form => form.test(number));
    if (!groups) return [];
    const spellings = withAndWithoutSpaces(number, groups);
    return [
      ...spellings,
      ...spellings.map(spelling => spelling.replace(/^0/, spelling.includes(' ') ? '+44 ' : '+44')),
    ];
  },
  async problem(text) {
    const { isPhoneNumber } = await import('./phone-tables.ts');
    if (isPhoneNumber(text)) return undefined;
    return `is not one phone number as dialled from the UK (like 01632 960123) or with + and country; ${checkOrLeaveOut}`;
  },
};

/** A number with the British country code as it is dialled within the country: `+44 (0)1632` and `0044 1632` are `01632`. */
function national(compact: string): string {
  return compact.replace(/^(?:\+|00)?44(?:\(0\)?|0)?(?=\d{9,10}$)/, '0');
}
