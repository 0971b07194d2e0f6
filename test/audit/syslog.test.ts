import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AuditLog } from '../../src/audit/audit-log.ts';
import { openSyslog } from '../../src/audit/syslog.ts';
import { useCollector } from '../support/collector.ts';
import { atEnd, testBeside } from '../support/lifetime.ts';
import { freePort } from '../support/redis.ts';
import { useTools } from '../support/tools.ts';

const line = '{"tool":"search_people","outcome":"ok"}';

describe('a collector of audit lines', () => {
  test.each(['tcp', 'tls', 'udp'] as const)('gets each as a message of RFC 5424, over %s', async kind => {
    const collector = await useCollector(kind);
    const sink = openSyslog(collector.address, kind === 'tls' ? collector.ca : undefined);
    await sink.check();
    for (const text of [line, '{"client":"Größe/1"}']) {
      await sink.write(text);
      const [, message] =
        /^<110>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [\x21-\x7e]{1,255} charitylog-mcp \d+ audit - (.+)$/.exec(
          await collector.next(),
        ) ?? [];
      expect(message).toBe(text);
    }
  });

  test('whose certificate nobody vouches for gets nothing', async () => {
    const { address } = await useCollector('tls');
    await expect(openSyslog(address).write(line)).rejects.toMatchObject({
      kind: 'config',
      logText: expect.stringMatching(/CHARITYLOG_AUDIT_SYSLOG.*DEPTH_ZERO_SELF_SIGNED_CERT/),
    });
  });

  test('that hung up is called again for the next line', async () => {
    const collector = await useCollector('tcp');
    const sink = openSyslog(collector.address);
    await sink.write(line);
    await collector.next();
    collector.hangUp();
    // What is sent before the end is noticed is lost: syslog has no receipts.
    await expect.poll(() => sink.write(line).then(() => collector.arrived)).not.toEqual([]);
    expect(await collector.next()).toContain(line);
  });

  test('that is away is told of without its address, and not called again at once', async () => {
    const port = await freePort();
    const sink = openSyslog(`tcp://127.0.0.1:${port}`);
    const fault = await sink.write(line).catch(error => error);
    expect(fault.message).toMatch(/ECONNREFUSED.*Nothing was done/);
    expect(fault.message).not.toContain(String(port));
    await expect(sink.write(line)).rejects.toThrow('failed a moment ago');
  });

  testBeside('that says nothing is waited for two seconds', async () => {
    const silent = createServer(socket => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    atEnd(() => silent.close());
    const { port } = silent.address() as AddressInfo;
    await expect(openSyslog(`tls://127.0.0.1:${port}`).write(line)).rejects.toThrow('did not answer within 2 s');
  });
});

test('where lines are required, nobody is added while the collector has none about it', async () => {
  const collector = openSyslog(`tcp://127.0.0.1:${await freePort()}`);
  const reports: string[] = [];
  const audit = new AuditLog({ collector, identity: 'reception', report: report => void reports.push(report) });
  const tools = await useTools({ people: 30 }, { audit, config: { auditRequired: true } });
  const { isError, text } = await tools.call('create_person', { first_name: 'Ines', surname: 'Quarmby', type: '1' });
  expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('Nothing was done') });
  expect(tools.sandbox.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  expect((await tools.call('search_people', { name: 'Smith' })).isError).toBe(false);
  expect(reports[0]).toContain('CHARITYLOG_AUDIT_SYSLOG');
});
