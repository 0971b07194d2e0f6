import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computedFields } from '../../../src/catalogue/known-fields.ts';
import { meaningOf } from '../../../src/catalogue/meaning.ts';
import { dayNumber, momentNumber } from '../../../src/people/values/date.ts';
import { problemOf } from '../../../src/people/values/kinds.ts';
import { makePeople } from '../../../src/sandbox/people.ts';
import { codePoint } from '../../support/code-point.ts';

const now = new Date('2026-06-15T12:00:00Z');
const problemsOf = async (name: string, value: string, moment: Date | undefined = now) => {
  const problem = await problemOf({ name, meaning: meaningOf(name) }, value, moment);
  return problem === undefined ? [] : [problem];
};

describe('a value that is right passes', () => {
  test.each([
    ['date_of_birth', '1948-05-17'],
    ['date_of_birth', '1984-02-29'],
    ['date_of_birth', '2000-02-29'],
    ['date_of_birth', '2026-06-15'],
    ['date_of_birth', '1896-06-15'],
    ['dbs_check_date', '2031-01-01'],
    ['date_joined', '1850-01-01'],
    ['email', 'jo@example.org'],
    ['email', "mary.o'brien+news@mail.example.co.uk"],
    ['email', 'josé@example.org'],
    ['email', 'a&b@example.org'],
    ['postcode', 'QE1 4AB'],
    ['postcode', 'QE14AB'],
    ['postcode', 'qe1 4ab'],
    ['postcode', 'M1 1AE'],
    ['postcode', 'EC1A 1BB'],
    ['postcode', 'W1A 0AX'],
    ['postcode', 'DN55 1PT'],
    ['postcode', 'ZZ99 3VZ'],
    ['nhs_number', '999 123 4578'],
    ['nhs_number', '9991234578'],
  ])('%s %s', async (field, value) => {
    expect(await problemsOf(field, value)).toEqual([]);
  });
});

describe('a phone number passes', () => {
  test.each([
    ['a landline', '01204 433321'],
    ['with the area in brackets', '(020) 7219 3000'],
    ['with hyphens', '020-7219-3000'],
    ['an area of five digits', '0169 77 2345'],
    ['a mobile', '07400 123456'],
    ['a free one', '0800 1111'],
    ['one for the whole country', '0300 123 1234'],
    ['of Jersey', '01534 720123'],
    ['of the Isle of Man', '07624 400123'],
    ['with an extension', '020 7219 3000 ext 5'],
    ['with the country', '+44 20 7219 3000'],
    ['with the country and 0', '+44 (0)20 7219 3000'],
    ['with the country as dialled from the UK', '0044 20 7219 3000'],
    ['of Ireland', '+353 1 234 5678'],
    ['of France, as dialled from the UK', '00 33 1 23 45 67 89'],
  ])('%s', async (_, number) => {
    expect(await problemsOf('telephone', number)).toEqual([]);
  });

  test.each([
    ...['0113 496 0123', '0114 496 0123', '0115 496 0123', '0116 496 0123', '0117 496 0123', '0118 496 0123'],
    ...['0121 496 0123', '0131 496 0123', '0141 496 0123', '0151 496 0123', '0161 496 0123', '020 7946 0123'],
    ...['0191 498 0123', '028 9649 6123', '029 2018 0123', '01632 960123', '07700 900123', '08081 570123'],
    ...['0909 8790123', '03069 990123', '01632960999', '+44 7700 900 000', '+44 (0)1632 960123', '0044 7700 900123'],
  ])('%s, which Ofcom keeps for drama', async number => {
    expect(await problemsOf('mobile', number)).toEqual([]);
  });
});

