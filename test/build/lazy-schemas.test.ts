import type { Plugin } from 'esbuild';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, lazySchemas } from '../support/sdk.ts';

type Guard = (value: unknown) => boolean;

const guards = ['isJSONRPCRequest', 'isJSONRPCNotification', 'isJSONRPCResultResponse', 'isJSONRPCErrorResponse'];

/** All schemas of the SDK: of each version of the protocol, by method, and those that the versions share. */
function schemasOf(plugins: Plugin[]): Promise<unknown> {
  const parts = 'buildSchemas2025(), buildSchemas2026(), registryMaps(), getWireResultSchemas(), specTypeSchemas';
  return evaluate(`[${parts}]`, plugins);
}

/** What a schema is made of, with each part that comes again named by its place where it came first. */
function anatomyOf(value: unknown, seen = new Map<unknown, string>(), path = ''): unknown {
  if (typeof value === 'function') return String(value).replace(/\(\)|\$\d/g, '');
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint' ? String(value) : value;
  if (seen.has(value)) return seen.get(value);
  seen.set(value, path);
  if (value instanceof RegExp) return String(value);
  const inner = '_zod' in value ? (value as { _zod: { def: object } })._zod.def : value;
  return Object.fromEntries(
    Object.keys(inner).map(key => [key, anatomyOf((inner as Record<string, unknown>)[key], seen, `${path}.${key}`)]),
  );
}

test('every schema is the one that the SDK builds', async () => {
  const [ours, theirs] = [anatomyOf(await schemasOf([lazySchemas])), anatomyOf(await schemasOf([]))];
  expect(JSON.stringify(theirs).length).toBeGreaterThan(100_000);
  expect(ours).toEqual(theirs);
});

const id = fc.oneof(fc.integer(), fc.string(), fc.constantFrom(null, undefined, 1.5, {}));
const meta = fc.oneof(
  fc.record({ progressToken: id, 'io.modelcontextprotocol/related-task': fc.anything() }, { requiredKeys: [] }),
  fc.anything(),
);
const withMeta = fc.oneof(
  fc.object(),
  fc.record({ _meta: meta, name: fc.string() }, { requiredKeys: [] }),
  fc.anything(),
);
const error = fc.oneof(fc.record({ code: fc.integer(), message: fc.string() }), fc.anything());
const whole = fc.record(
  {
    jsonrpc: fc.constantFrom('2.0', '2.0', '2.0', '1.0', undefined),
    id,
    method: fc.oneof(fc.constantFrom('ping', 'tools/call'), fc.anything()),
    params: withMeta,
    result: withMeta,
    error,
    other: fc.anything(),
  },
  { requiredKeys: ['jsonrpc'] },
);
/** Messages with some of the keys: what keys a message has says what it is. */
const some = whole.chain(message =>
  fc.subarray(Object.keys(message)).map(keys => Object.fromEntries(keys.map(key => [key, message[key as 'id']]))),
);
const messages = fc.oneof(some, whole, fc.anything());

test('every message is what the SDK says that it is', async () => {
  const ask = (plugins: Plugin[]) => evaluate(`[${guards}]`, plugins) as Promise<Guard[]>;
  const [ours, theirs] = await Promise.all([ask([lazySchemas]), ask([])]);
  const seen = guards.map(() => new Set<boolean>());
  fc.assert(
    fc.property(messages, value => {
      const said = ours.map(is => is(value));
      expect(said).toEqual(theirs.map(is => is(value)));
      said.forEach((is, index) => void seen[index]?.add(is));
    }),
    { numRuns: 5000 },
  );
  expect(seen.map(({ size }) => size)).toEqual([2, 2, 2, 2]);
});

test('every line is read as the SDK reads it', async () => {
  const reader = (plugins: Plugin[]) => evaluate('deserializeMessage', plugins) as Promise<(line: string) => unknown>;
  const [ours, theirs] = await Promise.all([reader([lazySchemas]), reader([])]);
  const read = (by: typeof ours, line: string) => {
    try {
      return by(line);
    } catch (thrown) {
      return String(thrown);
    }
  };
  // The SDK drops this key without a word.
  const lines = messages.map(message => JSON.stringify(message) ?? '').filter(line => !line.includes('__proto__'));
  const seen = new Set<string>();
  fc.assert(
    fc.property(lines, line => {
      const message = read(ours, line);
      expect(message).toEqual(read(theirs, line));
      seen.add(typeof message);
    }),
    { numRuns: 5000 },
  );
  expect(seen).toEqual(new Set(['object', 'string']));
});
