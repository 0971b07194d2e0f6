import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

test('the demo plays eight questions, with requests masked and one error', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/demo.ts'], {
    timeout: 25_000,
  });
  expect(stdout.match(/^ {2}call /gm)).toHaveLength(8);
  expect(stdout.match(/^ {2}answer /gm)).toHaveLength(7);
  expect(stdout.match(/^ {2}error /gm)).toHaveLength(1);
  const requests = stdout.match(/^ {2}request .*$/gm)?.join('\n') ?? '';
  expect(requests).toMatch(/\/clients\/email\/•••\/field.*\/clients\/nhs_number\/•••\/field.*POST \/v2\/clients/s);
  expect(requests).not.toMatch(/jsmith|4578/);
  expect(stdout).toContain('"status":"created"');
});