describe('a value that is wrong gets a sentence with what is right', () => {
  test.each([
    ['date_of_birth', '17/05/1948', 'is no date as YYYY-MM-DD; write it like 2001-10-30, or leave it out.'],
    ['date_of_birth', '1948', 'is no date as YYYY-MM-DD'],
    ['date_of_birth', '1948-5-17', 'is no date as YYYY-MM-DD'],
    ['date_of_birth', '1948-05-17 00:00:00', 'is no date as YYYY-MM-DD'],
    ['date_of_birth', '٢٠٠١-١٠-٣٠', 'is no date as YYYY-MM-DD'],
    ['date_of_birth', '1948-02-30', 'is no day of the calendar'],
    ['date_of_birth', '1900-02-29', 'is no day of the calendar'],
    ['date_of_birth', '1948-00-10', 'is no day of the calendar'],
    ['date_of_birth', '1948-17-05', 'is no day of the calendar'],
    ['date_of_birth', '2026-06-16', 'is in the future'],
    ['date_of_birth', '1896-06-14', 'is more than 130 years ago'],
    ['review_date', '2026-02-29', 'is no day of the calendar'],
    ['email', 'jo.example.org', 'is not one e-mail address like jo@example.org'],
    ['email', 'jo@example', 'is not one e-mail address'],
    ['email', 'jo@@example.org', 'is not one e-mail address'],
    ['email', 'jo @example.org', 'is not one e-mail address'],
    ['email', 'jo@example.org; al@example.org', 'is not one e-mail address'],
    ['email', 'none', 'is not one e-mail address'],
    ['postcode', 'QE1', 'is not in the form of a UK postcode, like QE1 4AB or QE14AB'],
    ['postcode', 'QE1 4ABC', 'is not in the form'],
    ['postcode', 'QE1  4AB', 'is not in the form'],
    ['postcode', 'BFPO 57', 'is not in the form'],
    ['postcode', 'QEI 4AB', 'is not in the form'],
    ['postcode', '10115', 'is not in the form'],
    ['telephone', '01204 43332', 'is not one phone number as dialled from the UK (like 01632 960123)'],
    ['telephone', '01632 9601234', 'is not one phone number'],
    ['telephone', '960123', 'is not one phone number'],
    ['telephone', '1632 960123', 'is not one phone number'],
    ['telephone', '2072193000', 'is not one phone number'],
    ['telephone', '999', 'is not one phone number'],
    ['telephone', '+999 123456', 'is not one phone number'],
    ['telephone', '01632 960123 / 07700 900123', 'is not one phone number'],
    ['telephone', '07700 900123 (daughter)', 'is not one phone number'],
    ['telephone', 'none', 'is not one phone number'],
    ['nhs_number', '999 123 457', 'is not the 10 digits of an NHS number'],
    ['nhs_number', '999-123-4578', 'is not the 10 digits of an NHS number'],
    ['nhs_number', 'pending', 'is not the 10 digits of an NHS number'],
  ])('%s %s', async (field, value, right) => {
    const [problem, ...others] = await problemsOf(field, value);
    expect(others).toEqual([]);
    expect(problem).toContain(`${field} ${value} ${right}`);
    expect(problem).toMatch(/\.$/);
  });

  test('a wrong check digit is named as such', async () => {
    expect(await problemsOf('nhs_number', '999 123 4579')).toEqual([
      'nhs_number 999 123 4579 has a wrong check digit; check the number with the person, or leave it out.',
    ]);
  });
});

describe('a field shows what it holds by its name', () => {
  test.each([
    ...['dob', 'DOB', 'partner_date_of_birth', 'birth_date', 'child_dob_2'],
    ...['date', 'date_joined', 'start_date', 'dbs_check_date', 'review_date_2'],
    ...['email', 'Email', 'e_mail', 'work_email', 'email_address', 'email_2', 'email2'],
    ...['postcode', 'post_code', 'previous_postcode'],
    ...[
      'telephone',
      'phone',
      'mobile',
      'home_phone',
      'work_mobile',
      'mobile_number',
      'telephone_2',
      'telephone_evening',
    ],
    ...['mobilephone', 'tel', 'tel_no', 'carer_landline'],
    ...['nhs_number', 'nhs_no', 'partner_nhs_number'],
  ])('%s is checked', async field => {
    expect(await problemsOf(field, 'x1')).toHaveLength(1);
  });

  test.each([
    ...['first_name', 'surname', 'notes', 'candidate', 'dated', 'update', 'mandate', 'datebook', 'female', 'hotel'],
    ...[
      'email_consent',
      'phone_contact_rule',
      'automobile',
      'postcode_area',
      'social_services_number',
      'nhs_numbering',
    ],
  ])('%s is not', async field => {
    expect(await problemsOf(field, 'x1')).toEqual([]);
  });

  test.each(['contact_by_email', 'has_mobile', 'paperwork_up_to_date'])('%s may be answered by Y or N', async field => {
    expect(await problemsOf(field, 'Y')).toEqual([]);
    expect(await problemsOf(field, 'N')).toEqual([]);
  });
});

test('a date of birth may be today in the UK, where a summer day begins an hour before it does in UTC', async () => {
  expect(await problemsOf('date_of_birth', '2026-06-16', new Date('2026-06-15T23:30:00Z'))).toEqual([]);
  expect(await problemsOf('date_of_birth', '2026-12-16', new Date('2026-12-15T23:30:00Z'))).toHaveLength(1);
});

