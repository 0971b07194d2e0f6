/** Phone numbers. A module of its own, because the library's tables are loaded only when a new record has a number. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Ofcom's ranges for drama that the library counts as not in use; people who are made up have such numbers. */
const forDrama = /^\+44(1154960|1632960|7700900)\d{3}$/;

/** Whether the text is one phone number that is in use, as dialled from the UK or with `+`, in any spacing. */
export function isPhoneNumber(text: string): boolean {
  // The library takes 1204 433321 for a British number, too, but nobody can dial it.
  if (!/^[^\d+]*[0+]/.test(text)) return false;
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'GB', extract: false });
  return number !== undefined && (number.isValid() || forDrama.test(number.number));
}
