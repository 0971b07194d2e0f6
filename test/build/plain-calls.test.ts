import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate, lazySchemas } from '../support/sdk.ts';

type Read = (method: string, value: unknown) => { ok: boolean; value?: unknown; message?: string };
type Values = fc.Arbitrary<unknown>;

const anything = fc.oneof(
  fc.constantFrom({}, [], null, '', Infinity, [{}], { form: {} }, { name: {} }, JSON.parse('{"__proto__":{}}')),
  fc.anything(),
);

function mostly(fitting: Values): Values {
  return fc.oneof({ weight: 30, arbitrary: fitting }, { weight: 1, arbitrary: anything });
}

/** Objects with some of these keys, the required ones nearly always, and now and then with another. */
function shape(parts: Readonly<Record<string, Values>>, required: readonly string[] = []): Values {
  const keys = Object.keys(parts).map(key => fc.boolean().map(is => (is || required.includes(key) ? [key] : [])));
  const kept = fc.tuple(...keys).map(lists => lists.flat());
  const other = mostly(fc.constant({})).map(value => (typeof value === 'object' && value !== null ? value : {}));
  const whole = fc.record(Object.fromEntries(Object.entries(parts).map(([key, values]) => [key, mostly(values)])));
  return fc
    .tuple(whole, kept, other)
    .map(([all, keys, other]) => ({ ...Object.fromEntries(keys.map(key => [key, all[key]])), ...other }));
}

const text = fc.string();
const flag = fc.boolean();
const object = fc.dictionary(fc.constantFrom('a', 'b'), mostly(fc.jsonValue()), { maxKeys: 2 });
const objects = fc.dictionary(text, mostly(object), { maxKeys: 2 });
const meta = shape({ progressToken: fc.oneof(text, fc.integer()), 'x/y': anything });
const capabilities = shape({
  roots: shape({ listChanged: flag }),
  sampling: shape({ context: object, tools: object }),
  elicitation: shape({ form: shape({ applyDefaults: flag }), url: object }),
  experimental: objects,
  extensions: objects,
  tasks: shape({ list: object }),
});
const icons = fc.array(shape({ src: text }, ['src']), { maxLength: 1 });
const clientInfo = shape({ name: text, version: text, title: text, websiteUrl: text, description: text, icons }, [
  'name',
  'version',
]);
const params: Readonly<Record<string, Values>> = {
  initialize: shape({ protocolVersion: text, capabilities, clientInfo }, [
    'protocolVersion',
    'capabilities',
    'clientInfo',
  ]),
  'tools/list': shape({ cursor: text, _meta: meta }),
  'tools/call': shape(
    { name: text, arguments: fc.dictionary(text, anything), _meta: meta, task: shape({ ttl: fc.integer() }) },
    ['name'],
  ),
  'notifications/initialized': shape({ _meta: meta }),
  ping: shape({ _meta: meta }),
};
const item = shape({ type: fc.constant('text'), text }, ['type', 'text']);
const result = shape(
  { content: fc.array(item, { maxLength: 3 }), structuredContent: fc.dictionary(text, anything), isError: flag },
  ['content'],
);
const callOf = (method: string) => shape({ method: fc.constant(method), params: params[method] ?? result }, ['method']);

test.each([
  ['validateRequest', ['initialize', 'tools/list', 'tools/call', 'ping'], callOf],
  ['validateNotification', ['notifications/initialized'], callOf],
  ['validateResult', ['tools/call'], () => result],
] as const)('%s says what the SDK says, and reads the same', async (reader, methods, valuesOf) => {
  const [ours, theirs] = await Promise.all(
    [[lazySchemas], []].map(plugins => evaluate<Read>(`rev2025Codec.${reader}`, plugins)),
  );
  for (const method of methods) {
    const seen: boolean[] = [];
    fc.assert(
      fc.property(mostly(valuesOf(method)), value => {
        const said = ours?.(method, value);
        expect(said).toEqual(theirs?.(method, value));
        seen.push(said?.ok === true);
      }),
      { numRuns: 3000 },
    );
    expect(new Set(seen)).toEqual(new Set([true, false]));
  }
});
