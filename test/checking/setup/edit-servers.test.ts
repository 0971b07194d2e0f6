import fc from 'fast-check';
import { parse } from 'jsonc-parser';
import { describe, expect, test } from 'vitest';
import { withEntry, withoutEntry } from '../../../src/checking/setup/edit-servers.ts';

const path = ['mcpServers', 'charitylog'] as const;
const entry = { command: 'node', args: ['/opt/charitylog-mcp/dist/cli.js'], env: { CHARITYLOG_ORG_KEY: 'o' } };

/** Files as people leave them, each valid for the hosts that read comments. */
const files = {
  empty: '',
  'an empty object': '{}',
  'no servers': '{\n  "theme": "dark" // at night\n}\n',
  'empty servers': '{ "mcpServers": {} }',
  'one line': '{"mcpServers":{"a":{"command":"x","env":{"T":"s"}}},"z":[1, 2,3]}',
  comments: '{\n  // ours\n  "mcpServers": {\n    "a": { "command":"x" }, // the first\n    /* "old": {} */\n  },\n}\n',
  'tabs and CRLF': '{\r\n\t"mcpServers": {\r\n\t\t"a": {"command":"x"}\r\n\t}\r\n}\r\n',
  'servers of its own kind': '{"mcpServers":{"a":{"type":"http","url":"https://mcp.example.org/mcp"}}}',
};

describe.each(Object.entries(files))('a file with %s', (_, text) => {
  test('gets the entry, and keeps every line that it had', () => {
    const after = withEntry(text, path, entry);
    const { mcpServers, ...rest } = parse(after);
    const { mcpServers: before, ...restBefore } =
      parse(text, [], { allowTrailingComma: true, allowEmptyContent: true }) ?? {};
    expect(mcpServers).toEqual({ ...before, charitylog: entry });
    expect(rest).toEqual(restBefore);
    const end = text.replace(text.includes('mcpServers') ? /^.*?"mcpServers"\s*:\s*\{/s : /^\s*\{/, '').trim();
    expect(after.trim().endsWith(end)).toBe(true);
    if (text.includes('\r\n')) expect(after).not.toMatch(/[^\r]\n/);
  });

  test('says the same again when the entry is taken out', () => {
    const after = withoutEntry(withEntry(text, path, entry), path);
    const { mcpServers = {}, ...rest } = parse(text, [], { allowTrailingComma: true, allowEmptyContent: true }) ?? {};
    expect({ mcpServers: {}, ...parse(after) }).toEqual({ mcpServers, ...rest });
    if (/mcpServers": \{\r?\n/.test(text)) expect(after).toBe(text);
  });

  test('needs no second change', () => {
    const once = withEntry(text, path, entry);
    expect(withEntry(once, path, entry)).toBe(once);
  });
});

test('an entry keeps its settings, its flags and its comments when the program moves', () => {
  const text = `{"mcpServers": {"charitylog": {
    "command": "node", // of the office
    "args": ["C:\\\\old\\\\cli.js", "--read-only"],
    "disabled": false,
    "env": {"CHARITYLOG_HIDDEN_FIELDS": "sensitive", "CHARITYLOG_ORG_KEY": "old"}
  }}}`;
  const after = withEntry(text, path, entry);
  expect(parse(after).mcpServers.charitylog).toEqual({
    command: 'node',
    args: [...entry.args, '--read-only'],
    disabled: false,
    env: { CHARITYLOG_HIDDEN_FIELDS: 'sensitive', CHARITYLOG_ORG_KEY: 'o' },
  });
  expect(after).toContain('// of the office');
});

test.each([
  ['{"mcpServers": {', /line 1/],
  ['{\n  "a": 1,\n  oops\n}', /line 3/],
  ['[]', /not a JSON object/],
  ['{"mcpServers": []}', /"mcpServers" that is not an object/],
  ['{"mcpServers": {"charitylog": {"url": "https://x.example"}}}', /another program/],
  ['{"mcpServers": {}, "mcpServers": {"a": {"command": "x"}}}', /a key twice/],
])('%s is refused, with what to do', (text, problem) => {
  expect(() => withEntry(text, path, entry)).toThrow(problem);
});

test('a foreign entry of that name stays when ours are taken out', () => {
  const text = '{"mcpServers": {"charitylog": {"url": "https://x.example"}}}';
  expect(withoutEntry(text, path)).toBe(text);
});

test('no file, however it is written, loses anything', () => {
  const others = fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
  fc.assert(
    fc.property(others, others, fc.constantFrom(undefined, 1, '\t'), (rest, servers, space) => {
      const file = { ...rest, mcpServers: servers };
      const text = JSON.stringify(file, null, space);
      const after = withEntry(text, path, entry);
      expect(JSON.parse(after)).toEqual(
        JSON.parse(JSON.stringify({ ...file, mcpServers: { ...servers, charitylog: entry } })),
      );
    }),
  );
});
