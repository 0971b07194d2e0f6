// Bundles src/cli.ts into dist/: what each start over stdio needs in one file, and the rest in chunks of their own.
// Runs as `prepare`: after `npm ci --omit=dev` there is no bundler, and nothing to do.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
  process.stderr.write('charitylog-mcp: dist/ is not built, as the development packages are not installed\n');
  process.exit(0);
}
const { plugins } = await import('./plugins.mjs');

await rm('dist', { recursive: true, force: true });
await mkdir('dist/chunks', { recursive: true });
const { outputFiles, metafile } = await esbuild.build({
  entryPoints: ['src/cli.ts'],
  outdir: 'dist/chunks',
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  plugins,
  logLevel: 'warning',
  write: false,
  metafile: true,
});
// CommonJS loads faster than ES modules, but only ES modules can be split.
const chunks = new Map();
for (const { path, text } of outputFiles) {
  const options = { format: 'cjs', minify: true, platform: 'node', supported: { 'dynamic-import': false } };
  const { code } = await esbuild.transform(text, { ...options, target: 'node20.19' });
  chunks.set(basename(path), inAscii(code));
}
const entries = ['cli-', 'stdio-'].map(start => [...chunks.keys()].find(name => name.startsWith(start)));
const together = withImports(entries);
const start = await writeChunks('start', together);
for (const name of chunks.keys()) if (!together.has(name)) await writeChunks(name, [name]);
await esbuild.build({
  entryPoints: ['src/launch.ts'],
  outfile: 'dist/cli.js',
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  banner: { js: '#!/usr/bin/env node' },
  define: { startFile: JSON.stringify(start), entryChunk: JSON.stringify(entries[0]) },
  logLevel: 'warning',
});
await chmod('dist/cli.js', 0o755);
await writeFile('dist/package.json', '{"type":"commonjs"}\n');
await writeCodeCache();

/** These chunks and all that they import, but for what they load when it is first used. */
function withImports(names) {
  const all = new Set(names);
  const outputs = Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]);
  const imports = Object.fromEntries(outputs.map(([name, output]) => [name, output.imports]));
  for (const name of all) {
    for (const { kind, path, external } of imports[name]) {
      if (kind === 'import-statement' && !external) all.add(basename(path));
    }
  }
  return all;
}

/** Writes a file whose value is an object of chunks by name, each a function as src/launch.ts calls it. */
async function writeChunks(name, names) {
  const members = [...names].map(
    one => `${JSON.stringify(one)}:(function(exports,require,module){${chunks.get(one)}\n})`,
  );
  const text = `({${members.join(',')}})`;
  // V8 takes a code cache for any text of the same length.
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const file = name.endsWith('.js') ? name : `${name}-${hash}.js`;
  await writeFile(`dist/chunks/${file}`, text);
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
