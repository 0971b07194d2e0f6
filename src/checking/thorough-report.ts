import manifest from '../../package.json' with { type: 'json' };
import type { Line } from './assumptions/line.ts';

/** What `check --thorough` found. Nothing of any person is in it. */
export interface ThoroughReport {
  /** True where everything holds, or what differs is mended by a setting or by the program itself. */
  readonly ok: boolean;
  readonly version: string;
  readonly node: string;
  readonly lines: readonly Line[];
  /** The settings to use, by variable. */
  readonly settings: Readonly<Record<string, string>>;
}

export function thoroughReportOf(lines: readonly Line[]): ThoroughReport {
  return {
    ok: lines.every(({ verdict, setting }) => verdict !== 'differs' || setting !== undefined),
    version: manifest.version,
    node: process.version,
    lines,
    settings: settingsOf(lines),
  };
}

/** The report as a page. What was found alike of several fields stands in one line. */
export function thoroughReportText({ ok, version, node, lines, settings }: ThoroughReport): string {
  const grouped = grouping(lines);
  const width = Math.max(...grouped.map(({ name }) => name.length));
  const shown = grouped.flatMap(({ name, verdict, detail, setting }) => [
    `${verdict.padEnd(9)}  ${name.padEnd(width)}  ${detail}`,
    ...(setting === undefined ? [] : [`${' '.repeat(width + 13)}setting: ${setting}`]),
  ]);
  const toUse = Object.entries(settings).map(([variable, value]) => `  ${variable}=${value}`);
  return [
    `charitylog-mcp ${version} on Node ${node}: what it assumes of this Charitylog system (docs/assumptions.md).`,
    'Nothing of any person is on this page.',
    '',
    ...shown,
    '',
    ...(toUse.length > 0 ? ['Settings to use:', ...toUse] : ['Settings to use: none.']),
    ok
      ? 'The program can work with this system.'
      : 'Something differs that no setting mends: please send us this page.',
    '',
  ].join('\n');
}

/** Lines about one field each that say the same become one about all of them. */
function grouping(lines: readonly Line[]): readonly Line[] {
  const groups = new Map<string, { readonly line: Line; readonly fields: string[] }>();
  for (const line of lines) {
    const { name, field, ...rest } = line;
    const key = JSON.stringify([field === undefined ? name : name.slice(0, -field.length), rest]);
    const group = groups.get(key) ?? { line, fields: [] };
    if (field !== undefined) group.fields.push(field);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ line, fields: [first, ...others] }) => {
    if (first === undefined || others.length === 0) return line;
    const name = line.name.slice(0, -first.length).replace(/(?: in| of)? $/, '');
    return { ...line, name, detail: `${line.detail}: ${[first, ...others].join(', ')}` };
  });
}

/** A variable for which lines ask for different values is left out: the program learns them field by field. */
function settingsOf(lines: readonly Line[]): Record<string, string> {
  const wanted = new Map<string, Set<string>>();
  for (const { setting = '' } of lines) {
    const [, variable, value] = /^(\w+)=(.*)$/.exec(setting) ?? [];
    if (variable && value) wanted.set(variable, (wanted.get(variable) ?? new Set()).add(value));
  }
  return Object.fromEntries([...wanted].flatMap(([name, values]) => (values.size === 1 ? [[name, ...values]] : [])));
}
