import type { Config } from '../settings/config.ts';
import type { AuditSink } from './audit-sink.ts';

/**
 * The collector of audit lines that the settings name, if they do. Nothing is sent yet.
 *
 * @throws CharitylogError `config` where the CA file can't be used
 */
export async function openCollector(config: Pick<Config, 'auditSyslog' | 'caFile'>): Promise<AuditSink | undefined> {
  const { auditSyslog, caFile } = config;
  if (auditSyslog === undefined) return undefined;
  const { openSyslog } = await import('./syslog.ts');
  if (caFile === undefined) return openSyslog(auditSyslog);
  const { readCertificates } = await import('../charitylog/http/connections.ts');
  return openSyslog(auditSyslog, await readCertificates(caFile));
}
