/** How long the servers, folders and connections of tests live: as long as the test, or the file, that uses them. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';

type End = () => unknown;
type Register = (end: () => Promise<void>) => void;

/** Takes the ends where vitest doesn't know to which test they belong: in a hook, and beside other tests. */
const owner = new AsyncLocalStorage<Register>();

/** Has this done when the test is over, or after all for what {@link startOnce} starts; the last one first. */
export function atEnd(end: End): void {
  const register = owner.getStore() ?? onTestFinished;
  register(async () => {
    await end();
  });
}

/** `beforeAll` for what many tests use: it ends after the last test of the file, or of the `describe` around. */
export function startOnce(start: () => Promise<void>): void {
  const ends: End[] = [];
  beforeAll(() => owner.run(end => void ends.unshift(end), start));
  afterAll(async () => {
    for (const end of ends) await end();
  });
}

/** Outside of a test, as measures are: what is started in `body` ends with it, the last one first. */
export async function untilDone<T>(body: () => Promise<T>): Promise<T> {
  const ends: End[] = [];
  try {
    return await owner.run(end => void ends.unshift(end), body);
  } finally {
    for (const end of ends) await end();
  }
}

/** How long such a test may take on a busy machine, in milliseconds: several start programs at once, and wait half of this. */
const patience = 90_000;

/** A test that waits for most of its time: it runs beside those next to it, and so shares nothing with them. */
export function testBeside(name: string, body: () => Promise<void>, timeout = patience): void {
  test.concurrent(name, context => owner.run(end => context.onTestFinished(end), body), timeout);
}