test('without a moment, a date of birth is compared with today', async () => {
  const year = new Date().getUTCFullYear();
  const dob = { name: 'dob', meaning: 'birth date' } as const;
  expect(await problemOf(dob, `${year + 1}-12-31`)).toContain('in the future');
  expect(await problemOf(dob, `${year - 1}-01-01`)).toBeUndefined();
});

test('every person of the sandbox passes', async () => {
  for (const person of makePeople({ count: 500, seed: 1, extraFields: 0 })) {
    const texts = Object.entries(person).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string' && !computedFields.has(entry[0]),
    );
    for (const [name, value] of texts) expect(await problemsOf(name, value), JSON.stringify(person)).toEqual([]);
  }
});

describe('NHS numbers', () => {
  const nineDigits = fc.stringMatching(/^\d{9}$/);
  const valid = nineDigits.map(withCheckDigit).filter(number => number !== undefined);

  test('one with its check digit passes, and with any digit changed it does not', async () => {
    await fc.assert(
      fc.asyncProperty(valid, fc.nat(9), fc.integer({ min: 1, max: 9 }), async (number, index, shift) => {
        expect(await problemsOf('nhs_number', number)).toEqual([]);
        const changed = (Number(number[index]) + shift) % 10;
        expect(await problemsOf('nhs_number', number.slice(0, index) + changed + number.slice(index + 1))).toHaveLength(
          1,
        );
      }),
    );
  });

  test('two different neighbouring digits that change places are found', async () => {
    await fc.assert(
      fc.asyncProperty(valid, fc.nat(8), async (number, index) => {
        fc.pre(number[index] !== number[index + 1]);
        const swapped = `${number.slice(0, index)}${number[index + 1]}${number[index]}${number.slice(index + 2)}`;
        expect(await problemsOf('nhs_number', swapped)).toHaveLength(1);
      }),
    );
  });

  /** As the NHS Data Dictionary has it: 11 less the remainder, where 11 means 0 and 10 that there is no such number. */
  function withCheckDigit(digits: string): string | undefined {
    const remainder = [...digits].map((digit, index) => Number(digit) * (10 - index)).reduce((a, b) => a + b) % 11;
    const check = 11 - remainder;
    return check === 10 ? undefined : `${digits}${check === 11 ? 0 : check}`;
  }
});

test('every day of the calendar passes, and no day after the end of a month', async () => {
  const month = fc.record({ year: fc.integer({ min: 1900, max: 2099 }), month: fc.integer({ min: 1, max: 12 }) });
  const written = (year: number, month: number, day: number) =>
    `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  await fc.assert(
    fc.asyncProperty(month, fc.integer({ min: 1, max: 31 }), async ({ year, month }, day) => {
      const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
      expect(await problemsOf('start_date', written(year, month, day))).toHaveLength(day <= lastDay ? 0 : 1);
    }),
  );
});

test('no value crashes a check, and a sentence quotes no more than the value', async () => {
  const field = fc.constantFrom('date_of_birth', 'start_date', 'email', 'postcode', 'telephone', 'nhs_number');
  const value = fc.oneof(fc.string({ unit: codePoint }), fc.string({ minLength: 200, maxLength: 2000 }));
  await fc.assert(
    fc.asyncProperty(field, value, async (name, text) => {
      const [problem] = await problemsOf(name, text);
      const [sample] = await problemsOf(name, 'x');
      if (problem === undefined || sample === undefined) return;
      expect(problem.length).toBeLessThanOrEqual(sample.length + Math.min(text.length, 60) + 60);
      expect(problem).toMatch(/^[a-z_]+ [^\n]+\.$/su);
    }),
  );
});

test.each(['email', 'telephone', 'postcode', 'nhs_number', 'date_of_birth'])(
  'a huge %s is refused at once, and quoted in part',
  async field => {
    for (const unit of ['a', '1', '.', '1.', '"', '@', ' ', '+']) {
      const [problem] = await problemsOf(field, unit.repeat(100_000));
      expect(problem?.length).toBeLessThan(300);
    }
  },
);

test.each([
  ['1958-08-31T23:00:00.000Z', 19580901],
  ['2025-06-30T23:00:00+00:00', 20250701],
  ['2025-12-31T23:00:00Z', 20251231],
  ['2025-06-30T22:59:00Z', 20250630],
  ['2025-06-30T00:00:00Z', 20250630],
])('a day of summer in UTC is the day in the UK: %s', (text, day) => {
  expect(dayNumber(text)).toBe(day);
  expect(Math.floor(momentNumber(text) ?? 0)).toBe(day);
});
