// Bundles src/cli.ts into dist/, with what start-up doesn't need in chunks of their own.
// Runs as `prepare`: after `npm ci --omit=dev` there is no bundler, and nothing to do.
import { rm } from 'node:fs/promises';

const esbuild = await import('esbuild').catch(() => undefined);
if (!esbuild) {
  process.stderr.write('charitylog-mcp: dist/ is not built, as the development packages are not installed\n');
  process.exit(0);
}
await rm('dist', { recursive: true, force: true });
await esbuild.build({
  entryPoints: ['src/cli.ts'],
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // CommonJS packages inside an ES module bundle look for `require`.
  banner: { js: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);" },
  logLevel: 'warning',
});
