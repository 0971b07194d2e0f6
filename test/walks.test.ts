import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const guide = readFileSync('CONTRIBUTING.md', 'utf8');
const walks = guide.slice(guide.indexOf('## The walk of a question'), guide.indexOf('## Recipes'));
const named = (form: RegExp) => [...walks.matchAll(form)].flatMap(([, name]) => name ?? []);

const files = ['src', 'test'].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
);
const program = files
  .filter(file => /^src\/.*\.ts$/.test(file))
  .map(file => readFileSync(file, 'utf8'))
  .join('\n');

test('the walks name files that are there', () => {
  const gone = named(/`([\w/-]+(?:\.test)?\.ts)`/g).filter(
    name => !files.some(file => `/${file}`.endsWith(`/${name}`)),
  );
  expect(gone).toEqual([]);
});

test('the walks name functions, classes and values that are there', () => {
  const names = named(/`(?:[A-Z]\w+\.|\w+\.(?=call`))?([A-Za-z]\w+)`/g);
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter(name => !new RegExp(`\\b${name}\\b`).test(program))).toEqual([]);
});
