import { describe, expect, test } from 'vitest';
import { useTools } from '../../../support/tools.ts';

describe('what staff say of time', () => {
  test.each([
    ['updated more than 2 years ago', /^updated < /],
    ['updated at least 2 years ago', /^updated <= /],
    ['updated over 2 years ago', /^updated < /],
    ['updated less than 2 years ago', /^updated \d{4}-\d\d-\d\d\.\./],
    ['created is this month', /^created (\d{4}-\d\d)-01\.\.\1-(28|29|30|31)$/],
    ['created last quarter', /^created \d{4}-(01|04|07|10)-01\.\.\d{4}-(03|06|09|12)-3[01]$/],
    ['created 2025-Q3', /^created 2025-07-01\.\.2025-09-30$/],
    ['birthday is this week', /^birthday \d\d-\d\d\.\.\d\d-\d\d$/],
    ['birthday in the next 7 days', /^birthday \d\d-\d\d\.\.\d\d-\d\d$/],
  ])('%s', async (condition, printed) => {
    const tools = await useTools({ people: 60 });
    const { data } = await tools.call('count_people', { where: [condition] });
    expect(data.applied_filters.where[0]).toMatch(printed);
    expect((await tools.call('count_people', { where: data.applied_filters.where })).data.total).toBe(data.total);
  });

  test.each(['updated > 2 years ago', 'created this year', 'created is last year'])(
    'is refused where it may be read in two ways: %s',
    async condition => {
      const tools = await useTools({ people: 5 });
      const { isError, text } = await tools.call('count_people', { where: [condition] });
      expect(isError).toBe(true);
      expect(text).toMatch(/may (mean|be)/);
    },
  );
});
