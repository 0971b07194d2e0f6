import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type Create, type Remembered, rememberedForMs } from '../../../src/people/adding/ledger.ts';
import { LocalLedger } from '../../../src/people/adding/local-ledger.ts';
import type { Fault, FaultScope } from '../../../src/sandbox/sandbox.ts';
import { auditFile } from '../../support/audit-file.ts';
import { atEnd } from '../../support/lifetime.ts';
import { type Tools, useTools } from '../../support/tools.ts';

const jo = { first_name: 'Jo', surname: 'Fairweather', type: '1' };
const isPost = ({ method }: { method: string }) => method === 'POST';
const posts = (tools: Tools) => tools.sandbox.requests.filter(isPost).length;
const deep = (open: string, close: string) => `${open.repeat(10_000)}1${close.repeat(10_000)}`;

/** Bodies that nobody expects, in answers with status 200. */
const bodies = {
  nothing: '',
  null: 'null',
  'an empty list': '[]',
  'an empty object': '{}',
  'no id': '-1',
  'half a character': '"\\ud800"',
  'an id in ids': '{"id":{"id":{"id":[]}}}',
  prototypes: '{"__proto__":{"id":7},"constructor":1}',
  'deep lists': deep('[', ']'),
  'deep objects': deep('{"data":', '}'),
  'a deep name': `{"id":700,"surname":${deep('[', ']')}}`,
  'a deep name in a list': `[{"id":700,"first_name":${deep('{"a":', '}')}}]`,
  'a deep error beside an id': `{"id":700,"error":${deep('[', ']')}}`,
  'deep surroundings': `{"data":[{"id":700}],"meta":${deep('{"next":', '}')}}`,
};

/** Faults that leave it open whether the record was made. */
const broken: Record<string, Fault> = {
  'reset afterwards': { kind: 'reset', stage: 'after-handling' },
  'reset before': { kind: 'reset', stage: 'before-handling' },
  'cut off': { kind: 'cut' },
  'status 500': { kind: 'status', status: 500, body: 'html' },
  'status 503': { kind: 'status', status: 503 },
  redirected: { kind: 'redirect', location: '/elsewhere' },
};

const faults = new Map<string, Fault>([
  ...Object.entries(bodies).map(([name, body]) => [name, { kind: 'garbage', body }] as const),
  ...Object.entries(broken),
]);
const fault = fc.constantFrom(...faults.keys());

describe('whatever goes wrong once a create was sent', () => {
  test('at its answer, at reading back, and at looking up, it is no internal error, and nothing is sent again', async () => {
    const steps = fc.record({ answer: fc.option(fault), readBack: fc.option(fault), lookUp: fc.option(fault) });
    let n = 0;
    // Each run waits for most of its time: four systems are asked beside each other.
    const systems = await Promise.all([1, 2, 3, 4].map(() => useTools({ people: 30 }, { timeoutMs: 2000 })));
    const tryOn = (tools: Tools, part: number) =>
      fc.assert(
        fc.asyncProperty(steps, async ({ answer, readBack, lookUp }) => {
          const person = { ...jo, surname: `Fairweather${'abcdefghij'.charAt(n % 10)}${n++}` };
          const before = posts(tools);
          const inject = (name: string | null, scope: FaultScope) => {
            const of = faults.get(name ?? '');
            if (of) tools.sandbox.misbehave({ ...of, ...scope });
          };
          inject(answer, { method: 'POST', times: 1 });
          inject(readBack, { method: 'GET', path: '/clients/id/' });
          // The first of these is the check before the sending.
          inject(lookUp, { method: 'GET', path: '/clients/field/', skip: 1 });
          const first = await tools.call('create_person', person);
          const again = await tools.call('create_person', person);
          tools.sandbox.behave();
          for (const { isError, text, data } of [first, again]) {
            expect({ isError, text: text.slice(0, 500) }).toMatchObject({ isError: false });
            expect(['created', 'unknown']).toContain(data.status);
          }
          expect(posts(tools) - before).toBe(1);
          const made = tools.sandbox.people.filter(({ surname }) => surname === person.surname);
          if (first.data.status === 'created') expect(made.map(({ id }) => id)).toEqual([first.data.id]);
          // Once everything works again, the truth is found.
          const late = await tools.call('create_person', person);
          expect(late.data.status).toBe(made.length > 0 ? 'created' : 'unknown');
          expect(posts(tools) - before).toBe(1);
        }),
        { numRuns: 5, seed: (fc.readConfigureGlobal().seed ?? 1) + part },
      );
    await Promise.all(systems.map(tryOn));
  }, 120_000);

  test('a field that reads back nested 10,000 deep is cut', async () => {
    const tools = await useTools({ people: 30 });
    const body = `[{"id":31,"first_name":"Jo","surname":"Fairweather","type":1,"notes":${deep('[', ']')}}]`;
    const nextId = Math.max(...tools.sandbox.people.map(({ id }) => id)) + 1;
    tools.sandbox.misbehave({ kind: 'garbage', body: body.replace('31', String(nextId)), path: '/clients/id/' });
    const { isError, data } = await tools.call('create_person', { ...jo, address_line_1: '1 Mill Lane' });
    expect(isError).toBe(false);
    expect(data).toMatchObject({ status: 'created', id: nextId });
  });

  test('at the metrics, it is told as it is', async () => {
    const tools = await useTools({ people: 30 });
    Object.assign(tools.options.observer, {
      call: () => {
        throw new RangeError('Maximum call stack size exceeded');
      },
    });
    const { isError, data } = await tools.call('create_person', jo);
    expect({ isError, status: data.status }).toEqual({ isError: false, status: 'created' });
  });
});

