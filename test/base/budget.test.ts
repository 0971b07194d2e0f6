import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget, Share } from '../../src/base/budget.ts';
import { Kept } from '../../src/base/kept.ts';
import { weightOf } from '../../src/base/weight.ts';

/** Takes all that it can get. */
function takeAll(share: Share): void {
  let isTaken = true;
  while (isTaken) isTaken = share.take(1);
}

describe('a share', () => {
  test('is a quarter of what the others leave: whoever takes all they can leaves some for everybody', () => {
    const budget = new Budget(4096);
    const shares = Array.from({ length: 12 }, () => new Share(budget));
    takeAll(shares[0] as Share);
    expect(budget.taken).toBe(1024);
    for (const share of shares) takeAll(share);
    expect(new Share(budget).take(20)).toBe(true);
  });

  test('that ends gives all back, and takes nothing more', () => {
    const budget = new Budget(100);
    const share = new Share(budget);
    const hold = share.hold();
    hold.resize(20);
    share.end();
    hold.end();
    expect(budget.taken).toBe(0);
    expect(share.take(1)).toBe(false);
  });

  test('knows what is held, whatever was taken, refused and given back', () => {
    const steps = fc.array(fc.tuple(fc.nat(4), fc.nat(300)), { maxLength: 60 });
    fc.assert(
      fc.property(steps, resizes => {
        const budget = new Budget(1000);
        const shares = [new Share(budget), new Share(budget)] as const;
        const holds = Array.from({ length: 5 }, (_, n) => (shares[n % 2] as Share).hold());
        for (const [n, bytes] of resizes) {
          holds[n]?.resize(bytes);
          expect(budget.taken).toBe(holds.reduce((sum, hold) => sum + hold.bytes, 0));
          expect(budget.taken).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });
});

describe('what is kept', () => {
  const share = () => new Share(new Budget(4000));

  test('makes room for what is newer, and not for what never fits', () => {
    const kept = new Kept<string>({ share: share(), forMs: 60_000 });
    for (const key of ['a', 'b', 'c']) kept.set(key, key, 400);
    expect(['a', 'b', 'c'].map(key => kept.get(key))).toEqual([undefined, 'b', 'c']);
    kept.set('d', 'd', 1001);
    expect(['b', 'c', 'd'].map(key => kept.get(key))).toEqual(['b', 'c', undefined]);
  });

  test('takes its place once, however often it is set', () => {
    const kept = new Kept<number>({ share: share(), forMs: 60_000 });
    kept.set('a', 0, 300);
    for (let n = 1; n < 20; n++) kept.set('b', n, 600);
    expect([kept.get('a'), kept.get('b'), kept.bytes]).toEqual([0, 19, 900]);
    kept.clear();
    expect([kept.size, kept.bytes]).toEqual([0, 0]);
  });
});

describe('weightOf', () => {
  test('is never less than the characters that a value holds, wherever they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), value => {
        const strings = JSON.stringify(value).match(/[a-z]/gi) ?? [];
        expect(weightOf([value, new Map([['key', value]])], Number.POSITIVE_INFINITY)).toBeGreaterThan(strings.length);
      }),
    );
  });

  test('stops where it is enough, also on what never ends', () => {
    const endless: unknown[] = [];
    endless.push(endless, endless);
    expect(weightOf(endless, 100_000)).toBeGreaterThan(100_000);
    let looked = 0;
    const long = Array.from({ length: 10_000 });
    Object.defineProperty(long, 9999, { get: () => looked++ });
    expect(weightOf(long, 1000)).toBeGreaterThan(1000);
    expect(looked).toBe(0);
  });
});
