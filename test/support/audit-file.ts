import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditLog } from '../../src/audit/audit-log.ts';
import { atEnd } from './lifetime.ts';

/** A place for an audit log in a folder of its own, a log that writes there, and the lines that are there by now. */
export async function auditFile() {
  const base = await mkdtemp(join(tmpdir(), 'charitylog-mcp-'));
  atEnd(() => rm(base, { recursive: true, force: true }));
  const folder = await mkdtemp(join(base, 'log-'));
  const file = join(folder, 'audit.jsonl');
  return {
    file,
    audit: new AuditLog({ file, identity: 'reception', report: () => undefined }),
    lines: async () =>
      (await readFile(file, 'utf8'))
        .trimEnd()
        .split('\n')
        .map(line => JSON.parse(line)),
  };
}
