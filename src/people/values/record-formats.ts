/**
 * Checks how the values of a new record are written, because the API takes them as they come and nothing can be
 * corrected afterwards. The names of such fields aren't published, so a field shows what it holds by its name.
 */

/** How the values of some fields are written. */
interface Format {
  /** The names of its fields, as a whole or at their end (`partner_email`, `telephone_2`). */
  readonly fields: RegExp;
  /** What is wrong with a value and what is right, as the sentence goes on after field and value. */
  readonly problem: (value: string, now: Date) => string | undefined | Promise<string | undefined>;
}

/** The first one that fits a field's name is the field's. */
const formats: readonly Format[] = [
  { fields: named('date_of_birth|birth_?date|dob'), problem: birthDateProblem },
  { fields: /^date(_|$)|_date(_?\d+)?$/i, problem: dateProblem },
  { fields: named('e_?mail(_(address|home|work|personal|other))?'), problem: emailProblem },
  { fields: named('post_?code'), problem: postcodeProblem },
  {
    fields: named('((home|work|mobile|tele)?phone|mobile|landline|tel)(_(number|no|home|work|day|evening|other))?'),
    problem: phoneProblem,
  },
  { fields: named('nhs_(number|no)'), problem: nhsNumberProblem },
];

/** The oldest person ever known was 122. */
const oldestAge = 130;

/** A value that is longer is quoted in part. */
const quotedUpTo = 60;

/** People of a charity near the border may live on its other side. */
const irishPostcode = /^[a-z]\d[\dw] ?[a-z\d]{4}$/i;

/** Fields that speak of how or whether to reach somebody, and hold no address or number. */
const aboutReaching = /(^|_)(by|to|time|best|prefer\w*|can|may|allow\w*|consent\w*|has|is)_/i;

const checkOrLeaveOut = 'check it with the person, or leave it out';

/**
 * What is doubtful in a new record: one sentence a value, with what is wrong and what is right. Nothing is altered.
 *
 * @param record field names and the values as they would be sent
 * @param now the moment that a date of birth must not be after
 * @example await formatProblems(new Map([['date_of_birth', '1948-02-30']]))
 * // ['date_of_birth 1948-02-30 is no day of the calendar; check it with the person, or leave it out.']
 */
export async function formatProblems(record: ReadonlyMap<string, string>, now: Date = new Date()): Promise<string[]> {
  const problems = await Promise.all([...record].map(([field, value]) => fieldProblem(field, value, now)));
  return problems.filter(problem => problem !== undefined);
}

async function fieldProblem(field: string, value: string, now: Date): Promise<string | undefined> {
  // The answer to a yes/no field, such as contact_by_email.
  if (value === 'Y' || value === 'N') return undefined;
  const format = aboutReaching.test(field) ? undefined : formats.find(({ fields }) => fields.test(field));
  const problem = await format?.problem(value, now);
  return problem && `${field} ${quoted(value)} ${problem}.`;
}

function named(endings: string): RegExp {
  return new RegExp(`(^|_)(${endings})(_?\\d+)?$`, 'i');
}

function quoted(value: string): string {
  const line = value.replace(/\s/g, ' ');
  return line.length > quotedUpTo ? `${line.slice(0, quotedUpTo - 1).toWellFormed()}…` : line;
}

function dateProblem(value: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return 'is no date as YYYY-MM-DD; write it like 2001-10-30, or leave it out';
  return isCalendarDay(value) ? undefined : `is no day of the calendar; ${checkOrLeaveOut}`;
}

/** `Date` takes 30 February for 2 March, and gives another day back then. */
function isCalendarDay(value: string): boolean {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function birthDateProblem(value: string, now: Date): string | undefined {
  const problem = dateProblem(value);
  if (problem) return problem;
  const today = dayInUk(now);
  const earliest = `${Number(today.slice(0, 4)) - oldestAge}${today.slice(4)}`;
  if (value > today) return `is in the future; ${checkOrLeaveOut}`;
  return value < earliest ? `is more than ${oldestAge} years ago; ${checkOrLeaveOut}` : undefined;
}

/** In summer a British day begins while it is still the day before in UTC. Swedish dates are written YYYY-MM-DD. */
function dayInUk(moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(moment);
}

/** Words with dots between them, `@`, and a domain with a dot; letters may have accents. */
const emailAddress = /^[^\s@.<>(),;:"\\[\]]+(\.[^\s@.<>(),;:"\\[\]]+)*@([\p{L}\d-]+\.)+\p{L}{2,}$/u;

function emailProblem(value: string): string | undefined {
  if (emailAddress.test(value)) return undefined;
  return `is not one e-mail address like jo@example.org; ${checkOrLeaveOut}`;
}

/** The form alone: new ones come every month, and the NHS has some for people of no fixed abode (ZZ99 3VZ). */
function postcodeProblem(value: string): string | undefined {
  const forms = [/^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$/i, /^(gir ?0aa|[a-z]{4} ?1zz)$/i, irishPostcode];
  if (forms.some(form => form.test(value))) return undefined;
  return `is not in the form of a UK postcode, like QE1 4AB or QE14AB; ${checkOrLeaveOut}`;
}

async function phoneProblem(value: string): Promise<string | undefined> {
  const { isPhoneNumber } = await import('./phone-tables.ts');
  if (isPhoneNumber(value)) return undefined;
  return `is not one phone number as dialled from the UK (like 01632 960123) or with + and country; ${checkOrLeaveOut}`;
}

function nhsNumberProblem(value: string): string | undefined {
  const digits = value.replaceAll(' ', '');
  if (!/^\d{10}$/.test(digits)) return `is not the 10 digits of an NHS number; ${checkOrLeaveOut}`;
  if (hasNhsCheckDigit(digits) && !/^(\d)\1{9}$/.test(digits)) return undefined;
  return 'has a wrong check digit; check the number with the person, or leave it out';
}

/**
 * Modulus 11 (NHS Data Dictionary, NHS NUMBER): the digits times 10 down to 1, the last one being the check digit, add
 * up to a multiple of 11.
 */
function hasNhsCheckDigit(digits: string): boolean {
  return [...digits].reduce((sum, digit, index) => sum + Number(digit) * (10 - index), 0) % 11 === 0;
}
