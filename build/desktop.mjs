// Writes out/charitylog-mcp-VERSION.mcpb, which Claude Desktop opens: the stdio server alone, with a form for its settings.
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { writeProgram } from './bundle.mjs';
import { icon } from './desktop/icon.mjs';
import { manifestOf, pictures } from './desktop/manifest.mjs';
import { fasterPlugins, pluginsThatFit } from './faster.mjs';

const mcpb = createRequire(import.meta.url)
  .resolve('@anthropic-ai/mcpb')
  .replace(/dist[/\\].*/, 'dist/cli/cli.js');
const program = JSON.parse(await readFile('package.json', 'utf8'));
const target = join('out', `charitylog-mcp-${program.version}.mcpb`);

const folder = await mkdtemp(join(tmpdir(), 'charitylog-mcpb-'));
try {
  const outputs = await writeProgram(join(folder, 'dist'), await pluginsThatFit(await fasterPlugins()));
  const kept = filesOfStdio(outputs);
  const others = Object.keys(outputs).filter(file => !kept.has(file));
  for (const file of others) await rm(join(folder, 'dist', basename(file)));
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifestOf(program), null, 2)}\n`);
  await writeFile(join(folder, 'icon.png'), icon(512));
  await copyFile('LICENSE', join(folder, 'LICENSE'));
  await mkdir(join(folder, 'pictures'));
  for (const file of pictures) await copyFile(join('docs/views', file), join(folder, 'pictures', file));
  await mkdir('out', { recursive: true });
  await rm(target, { force: true });
  await tell(['validate', join(folder, 'manifest.json')]);
  await tell(['pack', folder, target]);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What the command line and the stdio server load, at the start or later; not the HTTP service, the checks and the sandbox. */
function filesOfStdio(outputs) {
  const withEntry = entry => Object.keys(outputs).find(file => outputs[file].entryPoint === entry);
  const kept = new Set();
  const keep = (file, isKept = () => true) => {
    if (kept.has(file)) return;
    kept.add(file);
    for (const { path, kind } of outputs[file].imports) if (path in outputs && isKept(kind)) keep(path);
  };
  keep(withEntry('src/cli.ts'), kind => kind !== 'dynamic-import');
  keep(withEntry('src/serving/stdio.ts'));
  return kept;
}

async function tell(args) {
  const { stdout } = await promisify(execFile)(process.execPath, [mcpb, ...args]);
  process.stdout.write(stdout);
}
