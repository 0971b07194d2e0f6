import { describe, expect, test } from 'vitest';
import { useTools } from '../../support/tools.ts';

const posts = (lines: string[]) => lines.filter(line => line.startsWith('POST'));
const ids = ({ data }: { data: { candidates?: { id: number }[] } }) =>
  (data.candidates ?? []).map(candidate => candidate.id);

describe('before a person is added', () => {
  test.each([
    [
      'the same e-mail in another case',
      { first_name: 'J', surname: 'S', email: 'JSmith@Example.com' },
      1,
      'same email',
    ],
    [
      'the same NHS number without spaces',
      { first_name: 'J', surname: 'S', nhs_number: '9991234578' },
      1,
      'same nhs_number',
    ],
    [
      'name and date of birth',
      { first_name: 'JOHN', surname: 'smith', date_of_birth: '1948-05-17' },
      1,
      'same name, same date of birth',
    ],
    [
      'name and postcode in another spelling',
      { first_name: 'John', surname: 'Smith', postcode: 'qe14ab' },
      1,
      'same name, same postcode',
    ],
    [
      'name and phone with country code',
      { first_name: 'Siobhan', surname: 'OBrien', telephone: '+44 1632 960142' },
      10,
      'same name, same phone',
    ],
    ['the name alone, without accents', { first_name: 'Lukasz', surname: 'Wisniewski' }, 6, 'same name'],
    ['an inactive person of the known-as name', { first_name: 'John', surname: 'Smyth' }, 2, 'same name'],
  ])('%s is found, and nothing is written', async (_, args, id, matches) => {
    const tools = await useTools();
    const answer = await tools.call('create_person', { ...args, type: 'Clients' });
    expect(answer.isError).toBe(false);
    expect(answer.data).toMatchObject({
      status: 'possible_duplicates',
      confirm_token: expect.stringMatching(/^\w{8}\.[\w-]{22}$/),
    });
    expect(answer.data.candidates).toContainEqual(expect.objectContaining({ id, matches }));
    expect(posts(tools.newRequests())).toEqual([]);
  });

  test('a namesake with another date of birth is none', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', {
      first_name: 'Agnieszka',
      surname: 'Kowalska',
      date_of_birth: '1990-01-01',
      type: '1',
    });
    expect(data.status).toBe('created');
  });

  test('a person with none of all that is added at once', async () => {
    const tools = await useTools();
    const { data } = await tools.call('create_person', {
      first_name: 'Jo',
      surname: 'Fairweather',
      email: 'jo.f@example.org',
      type: '1',
    });
    expect(data.status).toBe('created');
  });

  test('the people are read once, with just the fields that tell them apart', async () => {
    const tools = await useTools();
    await tools.call('create_person', {
      first_name: 'Jo',
      surname: 'Fairweather',
      date_of_birth: '1990-01-01',
      postcode: 'EW1 1AA',
      type: '1',
    });
    const reads = tools.newRequests().filter(line => line.startsWith('GET /clients/field/'));
    expect(reads).toEqual([
      'GET /clients/field/type;first_name;surname;postcode;active;deceased;id;known_as;date_of_birth',
    ]);
  });

  test.each([
    ['fails', { kind: 'status', status: 500, retryAfter: '0' }],
    ['is refused', { kind: 'status', status: 403 }],
    ['cannot be read', { kind: 'json', value: [{ name: 'x' }] }],
  ] as const)('a check that %s stops it, and the answer says what would help', async (_, fault) => {
    const tools = await useTools();
    tools.sandbox.misbehave({ ...fault, path: '/clients/field/' });
    const { isError, text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Fairweather' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^Nothing was written: .* An NHS number, .*CHARITYLOG_CREATE_VIA=external_referral/);
    expect(posts(tools.newRequests())).toEqual([]);
  });

  test('where reading everybody takes too long, a strong key serves, and is asked about', async () => {
    const tools = await useTools({}, { timeoutMs: 300 });
    tools.sandbox.misbehave({ kind: 'hang', path: '/clients/field/' });
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
    expect((await tools.call('create_person', jo)).isError).toBe(true);
    const { data } = await tools.call('create_person', { ...jo, email: 'jo.f@example.org' });
    expect(data).toMatchObject({ status: 'needs_confirmation', next: expect.stringContaining('not the names') });
    const confirmed = await tools.call('create_person', {
      ...jo,
      email: 'jo.f@example.org',
      confirm_token: data.confirm_token,
    });
    expect(confirmed.data.status).toBe('created');
  });
});

