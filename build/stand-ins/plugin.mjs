// An esbuild plugin that bundles a small file of ours in place of a module that does much more than is needed here.
import { fileURLToPath } from 'node:url';

const modules = [[/^@modelcontextprotocol\/server\/_shims$/, 'sdk-shims.mjs']];

export const standIns = {
  name: 'stand-ins',
  setup(build) {
    for (const [filter, file, importers = /./] of modules) {
      const path = fileURLToPath(new URL(file, import.meta.url));
      build.onResolve({ filter }, ({ importer }) => (importers.test(importer) ? { path } : undefined));
    }
  },
};
