// Bundles src/cli.ts into dist/. Runs as `prepare`: after `npm ci --omit=dev` there is no bundler, and nothing to do.
import { rm } from 'node:fs/promises';

if (!(await import('esbuild').catch(() => undefined))) {
  process.stderr.write('charitylog-mcp: dist/ is not built, as the development packages are not installed\n');
  process.exit(0);
}
const { writeProgram } = await import('./bundle.mjs');
const { fasterPlugins, pluginsThatFit } = await import('./faster.mjs');
const { noteBuilt } = await import('./state.mjs');

await rm('dist', { recursive: true, force: true });
const wanted = process.env.BUILD === 'plain' ? [] : await fasterPlugins();
const plugins = wanted.length > 0 ? await pluginsThatFit(wanted) : [];
await writeProgram('dist', plugins);
// A build that left something out is tried again.
if (plugins.length === wanted.length) noteBuilt();
