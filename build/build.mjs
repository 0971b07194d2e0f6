// Bundles src/cli.ts into dist/: what each start over stdio needs in one file, and what is loaded later in files of their
// own. Runs as `prepare`: after `npm ci --omit=dev` there is no bundler, and nothing to do.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';

const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
  process.stderr.write('charitylog-mcp: dist/ is not built, as the development packages are not installed\n');
  process.exit(0);
}
const { plugins } = await import('./plugins.mjs');

const settings = {
  bundle: true,
  minify: true,
  platform: 'node',
  // It loads faster than ES modules do.
  format: 'cjs',
  target: 'node20.19',
  logLevel: 'warning',
};

/** Keeps undici's WebAssembly out of its part: as text it takes thrice its size. */
const wasmFiles = {
  name: 'wasm-files',
  setup(build) {
    build.onLoad({ filter: /[\\/]llhttp(_simd)?-wasm\.js$/ }, async ({ path }) => {
      const name = `${basename(path, '-wasm.js')}.wasm`;
      await writeFile(`dist/parts/${name}`, createRequire(path)(path));
      return { contents: `module.exports = require('./${name}');` };
    });
    build.onResolve({ filter: /\.wasm$/ }, ({ path }) => ({ path, external: true }));
  },
};

// serveOverStdio is in the first part, and evaluated when it is asked for.
const start = "import './src/cli.ts'; export const stdio = () => require('./src/serving/stdio.ts');";

await rm('dist', { recursive: true, force: true });
await mkdir('dist/parts', { recursive: true });
/** Where the source of each part is, by the name of the part, and the file that it became. */
const sources = { stdio: join(process.cwd(), 'src/serving/stdio.ts') };
const files = {};
await writeParts('start', { stdin: { contents: start, resolveDir: '.' } });
await esbuild.build({
  ...settings,
  entryPoints: ['src/launch.ts'],
  outfile: 'dist/cli.js',
  banner: { js: '#!/usr/bin/env node' },
  define: { files: JSON.stringify(files) },
});
await chmod('dist/cli.js', 0o755);
await writeFile('dist/package.json', '{"type":"commonjs"}\n');
await writeCodeCache();

/** Writes a part of the program with all that it imports, then the parts that it loads later. */
async function writeParts(name, entry) {
  const later = new Map();
  const laterParts = {
    name: 'later-parts',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, kind, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined;
        const part = basename(path, '.ts');
        later.set(part, join(resolveDir, path));
        return { path: `./${part}`, external: true };
      });
    },
  };
  const supported = { 'dynamic-import': false };
  const { outputFiles } = await esbuild.build({
    ...settings,
    ...entry,
    supported,
    write: false,
    plugins: [laterParts, wasmFiles, ...plugins],
  });
  files[name] = await writePart(name, outputFiles[0].text);
  for (const [part, path] of later) {
    if (sources[part] === path) continue;
    if (sources[part]) throw new Error(`${sources[part]} and ${path} are loaded later, and need different names`);
    sources[part] = path;
    await writeParts(part, { entryPoints: [path] });
  }
}

/** Writes the file of a part: its value is a function, as src/launch.ts calls it. */
async function writePart(name, code) {
  const text = `(function(exports,require,module){${inAscii(code)}\n})`;
  // V8 takes a code cache for any text of the same length.
  const file = `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`;
  await writeFile(`dist/parts/${file}`, text);
  return file;
}

/** esbuild escapes no regular expression, and with one other character V8 takes longer to read all, and twice the memory. */
function inAscii(code) {
  return code.replace(/[^\0-\x7f]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** One session, after which the program leaves the code cache of this Node: see src/launch.ts. */
async function writeCodeCache() {
  const server = spawn(process.execPath, ['dist/cli.js', '--sandbox', '--people', '1'], {
    env: { PATH: process.env.PATH },
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 30_000,
  });
  const send = message => server.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'build', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/list' });
  let answers = '';
  server.stdout.on('data', data => {
    answers += data;
    if (answers.includes('"id":2')) server.stdin.end();
  });
  const [code] = await once(server, 'exit');
  if (code !== 0) throw new Error(`the program that was built ended with ${code}`);
}