describe('a confirm_token', () => {
  const john = { first_name: 'John', surname: 'Smith', type: 'Volunteers' };

  test('adds the person for exactly these values and candidates, and once', async () => {
    const tools = await useTools();
    const asked = await tools.call('create_person', john);
    const confirm_token = asked.data.confirm_token;
    const other = await tools.call('create_person', { ...john, type: 'Staff', confirm_token });
    expect(other.data).toMatchObject({
      status: 'possible_duplicates',
      next: expect.stringContaining('belongs to other values'),
    });
    const added = await tools.call('create_person', { ...john, confirm_token });
    expect(added.data.status).toBe('created');
    const again = await tools.call('create_person', { ...john, confirm_token });
    expect(again.data).toMatchObject({
      status: 'created',
      id: added.data.id,
      next: expect.stringContaining('nothing was sent again'),
    });
    expect(posts(tools.newRequests())).toHaveLength(1);
  });

  test('of another system is none', async () => {
    const [one, two] = [await useTools(), await useTools()];
    const { data } = await one.call('create_person', john);
    const elsewhere = await two.call('create_person', { ...john, confirm_token: data.confirm_token });
    expect(elsewhere.data.status).toBe('possible_duplicates');
  });

  test('is good for ten minutes', async () => {
    let now = 1_800_000_000_000;
    const tools = await useTools({}, { now: () => now });
    const { data } = await tools.call('create_person', john);
    now += 601_000;
    const late = await tools.call('create_person', { ...john, confirm_token: data.confirm_token });
    expect(late.data.status).toBe('possible_duplicates');
  });

  test.each(['', 'x', 'zzzzzzz.AAAAAAAAAAAAAAAAAAAAAA', '__proto__', '\u{1F600}.AAAAAAAAAAAAAAAAAAAAAA'])(
    'that is made up (%j) is none',
    async confirm_token => {
      const tools = await useTools();
      expect((await tools.call('create_person', { ...john, confirm_token })).data.status).toBe('possible_duplicates');
    },
  );

  test('is needed for everybody under CHARITYLOG_CONFIRM=always', async () => {
    const tools = await useTools({}, { config: { confirm: 'always' } });
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
    const { data } = await tools.call('create_person', jo);
    expect(data.status).toBe('needs_confirmation');
    expect(data.candidates).toBeUndefined();
    expect((await tools.call('create_person', { ...jo, confirm_token: data.confirm_token })).data.status).toBe(
      'created',
    );
  });
});

describe('dry_run', () => {
  test('shows the payload and the candidates, and writes nothing', async () => {
    const tools = await useTools();
    const answer = await tools.call('create_person', {
      first_name: 'John',
      surname: 'Smith',
      type: 'Volunteers',
      district: 'Eastwick',
      active: true,
      dry_run: true,
    });
    expect(answer.data).toMatchObject({
      status: 'dry_run',
      payload: { first_name: 'John', surname: 'Smith', type: 'Volunteers', district: 'Eastwick', active: true },
    });
    expect(ids(answer)).toEqual(expect.arrayContaining([1, 3]));
    expect(posts(tools.newRequests())).toEqual([]);
  });

  test('gives the token for a second person of the same details', async () => {
    const tools = await useTools();
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
    const first = await tools.call('create_person', jo);
    const repeated = await tools.call('create_person', jo);
    expect(repeated.data.id).toBe(first.data.id);
    const { data } = await tools.call('create_person', { ...jo, dry_run: true });
    const second = await tools.call('create_person', { ...jo, confirm_token: data.confirm_token });
    expect(second.data.status).toBe('created');
    expect(second.data.id).not.toBe(first.data.id);
  });
});

describe('under CHARITYLOG_CREATE_VIA=external_referral', () => {
  test('the person goes to the staging area with what the settings add', async () => {
    const config = {
      createVia: 'external_referral',
      referralSource: '1',
      referralRole: '5',
      referralDescription: 'From the assistant',
    } as const;
    const tools = await useTools({}, { config });
    const { data } = await tools.call('create_person', {
      first_name: 'John',
      surname: 'Smith',
      type: 'Clients',
      email: 'jsmith@example.com',
    });
    expect(data).toEqual({ status: 'staged', next: expect.stringContaining('administrator') });
    expect(tools.sandbox.staged).toMatchObject([
      {
        first_name: 'John',
        surname: 'Smith',
        org_type_id: 1,
        email: 'jsmith@example.com',
        source: '1',
        referral_role: '5',
        description: 'From the assistant',
      },
    ]);
    expect(tools.newRequests().filter(line => line.includes('external_referral'))).toEqual(['PUT /external_referral']);
  });

  test('a token stages one person, however soon it comes again', async () => {
    const tools = await useTools({}, { config: { createVia: 'external_referral', confirm: 'always' } });
    const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
    const { data } = await tools.call('create_person', jo);
    const confirmed = { ...jo, confirm_token: data.confirm_token };
    const answers = await Promise.all([tools.call('create_person', confirmed), tools.call('create_person', confirmed)]);
    expect(answers.map(answer => answer.data.status)).toEqual(['staged', 'staged']);
    expect(tools.sandbox.staged).toHaveLength(1);
  });

  test('a type is needed', async () => {
    const tools = await useTools({}, { config: { createVia: 'external_referral' } });
    const { isError, text } = await tools.call('create_person', { first_name: 'Jo', surname: 'Smith' });
    expect(isError).toBe(true);
    expect(text).toMatch(/^type is missing/);
  });
});
