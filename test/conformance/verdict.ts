import { type NotApplicable, notApplicable, type Revision } from './not-applicable.ts';

/** A check as the suite reports it. */
export interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

export interface Verdict {
  readonly outcome: 'passed' | 'not applicable' | 'FAILED';
  /** Why checks don't apply, or what is wrong. */
  readonly notes: readonly string[];
}

/** Made of every exchange, whatever the scenario: it must always pass, and is no pass of the scenario by itself. */
const ofTheWire = 'wire-schema-valid';

/** What the checks of a scenario mean: all must pass but those that don't apply, and those mustn't. */
export function verdictOn(scenario: string, revision: Revision, checks: readonly Check[] | undefined): Verdict {
  const entries = entriesOf(scenario, revision);
  const reasons = entries.map(({ reason }) => reason);
  if (checks === undefined) return { outcome: 'FAILED', notes: ['the suite did not run it'] };
  const bad = checks.filter(({ status }) => ['FAILURE', 'WARNING', 'SKIPPED'].includes(status));
  const hasPassed = checks.some(({ id, status }) => status === 'SUCCESS' && id !== ofTheWire);
  const isWhole = entries.some(entry => entry.checks === undefined);
  const exempt = entries.flatMap(entry => entry.checks ?? []);
  const unexpected = bad.filter(({ id }) => id === ofTheWire || !(isWhole || exempt.includes(id)));
  const problems = [
    ...unexpected.map(({ id, status, errorMessage }) => `${id}: ${errorMessage ?? status}`),
    ...exempt
      .filter(id => !bad.some(check => check.id === id))
      .map(id => `${id} is listed as not applicable, and isn't`),
    ...(isWhole && hasPassed ? ['listed as not applicable, and passes'] : []),
    ...(!isWhole && !hasPassed ? ['nothing was checked'] : []),
  ];
  if (problems.length > 0) return { outcome: 'FAILED', notes: problems };
  return { outcome: isWhole ? 'not applicable' : 'passed', notes: reasons };
}

/** What the table says about scenarios that no revision of ours has. */
export function problemsOfRest(all: readonly string[], run: readonly { scenario: string; revision: Revision }[]) {
  const known = new Set(run.map(({ scenario }) => scenario));
  const listed = notApplicable.flatMap(entry => entry.scenarios.map(scenario => ({ scenario, entry })));
  const isMet = (scenario: string, { revision }: NotApplicable) =>
    run.some(one => one.scenario === scenario && (revision === undefined || revision === one.revision)) ||
    (!known.has(scenario) && all.includes(scenario));
  return [
    ...all
      .filter(scenario => !known.has(scenario) && !listed.some(one => one.scenario === scenario))
      .map(scenario => `${scenario} is run for no revision, and not listed as not applicable`),
    ...listed
      .filter(({ scenario, entry }) => !isMet(scenario, entry))
      .map(({ scenario }) => `${scenario} is listed as not applicable, and the suite doesn't have it there`),
  ];
}

function entriesOf(scenario: string, revision: Revision): readonly NotApplicable[] {
  return notApplicable.filter(
    entry => entry.scenarios.includes(scenario) && (entry.revision === undefined || entry.revision === revision),
  );
}
