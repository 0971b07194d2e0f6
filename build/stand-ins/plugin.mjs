// An esbuild plugin that bundles a small file of ours in place of a module that does much more than is needed here.
import { fileURLToPath } from 'node:url';

const modules = [
  [/^@modelcontextprotocol\/server\/_shims$/, 'sdk-shims.mjs'],
  [/^undici$/, 'undici.mjs'],
  [/^\.\.\/web\/fetch\/body\.js$/, 'undici-body.cjs', /[\\/]undici[\\/]/],
  [/^\.\/client-h2\.js$/, 'undici-http2.cjs'],
  [/^node:assert$/, 'undici-assert.cjs', /[\\/]undici[\\/]/],
  [/^node:http$/, 'undici-http.cjs', /[\\/]undici[\\/]/],
];

export const standIns = {
  name: 'stand-ins',
  setup(build) {
    for (const [filter, file, importers = /./] of modules) {
      const path = fileURLToPath(new URL(file, import.meta.url));
      build.onResolve({ filter }, ({ importer }) => (importers.test(importer) ? { path } : undefined));
    }
  },
};
