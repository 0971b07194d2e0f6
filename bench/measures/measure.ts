/** One thing that is measured: how, and how it is reported. */
export interface Measure<Result> {
  readonly title: string;
  /** What was measured, and how. */
  readonly notes: string;
  /** False for what doesn't depend on the Node that runs it: numbers of requests and tokens. */
  readonly onEachNode: boolean;
  /**
   * Measures, with the Node of this process for every server.
   *
   * @param folder where data are that aren't in the repository
   */
  measure(folder?: string): Promise<Result>;
  /** The tables. */
  report(result: Result): string;
  /** What issue and README promise, and what came out. */
  targets(result: Result): readonly Target[];
}

/** A promise: met where the figure is at most the limit, or at least it. */
export interface Target {
  readonly name: string;
  readonly figure: number;
  readonly limit: number;
  readonly is: 'at most' | 'at least';
  readonly unit: '×' | ' MiB' | ' ms' | ' tokens' | '';
}

/** The target that a figure is at most a limit. */
export function atMost(limit: number, unit: Target['unit'], name: string, figure: number): Target {
  return { name, figure, limit, is: 'at most', unit };
}

/** The target that a figure is at least a limit. */
export function atLeast(limit: number, unit: Target['unit'], name: string, figure: number): Target {
  return { name, figure, limit, is: 'at least', unit };
}
