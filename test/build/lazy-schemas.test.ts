import { build, type Plugin } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';

interface Schema {
  safeParse(value: unknown): { success: boolean; data?: unknown; error?: { issues: unknown } };
}
type Schemas = Readonly<Record<string, Schema>>;

const { default: lazySchemas }: { default: Plugin } = await import('../../build/faster/lazy-schemas.mjs' as string);

/** The schemas that the SDK's packages share, by name. */
async function schemas(plugins: Plugin[]): Promise<Schemas> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@modelcontextprotocol/core';", resolveDir: '.' },
    bundle: true,
    write: false,
    format: 'esm',
    plugins,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const module: Record<string, Partial<Schema>> = await import(`data:text/javascript;base64,${code}`);
  return Object.fromEntries(Object.entries(module).filter(([, value]) => value?.safeParse)) as Schemas;
}

const [eager, lazy] = await Promise.all([schemas([]), schemas([lazySchemas])]);
const names = Object.keys(eager);

function outcome(schema: Schema | undefined, value: unknown) {
  const { success, data, error } = schema?.safeParse(value) ?? { success: false };
  return success ? { data } : { issues: error?.issues };
}

const words = ['2.0', 'tools/call', 'initialize', 'text', 'form', 'https://example.org', '2025-06-18', ''];
const keys = ['jsonrpc', 'id', 'method', 'params', 'result', 'name', 'arguments', '_meta', 'content', 'type', 'text'];
const { json } = fc.letrec(tie => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...words, 0, 1.5, true, null),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...keys), tie('json')),
  ),
}));

test('every schema of the SDK says of any value what it says when it is built at once', () => {
  expect(names.length).toBeGreaterThan(50);
  expect(Object.keys(lazy)).toEqual(names);
  fc.assert(
    fc.property(fc.constantFrom(...names), json, (name, value) => {
      expect(outcome(lazy[name], value)).toEqual(outcome(eager[name], value));
    }),
    { numRuns: 2000 },
  );
});
