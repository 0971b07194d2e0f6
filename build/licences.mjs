import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The licences of all packages that these files are of, as those ask for; packages with the same text stand above it. */
export async function licencesOf(files) {
  const packages = files.map(file => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]).filter(Boolean);
  const byText = new Map();
  for (const folder of [...new Set(packages)].sort()) {
    const { heading, text } = await licenceOf(folder);
    byText.set(text, [...(byText.get(text) ?? []), heading]);
  }
  const texts = [...byText].map(([text, headings]) => `${headings.join('\n')}\n\n${text}`);
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const files = (await readdir(folder)).filter(file => /^(licen[cs]e|notice)/i.test(file));
  const texts = await Promise.all(files.map(file => readFile(join(folder, file), 'utf8')));
  return { heading: `${name} ${version} (${license})`, text: texts.join('\n') };
}
