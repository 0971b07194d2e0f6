import { appendFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { auditReport, auditReportText } from '../../src/audit/report.ts';
import { auditFile } from '../support/audit-file.ts';
import { useTools } from '../support/tools.ts';

test('what tools noted is summed up by month, caller, tool and kind of data', async () => {
  const { file, audit } = await auditFile();
  const { call } = await useTools({ people: 20 }, { audit });
  await call('search_people', { limit: 3 });
  await call('search_people', { limit: 2, fields: ['religion', 'district'] });
  await call('get_person', { id: 999_999 });
  const person = { first_name: 'Gwilym', surname: 'Tansley', type: 'Volunteers' };
  expect((await call('create_person', person)).data.status).toBe('created');
  await audit.settle();
  const { total, months, identities, tools, kinds, unreadable } = await auditReport(file);
  expect(total).toEqual({ calls: 4, failed: 1, records: 6, added: 1 });
  expect([...months]).toEqual([[new Date().toISOString().slice(0, 7), total]]);
  expect([...identities]).toEqual([['reception', total]]);
  expect(tools.get('search_people')).toMatchObject({ calls: 2, records: 5 });
  expect(kinds.get('special category')).toMatchObject({ calls: 1, records: 2 });
  expect(unreadable).toBe(0);
});

test('lines that are cut off or of something else are counted, and stop nothing', async () => {
  const { file } = await auditFile();
  const line = {
    time: '2026-03-02T10:00:00Z',
    identity: 'reception',
    tool: 'get_person',
    outcome: 'ok',
    ids: [7],
    ids_left_out: 2,
  };
  await appendFile(
    file,
    `${JSON.stringify(line)}\n{"time": "2026\n[]\nnull\n\n${JSON.stringify({ ...line, time: '2026-04-01T00:00:00Z', late: true, outcome: 'created' })}\n`,
  );
  const report = await auditReport(file);
  expect(report.unreadable).toBe(3);
  expect(report.total).toEqual({ calls: 1, failed: 0, records: 6, added: 1 });
  expect(auditReportText(report)).toMatch(
    /2026-03 +1 +0 +3 +0\n2026-04 +0 +0 +3 +1\nall +1 +0 +6 +1\n.*3 lines could not be read/s,
  );
});

test('a file that is not there is told', async () => {
  await expect(auditReport('/dev/null/audit.jsonl')).rejects.toThrow(/cannot be read: not a directory/);
});
