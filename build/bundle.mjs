import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { licencesOf } from './licences.mjs';
import { writeViews } from './views.mjs';

const target = 'node20.19';

export const define = { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' };

/** The first file. Node would keep compiled code in the folder for temporary files, where any user could put other code. */
const start = `#!/usr/bin/env node
require('node:module').enableCompileCache?.(require('node:path').join(__dirname, '../node_modules/.cache'));
require('./main.js');
`;

/**
 * Writes the program into a folder: `cli.js`, a file for each dynamic import, what several of them share, and the views.
 *
 * @returns by file, its imports (esbuild's metafile)
 */
export async function writeProgram(folder, plugins) {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: 'src/cli.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    // ES modules are bundled without what nobody uses: of OpenTelemetry, that is four parts in five.
    mainFields: ['module', 'main'],
    target,
    plugins,
    // Its main file loads its parts in a way that no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    legalComments: 'none',
    // Here as well as below: names that files give to each other get short, too.
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  await mkdir(folder, { recursive: true });
  for (const { path, text } of outputFiles) await writeFile(path, await commonJs(text));
  await writeFile(join(folder, 'cli.js'), start, { mode: 0o755 });
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}\n');
  await writeViews(join(folder, 'views'));
  await writeFile(join(folder, 'LICENCES.txt'), await licencesOf(Object.keys(metafile.inputs)));
  return metafile.outputs;
}

/** esbuild splits ES modules only; Node loads CommonJS modules in a tenth less time. */
async function commonJs(module) {
  const supported = { 'dynamic-import': false };
  const { code } = await transform(module, {
    format: 'cjs',
    platform: 'node',
    target,
    supported,
    define,
    minify: true,
    charset: 'utf8',
  });
  return code;
}
