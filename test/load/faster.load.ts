import type { Plugin } from 'esbuild';
import { expect, test } from 'vitest';

interface Faster {
  pluginsThatFit(plugins: Plugin[], warn: (text: string) => void): Promise<Plugin[]>;
}
const { pluginsThatFit }: Faster = await import('../../build/faster.mjs' as string);

/** A plugin that puts a text in the place of a file. */
function inPlaceOf(filter: RegExp, name: string, contents: string): Plugin {
  return { name, setup: build => build.onLoad({ filter }, () => ({ contents, loader: 'default' })) };
}

test('a plugin that breaks the build, the start or one answer is left out', { timeout: 120_000 }, async () => {
  const server = /[\\/]mcp[\\/]server\.ts$/;
  const warnings: string[] = [];
  const plugins = [
    inPlaceOf(server, 'without-export', 'export const another = 1;'),
    inPlaceOf(server, 'that-throws', "throw new Error('broken'); export const buildServer = 1;"),
    inPlaceOf(/[\\/]package\.json$/, 'of-another-version', '{ "name": "charitylog-mcp", "version": "0.0.1" }'),
  ];
  expect(await pluginsThatFit(plugins, text => warnings.push(text))).toEqual([]);
  expect(warnings).toEqual(plugins.map(({ name }) => expect.stringContaining(`built without build/faster/${name}: `)));
  expect(warnings.at(-1)).toContain('an answer differs');
});
