/**
 * Measures this server and its peers side by side, and writes bench/RESULTS.md.
 *
 *     npm run bench                        all of it, in about 27 minutes
 *     npm run bench -- startup latency     parts, printed and not written
 *     npm run bench -- doubles FOLDER      with data from a folder
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type MeasureName, measures } from './measures/measures.ts';
import { type Node, nodes } from './support/machine.ts';
import { type NodeResult, type Section, sectionReport, wholeReport } from './support/report.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

function requireInstalled(): void {
  const missing = [
    ...(existsSync(here('../dist/cli.js')) ? [] : ['npm run build']),
    ...(existsSync(here('node_modules')) ? [] : ['npm --prefix bench ci']),
  ];
  if (missing.length > 0) fail(`This measures what is installed and built. Run first: ${missing.join(' && ')}`);
}

function wantedMeasures(names: readonly string[]): MeasureName[] {
  const unknown = names.filter(name => !Object.hasOwn(measures, name));
  if (unknown.length > 0) fail(`There is no ${unknown.join(', ')}. Parts: ${Object.keys(measures).join(', ')}.`);
  return (names.length > 0 ? names : Object.keys(measures)) as MeasureName[];
}

/** Measures in a fresh process of that Node, which every server that it starts runs on, too. */
async function measureOn(node: Node, name: MeasureName): Promise<NodeResult> {
  const startedAt = performance.now();
  const child = fork(here('support/measure-child.ts'), [name, ...folders], {
    execPath: node.path,
    execArgv: ['--import', 'tsx'],
  });
  let received: { readonly result: unknown } | undefined;
  child.once('message', message => {
    received = message as typeof received;
  });
  const [code] = await once(child, 'exit');
  process.stderr.write(`${name} on ${node.version}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s\n`);
  return received ? { node, result: received.result } : { node, failure: `it ended with exit code ${code}` };
}

function fail(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

const isFolder = (given: string) => statSync(given, { throwIfNoEntry: false })?.isDirectory() === true;
const given = process.argv.slice(2);
const names = given.filter(one => Object.hasOwn(measures, one) || !isFolder(one));
const folders = given.filter(one => !names.includes(one));
requireInstalled();
const available = nodes();
const sections: Section[] = [];
for (const name of wantedMeasures(names)) {
  const measure = measures[name];
  const results: NodeResult[] = [];
  for (const node of measure.onEachNode ? available : available.slice(0, 1)) results.push(await measureOn(node, name));
  sections.push({ measure, results });
}
if (names.length > 0) process.stdout.write(`${sections.map(sectionReport).join('\n\n')}\n`);
else writeFileSync(here('RESULTS.md'), wholeReport(sections, available));
if (sections.some(({ results }) => results.some(result => 'failure' in result))) process.exitCode = 1;
