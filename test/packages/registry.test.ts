import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import server from '../../server.json' with { type: 'json' };
import schema from './server.schema.json' with { type: 'json' };

test('server.json fits the schema of the registry, and tells of this package and version', async () => {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const fits = ajv.compile(schema);
  expect({ fits: fits(server), errors: fits.errors }).toEqual({ fits: true, errors: null });
  expect(fits({ ...server, name: 'no namespace' })).toBe(false);
  expect(server).toMatchObject({ $schema: schema.$id, name: manifest.mcpName, version: manifest.version });
  expect(server.packages[0]).toMatchObject({ identifier: manifest.name, version: manifest.version });
});

test('the links in docs/hosts install what the pages say', async () => {
  const [cursor, code] = await Promise.all(['cursor', 'vscode'].map(name => readFile(`docs/hosts/${name}.md`, 'utf8')));
  const config = new URL(/\((https:\/\/cursor\.com\/[^)]+)\)/.exec(cursor ?? '')?.[1] ?? '').searchParams.get('config');
  expect(JSON.parse(Buffer.from(config ?? '', 'base64').toString())).toEqual({
    command: 'npx',
    args: ['-y', 'charitylog-mcp', '--sandbox'],
  });
  const link = new URL(/\((https:\/\/vscode\.dev\/[^)]+)\)/.exec(code ?? '')?.[1] ?? '').searchParams;
  const { command, args, env } = JSON.parse(link.get('config') ?? '');
  expect({ name: link.get('name'), command, args }).toEqual({
    name: 'charitylog',
    command: 'npx',
    args: ['-y', 'charitylog-mcp'],
  });
  const asked = JSON.parse(link.get('inputs') ?? '') as { id: string; password: boolean }[];
  expect(asked.every(({ password }) => password)).toBe(true);
  expect(Object.values(env)).toEqual(asked.map(({ id }) => `\${input:${id}}`));
});
