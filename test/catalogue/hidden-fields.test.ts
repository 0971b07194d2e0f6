import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useTools } from '../support/tools.ts';

const special = [
  'ethnicity',
  'religion',
  'main_disability',
  'registered_disabled',
  'blue_badge_holder',
  'sexual_orientation',
];
const hidden = [...special, 'notes', 'nhs_number', 'website_photo_consent'];
const settings = ['sensitive', 'Notes', 'nhs_number', 'website_photo_consent'];

test('hidden fields are in no schema, list, prompt completion or resource', async () => {
  const { client } = await useTools({}, { hiddenFields: settings });
  const ref = { type: 'ref/prompt' as const, name: 'people_breakdown' };
  const published = JSON.stringify([
    (await client.listTools()).tools.map(tool => tool.inputSchema),
    await client.readResource({ uri: 'charitylog://fields' }),
    await client.readResource({ uri: 'charitylog://people/37' }),
    await client.complete({ ref, argument: { name: 'by', value: '' } }),
  ]);
  for (const name of hidden) expect(published).not.toContain(`"${name}"`);
  expect(published).not.toMatch(/\\"(religion|notes|nhs_number)\\"/);
});

test('hidden fields are in no request and no answer, whatever is asked', async () => {
  const tools = await useTools({ people: 60 }, { hiddenFields: settings });
  const field = fc.constantFrom(...hidden, 'Religion', 'NHS Number', 'district', 'email');
  const args = fc.oneof(
    fc.dictionary(field, fc.constantFrom('x', 'yes', true, 1), { maxKeys: 2 }),
    fc.record({ fields: fc.array(field, { maxLength: 3 }) }),
    fc.record({ by: fc.array(field, { maxLength: 2 }) }),
    fc.record({ more: field.map(name => [`${name}=1`]) }),
    fc.record({ field }),
  );
  const call = fc.record({
    tool: fc.constantFrom(
      'search_people',
      'count_people',
      'get_person',
      'describe_fields',
      'find_duplicates',
      'create_person',
    ),
    args,
    id: fc.constantFrom(37, 1, undefined),
  });
  await fc.assert(
    fc.asyncProperty(call, async ({ tool, args, id }) => {
      const required =
        tool === 'create_person' ? { first_name: 'Jo', surname: 'Smith' } : id === undefined ? {} : { id };
      const { data } = await tools.call(tool, { ...args, ...required });
      const { notes: _, ...answer } = data ?? {};
      for (const field of hidden) expect(JSON.stringify(answer)).not.toContain(`"${field}":`);
    }),
    { numRuns: 1000 },
  );
  for (const { url, body } of tools.sandbox.requests) {
    const sent = decodeURIComponent(url) + body;
    for (const field of hidden) expect(sent).not.toContain(field);
  }
  expect(tools.sandbox.requests.length).toBeGreaterThan(50);
});

test('documented fields that stand in for the live lists are hidden, too', async () => {
  const tools = await useTools({}, { hiddenFields: ['sensitive'] });
  tools.sandbox.misbehave({ kind: 'status', status: 404, path: '_fields' });
  const { text } = await tools.call('describe_fields');
  for (const field of special) expect(text).not.toContain(`"${field}"`);
});
