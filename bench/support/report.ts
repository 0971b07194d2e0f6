import type { Measure, Target } from '../measures/measure.ts';
import { commit, machine, type Node, packages } from './machine.ts';
import { number, table } from './markdown.ts';

/** A measure, and its result on each Node that it was made with. */
export interface Section {
  readonly measure: Measure<unknown>;
  readonly results: readonly NodeResult[];
}

/** What was measured with one Node, or why nothing was. */
export type NodeResult = { readonly node: Node } & ({ readonly result: unknown } | { readonly failure: string });

/** The tables of one measure, with how it was made. */
export function sectionReport({ measure, results }: Section): string {
  const tables = results.map(outcome => {
    const text = 'failure' in outcome ? `Failed: ${outcome.failure}.` : measure.report(outcome.result);
    return measure.onEachNode ? `### Node ${outcome.node.version}\n\n${text}` : text;
  });
  return [`## ${measure.title}`, measure.notes, ...tables].join('\n\n');
}

/** bench/RESULTS.md. */
export function wholeReport(sections: readonly Section[], nodes: readonly Node[]): string {
  const parts = [
    '# Results',
    `Written by \`npm run bench\` (see [CONTRIBUTING.md](../CONTRIBUTING.md)) on ${new Date().toISOString().slice(0, 10)}; don't edit.`,
    [
      `- Machine: ${machine()}`,
      `- Node: ${nodes.map(node => node.version).join(', ')}; a measure runs in a fresh process of each, and so do the servers that it starts`,
      `- charitylog-mcp: commit ${commit()}`,
      `- From npm: ${packages().join(', ')}`,
    ].join('\n'),
    'Figures of one run on one machine: compare those of a table with each other, not with those of another day.',
    `## Targets\n\n${targetTable(sections, nodes)}`,
    ...sections.map(sectionReport),
  ];
  return `${parts.join('\n\n')}\n`;
}

function targetTable(sections: readonly Section[], nodes: readonly Node[]): string {
  const rows = sections.flatMap(({ measure, results }) => {
    const perNode = results.map(outcome => ('failure' in outcome ? [] : measure.targets(outcome.result)));
    return (perNode.find(targets => targets.length > 0) ?? []).map((target, index) => [
      target.name,
      `${target.is} ${target.limit}${target.unit}`,
      ...nodes.map((_, node) => verdict(perNode[node]?.[index])),
    ]);
  });
  return table(['what', 'target', ...nodes.map(node => node.version)], rows);
}

function verdict(target: Target | undefined): string {
  if (!target) return '';
  const { figure, limit, is, unit } = target;
  const isMet = is === 'at most' ? figure <= limit : figure >= limit;
  const text = `${unit === '×' ? number(figure, 2) : number(figure)}${unit}`;
  return isMet ? text : `**${text}**, missed`;
}
