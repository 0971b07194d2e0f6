import { expect, test } from 'vitest';
import program from '../../package.json' with { type: 'json' };
import { settingOrigins } from '../../src/settings/config.ts';

interface Manifest {
  readonly version: string;
  readonly user_config: Readonly<Record<string, object>>;
  readonly server: { readonly mcp_config: { readonly env: Readonly<Record<string, string>> } };
}
const { manifestOf }: { manifestOf(of: typeof program): Manifest } = await import(
  '../../build/desktop/manifest.mjs' as string
);

test('the form has every setting but those of a service, and keys are kept secret', () => {
  const { user_config: form, server, version } = manifestOf(program);
  const service = /_(CALLERS|OAUTH_\w+|ALLOWED_HOSTS|REDIS_URL|CALLS_\w+|TOKEN|SECRET)$/;
  const variables = [...settingOrigins({}).keys()].filter(name => !service.test(name)).sort();
  expect(Object.keys(server.mcp_config.env).sort()).toEqual(variables);
  expect(version).toBe(program.version);
  for (const name of ['source_key', 'org_key', 'user_key'])
    expect(form[name]).toMatchObject({ sensitive: true, required: true });
});
