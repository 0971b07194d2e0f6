import { Script } from 'node:vm';
import { expect, onTestFinished, test, vi } from 'vitest';
import { optimizeSooner, withUsualFlags } from '../src/hot-code.ts';

const text = '(function () { return 1; })';
let count = 0;
/** Under another name each time, as V8 would find the code that it has already. */
const isTaken = (cachedData: Buffer) =>
  new Script(text, { cachedData, filename: `${count++}.js` }).cachedDataRejected === false;

test("V8's flags change a second after the start, and code caches are made and taken as if they hadn't", () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const early = new Script(text).createCachedData();
  optimizeSooner();
  vi.advanceTimersByTime(999);
  expect(isTaken(early)).toBe(true);
  vi.advanceTimersByTime(1);
  expect(isTaken(early)).toBe(false);
  expect(withUsualFlags(() => isTaken(early))).toBe(true);
  const late = withUsualFlags(() => new Script(text).createCachedData());
  expect(withUsualFlags(() => isTaken(late))).toBe(true);
  expect(isTaken(late)).toBe(false);
});
