import fc from 'fast-check';
import { type Switches, switches, usualSystem } from '../../src/sandbox/sandbox.ts';
import type { PlayedSystem } from './play.ts';
import { deviations, furtherDeviations, type Promised, promises } from './promises.ts';

/** The seed of every draw; `FC_SEED=...` tries others. */
export const seed = Number(process.env.FC_SEED ?? 1);

/**
 * Draws systems from all combinations of the switches. Each switch is as usual in half of the systems, and else any value of
 * which the truth must be told; one system in five has values besides of which it may be refused, mostly one of them.
 */
export function drawSystems(count: number): PlayedSystem[] {
  const decided = fc.record(
    Object.fromEntries(Object.keys(switches).map(name => [name, switchArbitrary(name as keyof Switches)])),
  );
  const withheld = fc.oneof(
    { weight: 16, arbitrary: fc.constant([]) },
    { weight: 3, arbitrary: fc.array(hard, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(hard, { minLength: 2, maxLength: 4 }) },
  );
  const system = fc.record({ decided, withheld, more: further, createsFirst: fc.boolean() });
  return fc.sample(system, { numRuns: count, seed }).map(({ decided, withheld, more, createsFirst }) => {
    const all: Partial<Switches> = Object.assign({}, decided, ...withheld);
    const unusual = Object.entries(all).filter(([name, value]) => value !== usualSystem[name as keyof Switches]);
    const isSettled = !Object.hasOwn(all, 'settling') || all.settling === 'at-once';
    return {
      options: { ...more, ...(unusual.length > 0 && { system: Object.fromEntries(unusual) }) },
      // What is true of people who can't be read yet depends on when it is asked: they come last.
      createsFirst: createsFirst && isSettled,
    };
  });
}

function valuesOf(name: keyof Switches, promised: Promised): string[] {
  return Object.entries(promises[name] as Record<string, Promised>)
    .filter(([value, other]) => other === promised && value !== usualSystem[name])
    .map(([value]) => value);
}

function switchArbitrary(name: keyof Switches): fc.Arbitrary<string> {
  const usual = fc.constant<string>(usualSystem[name]);
  const others = valuesOf(name, 'must');
  return others.length > 0 ? fc.oneof(usual, fc.constantFrom(...others)) : usual;
}

const hard = fc.constantFrom(
  ...deviations.filter(({ promised }) => promised === 'may refuse').map(({ system }) => system),
);

/** Most systems have none: 400 fields take long to list. */
const further = fc.oneof(
  { weight: 40, arbitrary: fc.constant({}) },
  ...furtherDeviations.map(([, options]) => ({ weight: 1, arbitrary: fc.constant(options) })),
);
