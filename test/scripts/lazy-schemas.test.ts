import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build, type Plugin } from 'esbuild';
import { expect, test } from 'vitest';

const { lazySchemas }: { lazySchemas: Plugin } = await import('../../scripts/lazy-schemas.mjs' as string);

const folder = 'node_modules/@modelcontextprotocol/server/dist';
const [wire] = readdirSync(folder).filter(name => /^src-[\w-]+\.mjs$/.test(name));

/** All schemas of the SDK: of each version of the protocol, by method, and those that the versions share. */
async function schemasOf(plugins: Plugin[]): Promise<unknown> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './${wire}';`, resolveDir: folder },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    footer: {
      js: 'module.exports = [buildSchemas2025(), buildSchemas2026(), registryMaps(), getWireResultSchemas(), specTypeSchemas];',
    },
    plugins,
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, {}, createRequire(import.meta.url));
  return module.exports;
}

/** What a schema is made of, with each part that comes again named by its place where it came first. */
function anatomyOf(value: unknown, seen = new Map<unknown, string>(), path = ''): unknown {
  if (typeof value === 'function') return String(value).replace(/\(\)|\$\d/g, '');
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (seen.has(value)) return seen.get(value);
  seen.set(value, path);
  if (value instanceof RegExp) return String(value);
  const inner = '_zod' in value ? (value as { _zod: { def: object } })._zod.def : value;
  return Object.fromEntries(
    Object.keys(inner).map(key => [key, anatomyOf((inner as Record<string, unknown>)[key], seen, `${path}.${key}`)]),
  );
}

test('every schema is the one that the SDK builds', async () => {
  const [ours, theirs] = [anatomyOf(await schemasOf([lazySchemas])), anatomyOf(await schemasOf([]))];
  expect(JSON.stringify(theirs).length).toBeGreaterThan(100_000);
  expect(ours).toEqual(theirs);
});
