/** The SDK's own code, as it is and as our build changes it. */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { build, type Plugin } from 'esbuild';

export const { lazySchemas }: { lazySchemas: Plugin } = await import('../../build/lazy-schemas.mjs' as string);

const folder = 'node_modules/@modelcontextprotocol/server/dist';
const [wire] = readdirSync(folder).filter(name => /^src-[\w-]+\.mjs$/.test(name));

/** What an expression inside the SDK's code gives. */
export async function evaluate<T>(expression: string, plugins: Plugin[]): Promise<T> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from './${wire}';`, resolveDir: folder },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    footer: { js: `module.exports = ${expression};` },
    plugins,
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(module, {}, createRequire(import.meta.url));
  return module.exports as T;
}
