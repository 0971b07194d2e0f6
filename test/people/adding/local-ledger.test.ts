import { describe, expect, test } from 'vitest';
import { Budget, Share } from '../../../src/base/budget.ts';
import type { Create, Outcome } from '../../../src/people/adding/ledger.ts';
import { LocalLedger, LocalSystem } from '../../../src/people/adding/local-ledger.ts';

const before = { namesakes: [], isPartial: false };
const created = async (): Promise<Outcome> => ({ status: 'created', id: 7 });
const unknown = async (): Promise<Outcome> => ({ status: 'unknown' });

function createOf(name: string): Create {
  return { fingerprint: `fingerprint of ${name}`, nameKey: name, confirmToken: undefined };
}

describe('a ledger', () => {
  test('forgets a create at its time, and goes on remembering one whose outcome is not known', async () => {
    const ledger = new LocalLedger({ forMs: 50 });
    await ledger.send(createOf('Gwilym Tansley'), before, created);
    await ledger.send(createOf('Ines Quarmby'), before, unknown);
    expect(await ledger.find(createOf('Gwilym Tansley'))).toMatchObject({ outcome: { id: 7 } });
    await expect.poll(() => ledger.size).toBe(1);
    expect(await ledger.hasDoubt('Ines Quarmby')).toBe(true);
    await ledger.correct(createOf('Ines Quarmby'), { status: 'created', id: 8 });
    await expect.poll(() => ledger.size).toBe(0);
  });

  test('forgets a create that was refused, at once', async () => {
    const ledger = new LocalLedger();
    const refused = () => Promise.reject(new Error('refused'));
    await expect(ledger.send(createOf('Gwilym Tansley'), before, refused)).rejects.toThrow('refused');
    expect(ledger.size).toBe(0);
  });

  test('without room sends nobody, and forgets nobody', async () => {
    const ledger = new LocalLedger({ share: new Share(new Budget(8000)) });
    const sent: string[] = [];
    const send = (name: string) =>
      ledger.send(createOf(name), before, () => {
        sent.push(name);
        return unknown();
      });
    const names = Array.from({ length: 50 }, (_, n) => `person ${n}`);
    const ends = await Promise.allSettled(names.map(send));
    const refusals = ends.flatMap(end => (end.status === 'rejected' ? [end.reason.message] : []));
    expect(refusals.length).toBe(names.length - sent.length);
    expect(new Set(refusals)).toEqual(
      new Set([expect.stringMatching(/^Nothing was written: .* Try again in ten minutes/)]),
    );
    expect(sent.length).toBeGreaterThan(1);
    for (const name of sent) expect(await ledger.hasDoubt(name)).toBe(true);
  });
});

test('many creates of one caller do not keep back another caller on the same system', async () => {
  const system = new LocalSystem();
  const [greedy, other] = [new LocalLedger({ system }), new LocalLedger({ system })];
  const order: string[] = [];
  const add = (ledger: LocalLedger, name: string) =>
    ledger.inTurn(new AbortController().signal, async () => {
      order.push(name);
      await ledger.send(createOf(name), before, created);
    });
  const many = Array.from({ length: 30 }, (_, n) => add(greedy, `greedy ${n}`));
  await add(other, 'other');
  expect(order.indexOf('other')).toBeLessThan(3);
  await Promise.all(many);
  expect(order).toHaveLength(31);
});
