import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

describe('describe_fields', () => {
  test('lists the fields with what can be done with each', async () => {
    const tools = await useTools({ system: { fields: 'map-object' } });
    const { data } = await tools.call('describe_fields');
    expect(data.fields).toContainEqual({
      name: 'district',
      label: 'District',
      kind: 'choice',
      filter: true,
      write: true,
    });
    expect(data.fields).toContainEqual({
      name: 'religion',
      label: 'Religion',
      kind: 'choice',
      filter: true,
      write: true,
      special_category: true,
    });
    expect(data.fields.find((field: { name: string }) => field.name === 'id')).not.toHaveProperty('write');
  });

  test('finds fields by a part of name or label', async () => {
    const tools = await useTools();
    const { data } = await tools.call('describe_fields', { search: 'Photo' });
    expect(data.fields.map((field: { name: string }) => field.name)).toEqual(['website_photo_consent']);
  });

  test.each([
    ['phone', ['telephone', 'mobile']],
    ['phone number', ['telephone', 'mobile']],
    ['Phones', ['telephone', 'mobile']],
    ['added', ['created']],
    ['forename', ['first_name']],
    ['dob', ['date_of_birth']],
    ['nickname', ['known_as']],
    ['key worker', ['usual_support_worker']],
    ['doctor', ['gp_name', 'gp_surgery']],
    ['photo', ['website_photo_consent']],
  ])('finds what people call %j', async (search, names) => {
    const tools = await useTools();
    const { data } = await tools.call('describe_fields', { search });
    const found = data.fields.map((field: { name: string }) => field.name);
    expect(found).toEqual(expect.arrayContaining(names));
    expect(found.length).toBeLessThan(8);
  });

  test("lists a field's options, searched", async () => {
    const tools = await useTools();
    const { data } = await tools.call('describe_fields', { field: 'Main language', search: 'beng' });
    expect(data).toEqual({
      field: 'main_language',
      options: [
        { id: 55, name: 'Bengali' },
        { id: 56, name: 'Bengali (Sylheti)' },
      ],
    });
  });

  test('says so of a field without options, and learns it once', async () => {
    const tools = await useTools();
    const { data } = await tools.call('describe_fields', { field: 'shoe_size' });
    expect(data.notes).toEqual(['shoe_size has no list of options.']);
    tools.newRequests();
    await tools.call('describe_fields', { field: 'shoe_size' });
    expect(tools.newRequests()).toEqual([]);
  });

  test('an unknown field is refused with the nearest', async () => {
    const tools = await useTools();
    expect((await tools.call('describe_fields', { field: 'relegion' })).text).toContain('Did you mean religion?');
  });

  test('of a large system shows the first, and how to narrow them down', async () => {
    const tools = await useTools({ extraFields: 150 });
    const { data } = await tools.call('describe_fields');
    expect(data.fields).toHaveLength(60);
    expect(data.notes[0]).toMatch(/^60 of \d+ fields shown; narrow them with search\.$/);
  });
});
