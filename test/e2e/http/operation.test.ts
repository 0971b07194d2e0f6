import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { startOnce } from '../../support/lifetime.ts';
import { run } from '../../support/run.ts';
import { settingsFor, useSandbox } from '../../support/sandbox.ts';
import { post, type Service, startService, toolCall } from '../../support/service.ts';

const secretName = 'Kowalska';
const newPerson = toolCall('create_person', { first_name: 'Jo', surname: 'Fairweather', type: 'Clients' });
const isWrite = ({ method }: { method: string }) => method === 'POST';

describe('what operators ask', () => {
  let sandbox: Sandbox;
  let service: Service;
  startOnce(async () => {
    sandbox = await useSandbox();
    service = await startService(settingsFor(sandbox));
  });

  test('/healthz answers without Charitylog; /readyz tells whether it can be reached, and asks it seldom', async () => {
    const { at } = service;
    expect((await fetch(at('/healthz'))).status).toBe(200);
    expect(sandbox.requests).toEqual([]);
    const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(at('/readyz'))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(sandbox.requests).toHaveLength(1);
    expect(sandbox.requests[0]?.headers.org).toBeUndefined();
    const alone = await startService({ CHARITYLOG_BASE_URL: 'http://127.0.0.1:9' });
    expect((await fetch(alone.at('/readyz'))).status).toBe(503);
    expect((await fetch(alone.at('/healthz'))).status).toBe(200);
  });

  test('/metrics counts calls, requests and caches, and names nobody', async () => {
    const { at, url } = service;
    await post(url, toolCall('search_people', { name: secretName }));
    await post(url, toolCall('search_people', { nmae: secretName }));
    await post(url, toolCall(secretName));
    const first = await (await post(url, toolCall('search_people', { type: 'Clients', limit: 1 }))).json();
    const { next_cursor: cursor } = (first as { result: { structuredContent: Record<string, string> } }).result
      .structuredContent;
    await post(url, toolCall('search_people', { type: 'Clients', limit: 1, cursor }));
    const text = await (await fetch(at('/metrics'))).text();
    expect(text).toContain('charitylog_tool_calls_total{tool="search_people",outcome="ok"} 3');
    expect(text).toContain('charitylog_tool_calls_total{tool="search_people",outcome="invalid"} 1');
    expect(text).toMatch(/charitylog_api_requests_total\{method="GET",status="200"\} [1-9]/);
    expect(text).toMatch(/charitylog_api_request_seconds_count\{method="GET"\} [1-9]/);
    expect(text).toMatch(/charitylog_cache_lookups_total\{cache="lists",result="hit"\} [1-9]/);
    expect(text).toContain('charitylog_cache_lookups_total{cache="answers",result="hit"} 1');
    expect(text).not.toContain(secretName);
  });

  test('check --url looks at it as a client does', async () => {
    const { url } = service;
    const looks = [url, url.replace('/mcp', '/other'), 'http://127.0.0.1:9/mcp'].map(at => run(['check', '--url', at]));
    const [right, wrong, nobody] = await Promise.all(looks);
    expect(right).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(
        /ok .*challenge.*ok .*2026-07-28 .*7 tools.*ok .*older revisions.*7 tools.*ok .*tool/s,
      ),
    });
    expect(wrong).toMatchObject({ code: 1, stdout: expect.stringMatching(/failed .*404.*Is this the MCP endpoint/s) });
    expect(nobody).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('no answer'),
    });
  });

  test('a caller who goes away while a person is being added cuts nothing', async () => {
    sandbox.misbehave({ kind: 'slow', ms: 300, method: 'POST' });
    const sent = sandbox.nextRequest(isWrite);
    const caller = new AbortController();
    const gone = post(service.url, newPerson, {}, caller.signal).catch(() => 'gone');
    await sent;
    caller.abort();
    expect(await gone).toBe('gone');
    const again = await post(service.url, newPerson);
    expect(await again.json()).toMatchObject({ result: { structuredContent: { status: 'created' } } });
    expect(sandbox.requests.filter(isWrite)).toHaveLength(1);
  });

  test('the log is JSON, tells each call and its trace, and no value', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const call = toolCall('search_people', { name: secretName });
    const traced = (traceparent: string) => ({
      ...call,
      params: { ...call.params, _meta: { traceparent, baggage: secretName } },
    });
    await post(service.url, traced(`00-${traceId}-b7ad6b7169203331-01`));
    await post(service.url, traced(`00-${secretName}`));
    const line = await service.logged(({ trace_id }) => trace_id !== undefined);
    expect(line).toMatchObject({
      tool: 'search_people',
      outcome: 'ok',
      trace_id: traceId,
      parent_id: 'b7ad6b7169203331',
    });
    // The last test here: a log is whole when its service has ended.
    await service.stop();
    expect(service.log.every(one => one.text === undefined)).toBe(true);
    expect(JSON.stringify(service.log)).not.toContain(secretName);
  });
});

describe('a service that takes many calls', () => {
  let sandbox: Sandbox;
  let service: Service;
  startOnce(async () => {
    sandbox = await useSandbox();
    service = await startService({ ...settingsFor(sandbox), CHARITYLOG_CALLS_PER_MINUTE: '100000' });
  });

  test('takes a refusal by Charitylog for an answer: it can be reached', async () => {
    sandbox.misbehave({ kind: 'status', status: 500 });
    expect((await fetch(service.at('/readyz'))).status).toBe(200);
    sandbox.behave();
  });

  test('with a log that nobody reads keeps nobody waiting: lines are dropped, counted, and told of when it is read again', async () => {
    const headers = { 'mcp-protocol-version': '2025-03-26' };
    const calls = Array.from({ length: 32 }, (_, n) => toolCall('search_people', { nmae: secretName }, n));
    const droppedLines = async () => {
      const metrics = await (await fetch(service.at('/metrics'))).text();
      return Number(/^charitylog_log_lines_dropped_total (\d+)/m.exec(metrics)?.[1]);
    };
    expect(await droppedLines()).toBe(0);
    service.child.stderr?.pause();
    for (let n = 0; n < 400 && (await droppedLines()) === 0; n++) {
      expect((await post(service.url, calls, headers)).status).toBe(200);
    }
    const dropped = await droppedLines();
    expect(dropped).toBeGreaterThan(0);
    expect((await fetch(service.at('/healthz'))).status).toBe(200);
    service.child.stderr?.resume();
    expect(await service.logged(line => line.dropped !== undefined)).toMatchObject({ dropped });
  }, 60_000);
});
