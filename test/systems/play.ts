import { isDeepStrictEqual } from 'node:util';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { useTools } from '../support/tools.ts';
import { creates } from './creates.ts';
import { type Call, type Question, questions, Refusal } from './questions.ts';

/** A system to ask: what its sandbox is like, and whether people are added before anything else is asked. */
export interface PlayedSystem {
  readonly options: SandboxOptions;
  readonly createsFirst?: boolean;
}

/** What became of one question. */
export interface Verdict {
  readonly question: string;
  /** The last tool call, as `count_people {"active":true}`. */
  readonly called: string;
  readonly outcome: 'truth' | 'refused' | 'wrong';
  readonly told: unknown;
  readonly truth: unknown;
}

const people = 60;

/** Asks a fresh sandbox everything, through the program's own MCP server. */
export async function play({ options, createsFirst = false }: PlayedSystem): Promise<Verdict[]> {
  const tools = await useTools({ people, ...options });
  let called = '';
  const call: Call = async (tool, args = {}) => {
    called = `${tool} ${JSON.stringify(args)}`;
    const { isError, text, data } = await tools.call(tool, args);
    if (isError) throw new Refusal(text);
    return data;
  };
  const verdicts: Verdict[] = [];
  for (const question of createsFirst ? [...creates, ...questions] : [...questions, ...creates]) {
    const result = await judge(question, call, tools.sandbox);
    verdicts.push({ question: question.words, called, ...result });
  }
  return verdicts;
}

async function judge(question: Question, call: Call, sandbox: Parameters<Question['truth']>[0]) {
  try {
    const told = await question.ask(call, sandbox);
    const truth = question.truth(sandbox);
    const outcome = isDeepStrictEqual(told, truth) ? 'truth' : 'wrong';
    return { outcome, told, truth } as const;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const truth = question.truth(sandbox);
    const isTrue = typeof truth === 'string' && truth.startsWith('an error');
    return { outcome: isTrue ? 'truth' : 'refused', told: error.message, truth } as const;
  }
}

/** A system, and one verdict on it. */
export interface Finding {
  readonly system: PlayedSystem;
  readonly verdict: Verdict;
}

/** The system with as few deviations as still give the same question the same kind of verdict. */
export async function smallest({ system, verdict }: Finding): Promise<Finding> {
  let least: Finding = { system, verdict };
  for (const smaller of stepsOf(system)) {
    const candidate = smaller(least.system);
    const verdicts = await play(candidate);
    const same = verdicts.find(({ question, outcome }) => question === verdict.question && outcome === verdict.outcome);
    if (same) least = { system: candidate, verdict: same };
  }
  return least;
}

/** Each step takes one deviation away. */
function stepsOf({ options, createsFirst }: PlayedSystem): ((system: PlayedSystem) => PlayedSystem)[] {
  const without = <Part extends object>(part: Part, name: string): Part =>
    Object.fromEntries(Object.entries(part).filter(([key]) => key !== name)) as Part;
  return [
    ...(createsFirst ? [(system: PlayedSystem) => ({ options: system.options })] : []),
    ...Object.keys(options)
      .filter(name => name !== 'system')
      .map(name => (system: PlayedSystem) => ({ ...system, options: without(system.options, name) })),
    ...Object.keys(options.system ?? {}).map(name => (system: PlayedSystem) => ({
      ...system,
      options: { ...system.options, system: without(system.options.system ?? {}, name) },
    })),
  ];
}

/** What to read when a system gives an answer that it may not. */
export function explain({ system, verdict }: Finding): string {
  const { question, called, outcome, told, truth } = verdict;
  const show = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 1500);
  return [
    outcome === 'wrong' ? 'A wrong answer.' : 'A refusal where the truth can be known.',
    `system    ${JSON.stringify(system)}`,
    `question  ${question}`,
    `called    ${called}`,
    `told      ${show(told)}`,
    `true      ${show(truth)}`,
  ].join('\n');
}
