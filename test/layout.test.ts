import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { expect, test } from 'vitest';

/** The folders of `src/` from top to bottom: each imports from those below, never from above; CONTRIBUTING.md has why. */
const layers = [
  ['cli.ts'],
  ['serving', 'checking'],
  ['mcp'],
  ['people', 'audit'],
  ['catalogue'],
  ['charitylog'],
  ['settings'],
  ['base'],
];

/** The same inside `people/`. Files that lie beside its folders serve all of them. */
const layersOfPeople = [['adding'], ['asking'], ['matching'], ['values']];

/** By file, the files of `src/` that it imports, for their types alone too. */
const imports = new Map(filesOf('src').map(file => [file, importsOf(file)]));
const arrows = [...imports].flatMap(([from, targets]) => targets.map(to => ({ from, to })));

test('no file imports from a layer above its own', () => {
  expect(arrows.filter(isUpward).map(shown)).toEqual([]);
});

test('no file leads back to itself, and no folder', () => {
  expect(circlesOf(imports)).toEqual([]);
  const folders = new Map([...imports.keys()].map(file => [partOf(file), new Set<string>()]));
  for (const { from, to } of arrows) if (partOf(from) !== partOf(to)) folders.get(partOf(from))?.add(partOf(to));
  expect(circlesOf(folders)).toEqual([]);
});

test('the sandbox stands alone: it imports nothing of the rest, and only the command line starts it', () => {
  const isSandbox = (file: string) => partOf(file) === 'sandbox';
  const crossing = arrows.filter(({ from, to }) => isSandbox(from) !== isSandbox(to));
  expect(crossing.filter(({ from }) => from !== 'src/cli.ts').map(shown)).toEqual([]);
});

test('every folder has its layer, and few files lie beside the folders', () => {
  const parts = new Set([...imports.keys()].map(partOf));
  const loose = [...parts].filter(part => part.endsWith('.ts'));
  expect(loose.length).toBeLessThanOrEqual(3);
  const placed = [...layers.flat(), 'sandbox'];
  expect([...parts].filter(part => !loose.includes(part)).sort()).toEqual(
    placed.filter(part => !part.endsWith('.ts')).sort(),
  );
});

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => join(folder, name).split(sep).join('/'))
    .sort();
}

function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(
    /\b(?:from|import|require)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g,
  );
  return [...specifiers].map(([, path = '']) => join(dirname(file), path).split(sep).join('/')).filter(inSource);
}

function inSource(file: string): boolean {
  return file.startsWith('src/');
}

/** The folder of `src/` that a file is in, or the file's own name. */
function partOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function isUpward({ from, to }: { from: string; to: string }): boolean {
  const [, part, folder = ''] = from.split('/');
  const [, otherPart, otherFolder = ''] = to.split('/');
  if (part === 'people' && otherPart === 'people') {
    return rank(layersOfPeople, otherFolder) < rank(layersOfPeople, folder);
  }
  return rank(layers, partOf(to)) < rank(layers, partOf(from));
}

/** How far down; what has no layer of its own is at the bottom. */
function rank(order: readonly (readonly string[])[], name: string): number {
  const index = order.findIndex(layer => layer.includes(name));
  return index < 0 ? order.length : index;
}

function shown({ from, to }: { from: string; to: string }): string {
  return `${from} -> ${to}`;
}

/** One circle for each arrow that closes one. */
function circlesOf(graph: ReadonlyMap<string, Iterable<string>>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (node: string, way: readonly string[]) => {
    if (way.includes(node)) return void circles.push([...way.slice(way.indexOf(node)), node].join(' -> '));
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}
