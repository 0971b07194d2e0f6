/** Generated calls that are full of secrets, for tests of what must hold none. */
import fc from 'fast-check';
import { CharitylogError, errorKinds } from '../../src/base/errors.ts';
import type { ToolResult } from '../../src/mcp/tool.ts';
import { codePoint } from './code-point.ts';

/** Every secret text holds this mark, and every secret number is this one. */
export const secretMark = '§';
export const secretNumber = 77_123_456;

const secretText = fc.string({ unit: codePoint }).map(text => `${secretMark}${text}`);
const secret = fc.oneof(
  secretText,
  fc.constant(secretNumber),
  fc.array(fc.string().map(text => `${text}${secretMark}`)),
  fc.record({ [secretMark]: fc.constant(secretNumber) }),
);
const person = fc.record(
  {
    id: fc.oneof(fc.nat(1_000_000), secretText),
    name: secret,
    type: secret,
    email: secret,
  },
  { requiredKeys: [] },
);
/** Results and errors with secrets wherever a text may be. */
export const secretOutcomes: fc.Arbitrary<ToolResult | CharitylogError> = fc.oneof(
  fc.record(
    {
      total: fc.nat(1_000_000),
      id: fc.oneof(fc.nat(1_000_000), secretText),
      people: fc.array(person),
      person,
      candidates: fc.array(person),
      stored_fields: person,
      status: fc.constantFrom('created', 'unknown', 'dry_run'),
      groups: fc.array(fc.record({ value: secret, count: fc.nat() })),
      applied_filters: fc.dictionary(fc.string(), secret),
      confirm_token: secret,
      next: secret,
      notes: fc.array(secret),
    },
    { requiredKeys: [] },
  ),
  fc
    .tuple(fc.constantFrom(...errorKinds), secretText)
    .map(([kind, text]) => new CharitylogError(kind, text, { logText: text })),
);

/** Arguments of a tool with secrets as values, and as names that the tool doesn't have. */
export function secretInputs(published: readonly string[]): fc.Arbitrary<unknown> {
  const strangeName = fc.oneof(
    secretText,
    fc.constantFrom(...published).map(name => `${name}${secretMark}x`),
    fc.constantFrom('__proto__', 'constructor', 'toString', '', ' '),
  );
  return fc.oneof(
    fc.dictionary(fc.oneof(fc.constantFrom(...published, 'more'), strangeName), secret),
    secret,
    fc.constant(undefined),
  );
}
