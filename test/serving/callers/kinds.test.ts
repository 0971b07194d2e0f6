import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfirmTokens } from '../../../src/people/adding/confirm-token.ts';
import { credentialOf } from '../../../src/serving/callers/authenticate.ts';
import type { Caller } from '../../../src/serving/callers/callers-file.ts';
import { identityKey, systemKey } from '../../../src/serving/identity.ts';
import { loadConfig } from '../../../src/settings/config.ts';

const rights = { org: 'an-org', user: 'a-user', readOnly: false, hiddenFields: [] };
const hash = createHash('sha256').update('a token').digest('hex');
const word = fc.oneof(fc.string(), fc.constantFrom(hash, `token ${hash}`, `subject ${hash}`, '["a","b"]', 'a","b', ''));

test('a subject is never the token of another caller, whatever it is called', () => {
  fc.assert(
    fc.property(word, word, (subject, name) => {
      const bySubject: Caller = { ...rights, name: hash, subject };
      const byToken: Caller = { ...rights, name, tokenSha256: hash };
      expect(credentialOf(bySubject)).not.toBe(credentialOf(byToken));
    }),
  );
});

test('no two identities, and no identity and system, have the same key', () => {
  const config = loadConfig({});
  const keyed = fc.record({ source: word, org: word, user: word });
  fc.assert(
    fc.property(keyed, keyed, word, word, (one, two, name, other) => {
      const [first, second] = [
        { ...config, keys: one },
        { ...config, keys: two },
      ];
      const isSame = one.org === two.org && one.user === two.user && name === other;
      expect(identityKey(first, name) === identityKey(second, other)).toBe(isSame);
      expect(identityKey(first, name)).not.toBe(systemKey(second));
    }),
  );
});

test('a token for one record is no token for another whose parts are cut elsewhere', () => {
  fc.assert(
    fc.property(word, word, word, (identity, key, value) => {
      const tokens = (of: string) =>
        new ConfirmTokens({ secret: () => 'a secret of the tests', identity: of, now: () => 0 });
      const minted = tokens(identity).mint(new Map([[key, value]]), { candidateIds: [1, 2] });
      const isGood = (of: string, record: [string, string], ids: number[]) =>
        tokens(of).mintedAt(minted, new Map([record]), { candidateIds: ids }) !== undefined;
      expect(isGood(identity, [key, value], [2, 1])).toBe(true);
      expect(isGood(`${identity}"`, [key, value], [1, 2])).toBe(false);
      expect(isGood(identity, [`${key}${value}`, `${value}x`], [1, 2])).toBe(false);
      expect(isGood(identity, [key, value], [12])).toBe(false);
    }),
  );
});
