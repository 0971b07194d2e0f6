/**
 * Charitylog's rules for spaces and case in a search are not documented, and records hold both spellings: the other
 * usual spellings of an NHS number, a postcode, a phone number or an e-mail address.
 *
 * @param field a filterable field's name
 * @example otherSpellings('postcode', 'qe1 4ab') // ['QE14AB', 'QE1 4AB']
 */
export function otherSpellings(field: string, text: string): string[] {
  return spellingsOf(field, text).filter(spelling => spelling !== text);
}

function spellingsOf(field: string, text: string): string[] {
  const compact = text.replace(/[\s-]+/g, '').toUpperCase();
  if (field.endsWith('nhs_number')) return withAndWithoutSpaces(compact, /^(\d{3})(\d{3})(\d{4})$/);
  if (field.endsWith('postcode')) return withAndWithoutSpaces(compact, /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/);
  if (/mobile|phone/.test(field)) return phoneSpellings(compact);
  return field.endsWith('email') ? [text.toLowerCase()] : [];
}

/** A British number with and without spaces and country code: 020 7946 0000, 0161 496 0000, 01632 960000, 07700 900000. */
function phoneSpellings(compact: string): string[] {
  const national = compact.replace(/^(\+|00)44(\(0\))?/, '0');
  const groups = [/^(02\d)(\d{4})(\d{4})$/, /^(01\d1|011\d)(\d{3})(\d{4})$/, /^(0\d{4})(\d{6})$/].find(form =>
    form.test(national),
  );
  if (!groups) return [];
  const spellings = withAndWithoutSpaces(national, groups);
  return [...spellings, ...spellings.map(spelling => spelling.replace(/^0/, spelling.includes(' ') ? '+44 ' : '+44'))];
}

/** Both spellings of a number in these groups; none of anything else. */
function withAndWithoutSpaces(compact: string, groups: RegExp): string[] {
  const parts = groups.exec(compact)?.slice(1);
  return parts ? [compact, parts.join(' ')] : [];
}
