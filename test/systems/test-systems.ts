import { afterAll, describe, expect, test } from 'vitest';
import { drawSystems, seed } from './draw.ts';
import { explain, type PlayedSystem, play, smallest, type Verdict } from './play.ts';

/** Where very many systems fail, they mostly fail alike: so many are made smaller, the others are told as they were drawn. */
let smallerLeft = 10;

/**
 * Fails with the smallest system that does the same, where a system tells anything but the truth or an error.
 *
 * @param outcomes the verdicts that may not be
 */
export async function expectNone(outcomes: readonly Verdict['outcome'][], system: PlayedSystem): Promise<Verdict[]> {
  const verdicts = await play(system);
  const verdict = verdicts.find(({ outcome }) => outcomes.includes(outcome));
  if (!verdict) return verdicts;
  const finding = { system, verdict };
  expect.fail(explain(smallerLeft-- > 0 ? await smallest(finding) : finding));
}

/**
 * Tests so many drawn systems, each a test of its own.
 *
 * @param wholeTruthPercent of so many systems in a hundred, every question must be given the truth: of few, chance decides
 */
export function testDrawnSystems(count: number, { wholeTruthPercent }: { wholeTruthPercent?: number } = {}): void {
  describe(`${count} systems drawn from seed ${seed}`, () => {
    let wholeTruths = 0;
    let played = 0;
    const cpu = process.cpuUsage();

    test.each(drawSystems(count).map((system, index) => ({ number: index + 1, system })))(
      `system $number of seed ${seed} gives the truth or an error`,
      async ({ system }) => {
        played += 1;
        const verdicts = await expectNone(['wrong'], system);
        if (verdicts.every(({ outcome }) => outcome === 'truth')) wholeTruths += 1;
      },
      60_000,
    );

    if (wholeTruthPercent !== undefined) {
      test(`${wholeTruthPercent} of 100 systems of seed ${seed} give the truth to every question`, () => {
        expect((100 * wholeTruths) / count).toBeGreaterThanOrEqual(wholeTruthPercent);
      });
    }

    afterAll(() => {
      const { user, system } = process.cpuUsage(cpu);
      process.stdout.write(
        `seed ${seed}: ${wholeTruths} of ${played} systems gave the truth to every question, in ` +
          `${((user + system) / 1e6).toFixed(1)} s of a processor\n`,
      );
    });
  });
}
