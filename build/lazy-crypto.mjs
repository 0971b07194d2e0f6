// An esbuild plugin by which `node:crypto` is loaded when one of its functions is first used, and not at the start: that
// takes as long as reading all of our code does.
import crypto from 'node:crypto';

export const lazyCrypto = {
  name: 'lazy-crypto',
  setup(build) {
    build.onResolve({ filter: /^node:crypto$/ }, ({ importer, path }) =>
      /[\\/]src[\\/]/.test(importer) ? { path, namespace: 'lazy-crypto' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'lazy-crypto' }, () => ({
      contents: Object.keys(crypto)
        .map(name => `export const ${name} = (...args) => process.getBuiltinModule('node:crypto').${name}(...args);`)
        .join('\n'),
    }));
  },
};
