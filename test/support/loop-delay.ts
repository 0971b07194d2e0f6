import { expect, test } from 'vitest';
import { bounds } from '../../src/base/bounds.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { conditionsFromApi, conditionsFromCallers } from './hostile-conditions.ts';
import { fromApi, fromCallers, type HostileInput } from './hostile-inputs.ts';
import { startOnce } from './lifetime.ts';
import { settingsFor, useSandbox } from './sandbox.ts';
import { type WatchedServer, watchServer } from './watched-server.ts';

/** A turn that uses less of the processor than this tells nothing: a garbage collection takes as long. */
const noiseMs = 25;

/** The largest inputs take seconds each. */
const longestTestMs = 60_000;

const inputs = { ...fromCallers, ...fromApi, ...conditionsFromCallers, ...conditionsFromApi };

/** Which inputs are tried, and how large the larger one of two is, as a part of the largest that may come. */
interface Trial {
  readonly part: number;
  /** Inputs for which a server is to be started anew are left out. */
  readonly isQuick?: true;
}

/** Declares a test for each hostile input: four times as much takes at most some six times as long. */
export function testLoopDelay({ part, isQuick }: Trial): void {
  let sandbox: Sandbox;
  let server: WatchedServer;
  let lastExtra = 0;

  startOnce(async () => {
    sandbox = await useSandbox({ people: 300, extraFields: 120 });
    server = await watchServer(settingsFor(sandbox));
    for (let n = 0; n < 5; n++) await server.call('search_people', { name: 'Smith', nonsense: n });
    await server.request('prompts/get', { name: 'find_person', arguments: { name: 'Ines' } });
  });

  test.each(Object.entries(inputs).filter(([, { fresh }]) => !(fresh && isQuick)))(
    '%s: keeps the others waiting for no longer than it grows, and is answered in 64 kB',
    async (_, input) => {
      const [small, large] = [await busyMsOf(input, part / 4), await busyMsOf(input, part)];
      expect(large, `${small} ms, then ${large} ms`).toBeLessThan(6 * Math.max(small, noiseMs));
    },
    longestTestMs,
  );

  /** The longest turn that this part of the largest input takes; the shortest of two tries where one tells something. */
  async function busyMsOf(input: HostileInput, size: number): Promise<number> {
    const first = await tryOf(input, Math.ceil(input.largest * size));
    return first <= noiseMs ? first : Math.min(first, await tryOf(input, Math.ceil(input.largest * size)));
  }

  async function tryOf({ fresh, faults, method = 'tools/call', params }: HostileInput, size: number): Promise<number> {
    for (const fault of faults?.(size) ?? []) sandbox.misbehave(fault);
    const asked = fresh ? await watchServer(settingsFor(sandbox)) : server;
    const { busyMs, bytes, answer } = await asked.request(method, params(size, params.length > 1 ? nextChoice() : ''));
    sandbox.behave();
    expect(answer.result ?? answer.error).toBeDefined();
    expect(bytes).toBeLessThanOrEqual(bounds.answerBytes);
    return busyMs;
  }

  /** A choice field whose options no input has asked for. */
  function nextChoice(): string {
    for (;;) {
      const name = `extra_${++lastExtra}`;
      if (sandbox.optionsOf(name)) return name;
    }
  }
}