describe('the audit log of a create', () => {
  test('where it is required: without a line about it before, nothing is sent', async () => {
    const { file, audit } = await auditFile();
    const tools = await useTools({ people: 30 }, { audit, config: { auditRequired: true } });
    await rm(join(file, '..'), { recursive: true });
    const { isError, text } = await tools.call('create_person', jo);
    expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('Nothing was done') });
    expect(posts(tools)).toBe(0);
    expect((await tools.call('search_people', { name: 'Smith' })).isError).toBe(false);
  });

  test('has the line before the record is sent, and one of the outcome after', async () => {
    const { lines, audit } = await auditFile();
    const tools = await useTools({ people: 30 }, { audit, config: { auditRequired: true } });
    tools.sandbox.misbehave({ kind: 'slow', ms: 200, method: 'POST' });
    const arrived = tools.sandbox.nextRequest(isPost);
    const answer = tools.call('create_person', jo);
    await arrived;
    const [sending] = await lines();
    expect(sending).toMatchObject({ tool: 'create_person', outcome: 'sending' });
    const { data } = await answer;
    expect((await lines())[1]).toMatchObject({ outcome: 'created', ids: [data.id], create: sending.create });
  });

  test('that breaks after the sending: the answer tells what happened, and that it could not be noted', async () => {
    const { file, audit } = await auditFile();
    const tools = await useTools({ people: 30 }, { audit, config: { auditRequired: true } });
    tools.sandbox.misbehave({ kind: 'slow', ms: 200, method: 'POST' });
    const arrived = tools.sandbox.nextRequest(isPost);
    const answer = tools.call('create_person', jo);
    await arrived;
    await rename(join(file, '..'), join(file, '..', '..', 'gone'));
    const { isError, data } = await answer;
    expect(isError).toBe(false);
    expect(data).toMatchObject({
      status: 'created',
      id: tools.sandbox.people.at(-1)?.id,
      notes: [expect.stringContaining('the audit log could not be written')],
    });
  });
});

/** A ledger whose creates are as much older as it is told. */
class AgeingLedger extends LocalLedger {
  olderMs = 0;

  override async find(create: Create): Promise<Remembered | undefined> {
    const entry = await super.find(create);
    return entry && { ...entry, startedAt: entry.startedAt - this.olderMs };
  }
}

describe('an outcome that is not known', () => {
  test.each(['clients', 'external_referral'] as const)('outlives a jump of the clock (%s)', async createVia => {
    const tools = await useTools({ people: 30 }, { config: { createVia } });
    const method = createVia === 'clients' ? 'POST' : 'PUT';
    const sent = () => tools.sandbox.requests.filter(request => request.method === method).length;
    tools.sandbox.misbehave({ kind: 'reset', stage: 'before-handling', method, times: 1 });
    expect((await tools.call('create_person', jo)).data.status).toBe('unknown');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 660_000 });
    atEnd(() => void vi.useRealTimers());
    expect((await tools.call('create_person', jo)).data.status).toBe('unknown');
    expect(sent()).toBe(1);
  });

  test('outlives the known ones, is looked up first, and after ten minutes is asked about', async () => {
    const ledger = new AgeingLedger({ forMs: 1 });
    const tools = await useTools({ people: 30 }, { ledger });
    tools.sandbox.misbehave({ kind: 'reset', stage: 'before-handling', method: 'POST', times: 1 });
    await tools.call('create_person', jo);
    await tools.call('create_person', { first_name: 'Gwilym', surname: 'Tansley', type: '1' });
    await expect.poll(() => ledger.size).toBe(1);
    const later = await tools.call('create_person', jo);
    expect(later.data).toMatchObject({ status: 'unknown', next: expect.stringContaining('No new record') });
    expect(posts(tools)).toBe(2);
    ledger.olderMs = rememberedForMs;
    const { data } = await tools.call('create_person', jo);
    expect(data).toMatchObject({
      status: 'needs_confirmation',
      next: expect.stringContaining('A person of this name was sent before, and the outcome is unknown.'),
    });
    expect(posts(tools)).toBe(2);
    const second = await tools.call('create_person', { ...jo, confirm_token: data.confirm_token });
    expect(second.data.status).toBe('created');
    expect(posts(tools)).toBe(3);
  });

  test('after ten minutes, too, is looked up before somebody is asked', async () => {
    const ledger = new AgeingLedger();
    const tools = await useTools({ people: 30 }, { ledger });
    const hidden = tools.sandbox.misbehave({ kind: 'status', status: 403, path: '/clients/field/', skip: 1 });
    tools.sandbox.misbehave({ kind: 'reset', stage: 'after-handling', method: 'POST', times: 1 });
    expect((await tools.call('create_person', jo)).data.status).toBe('unknown');
    hidden();
    ledger.olderMs = rememberedForMs;
    const { data } = await tools.call('create_person', jo);
    expect(data).toMatchObject({ status: 'created', id: tools.sandbox.people.at(-1)?.id });
    expect(posts(tools)).toBe(1);
  });

  test('one that is known is forgotten at its time', async () => {
    const ledger = new LocalLedger({ forMs: 1 });
    const tools = await useTools({ people: 30 }, { ledger, config: { createVia: 'external_referral' } });
    await tools.call('create_person', jo);
    expect(tools.sandbox.staged).toHaveLength(1);
    await expect.poll(() => ledger.size).toBe(0);
    await tools.call('create_person', jo);
    expect(tools.sandbox.staged).toHaveLength(2);
  });
});
