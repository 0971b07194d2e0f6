import { describe, test } from 'vitest';
import { type SandboxOptions, switches } from '../../src/sandbox/sandbox.ts';
import type { Verdict } from '../systems/play.ts';
import { deviations, furtherDeviations, type Promised } from '../systems/promises.ts';
import { expectNone } from '../systems/test-systems.ts';

const notAllowed: Readonly<Record<Promised, readonly Verdict['outcome'][]>> = {
  must: ['wrong', 'refused'],
  'may refuse': ['wrong'],
};

const alone: readonly (readonly [Promised, SandboxOptions])[] = [
  ['must', {}],
  ...deviations.map(({ promised, system }) => [promised, { system }] as const),
  ...furtherDeviations,
];

test.each(alone)('every answer is the truth, or an error where it %s: %j alone', async (promised, options) => {
  await expectNone(notAllowed[promised], { options });
});

describe.each(switches.refusal)('refusals said as %s', refusal => {
  test.each<SandboxOptions>([
    { system: { refusal, everybody: 'refused' } },
    { system: { refusal, reports: 'refused' } },
    { readOnlyLicence: true, system: { refusal } },
  ])('are never taken for an answer: %j', async options => {
    await expectNone(['wrong'], { options });
  });
});
