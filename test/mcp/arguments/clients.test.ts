import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };

describe('what clients add to a call, or leave blank', () => {
  test("a workflow tool's own keys are set aside with a note, by tools without arguments too", async () => {
    const tools = await useTools();
    const added = { tool: 'x', toolCallId: 'call_1', sessionId: 's', action: 'sendMessage', chatInput: 'hello' };
    const { isError, data } = await tools.call('search_people', { id: '1', ...added });
    expect(isError).toBe(false);
    expect(data.notes).toContain('Not an argument here, set aside: tool, toolCallId, sessionId, action, chatInput.');
    expect((await tools.call('list_client_types', added)).isError).toBe(false);
  });

  test('a blank filter is refused in one sentence, however many there are', async () => {
    const tools = await useTools();
    for (const blank of ['name', 'type', 'email', 'district', 'active', 'people_in_household']) {
      const { isError, text } = await tools.call('count_people', { [blank]: '' });
      expect(isError).toBe(true);
      expect(text.split('\n')[0]).toBe(`${blank} is blank: leave out each filter that is not meant.`);
    }
    const all = { type: '', name: '', email: '', postcode: '', district: '' };
    const [problem] = (await tools.call('search_people', all)).text.split('\n');
    expect(problem).toBe('type, name, email and 2 more are blank: leave out each filter that is not meant.');
  });

  test('a blank of anything else is not given, and a note says so', async () => {
    const tools = await useTools();
    const page = await tools.call('search_people', { type: 'Volunteers', cursor: '', limit: '' });
    expect(page.data.notes).toContain('Blank, so not given: cursor, limit.');
    const { data } = await tools.call('create_person', { ...jo, email: '', district: ' ', active: '' });
    expect(data).toMatchObject({ status: 'created', notes: ['Blank, so not given: email, district, active.'] });
  });

  test('a limit that is too large and a yes in words are mended, as no schema refuses them', async () => {
    const tools = await useTools();
    const { data } = await tools.call('search_people', { active: 'Yes', limit: 100 });
    expect(data.people).toHaveLength(50);
    expect(data.applied_filters).toEqual({ active: true });
  });
});

describe('options that cannot be had', () => {
  test('leave ids in a record, and a note says so', async () => {
    const tools = await useTools();
    const row = { id: 5, first_name: 'Gwilym', surname: 'Tansley', type: '7', district: '21' };
    tools.sandbox.misbehave({ kind: 'status', status: 500, retryAfter: '0', path: 'dictionary/organisations' });
    tools.sandbox.misbehave({ kind: 'json', value: [row], path: '/clients/id/' });
    const { data } = await tools.call('get_person', { id: 5 });
    expect(data.person).toMatchObject({ district: '21' });
    expect(data.notes).toContain('district is shown as ids: this system does not tell its options now.');
  });
});
