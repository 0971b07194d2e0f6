// An esbuild plugin that bundles a small file of ours in place of a module that does much more than is needed here.
import { fileURLToPath } from 'node:url';

const modules = [
  [/^@modelcontextprotocol\/server\/_shims$/, 'sdk-shims.mjs'],
  [/^undici$/, 'undici.mjs'],
  [/^\.\/client-h2\.js$/, 'undici-http2.cjs'],
];

export const standIns = {
  name: 'stand-ins',
  setup(build) {
    for (const [filter, file] of modules) {
      build.onResolve({ filter }, () => ({ path: fileURLToPath(new URL(file, import.meta.url)) }));
    }
  },
};
