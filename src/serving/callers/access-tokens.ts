import { OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { CharitylogError } from '../../base/errors.ts';
import type { Read } from '../outbound.ts';
import { IssuerKeys } from './issuer-keys.ts';

/** Signatures only: with an algorithm of shared secrets, everybody who knows the public key could sign. */
const algorithms = ['RS', 'PS', 'ES'].flatMap(family => [256, 384, 512].map(bits => `${family}${bits}`));
const acceptedAlgorithms = [...algorithms, 'EdDSA', 'Ed25519'];

/** How far the provider's clock may differ from ours, in seconds. */
const clockToleranceS = 10;

/** What a right access token says. */
export interface AccessToken {
  readonly subject: string;
  /** Its other claims that are texts or lists of texts, by name: groups and roles among them. */
  readonly claims: ReadonlyMap<string, readonly string[]>;
  readonly scopes: string[];
  /** In seconds since 1970. */
  readonly expiresAt: number;
}

/** What a token says of who holds it. */
export type OAuthPerson = Pick<AccessToken, 'subject' | 'claims'>;

/** Verifies the OAuth access tokens (JWT, as in RFC 9068) of one identity provider. */
export class AccessTokens {
  readonly #issuer: string;
  readonly #audiences: string[];
  readonly #keys: IssuerKeys;

  /**
   * The provider's keys are fetched for the first token.
   *
   * @param settings `issuer` exactly as the provider calls itself; a token must be for one of the `audiences`, where the
   * slash at the end of an address makes no difference; `read` reaches the provider
   */
  constructor({ issuer, audiences, read }: { issuer: string; audiences: readonly string[]; read: Read }) {
    this.#issuer = issuer;
    this.#audiences = audiences.flatMap(spellings);
    this.#keys = new IssuerKeys(issuer, read);
  }

  /**
   * It takes as long as two requests for the keys at most.
   *
   * @throws OAuthError `invalid_token` telling why, with nothing of what the token holds
   * @throws CharitylogError `unavailable` where the provider can't be asked, which says nothing about the token; `config`
   * where the CA file can't be used
   */
  async verify(token: string): Promise<AccessToken> {
    try {
      const { payload } = await jwtVerify(
        token,
        (header, signed) => {
          if (!isAccessTokenType(header.typ)) throw refusal('it is not an access token');
          return this.#keys.keyFor(header, signed);
        },
        {
          algorithms: acceptedAlgorithms,
          issuer: this.#issuer,
          audience: this.#audiences,
          requiredClaims: ['exp', 'sub'],
          clockTolerance: clockToleranceS,
        },
      );
      return accessTokenOf(payload);
    } catch (error) {
      throw error instanceof OAuthError || error instanceof CharitylogError ? error : refusal(reasonOf(error));
    }
  }
}

function accessTokenOf({ sub, exp, scope, scp, ...others }: JWTPayload): AccessToken {
  if (typeof sub !== 'string' || sub === '' || exp === undefined) throw refusal('it names nobody (sub)');
  return { subject: sub, claims: textsOf(others), scopes: scopesOf(scope ?? scp), expiresAt: Math.floor(exp) };
}

function textsOf(claims: JWTPayload): AccessToken['claims'] {
  const isText = (value: unknown) => typeof value === 'string';
  const texts = Object.entries(claims).map(([name, value]) => [name, [value].flat().filter(isText)] as const);
  return new Map(texts.filter(([, values]) => values.length > 0));
}

/** One text with spaces (RFC 9068, Entra), or a list (Okta). */
function scopesOf(scopes: unknown): string[] {
  const texts = [scopes].flat().filter(scope => typeof scope === 'string');
  return texts.flatMap(text => text.split(' ')).filter(scope => scope !== '');
}

/** Providers differ: `at+jwt` is the standard (RFC 9068), many say `JWT` or nothing. Other types are no access tokens. */
function isAccessTokenType(type: unknown): boolean {
  return type === undefined || (typeof type === 'string' && /^(application\/)?(at\+)?jwt$/i.test(type));
}

/** An address is told to clients in the spelling of `URL`, which has a slash where there is no path. */
function spellings(audience: string): string[] {
  if (!/^https?:\/\//i.test(audience)) return [audience];
  return [audience, audience.endsWith('/') ? audience.slice(0, -1) : `${audience}/`];
}

const claimReasons: Readonly<Record<string, string>> = {
  iss: 'it is from another issuer',
  aud: 'it is for another audience',
  nbf: 'it is not valid yet',
};

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'it has expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    const isDifferent = error.reason === 'check_failed';
    return (isDifferent && claimReasons[error.claim]) || `its claim ${error.claim} is missing or malformed`;
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'its signature is wrong';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'its algorithm is not accepted';
  if (error instanceof errors.JWKSNoMatchingKey) return 'it is signed with a key that its issuer does not have';
  if (error instanceof errors.JWKSMultipleMatchingKeys) return 'it does not say which key it is signed with';
  return 'it is malformed';
}

function refusal(reason: string): OAuthError {
  return new OAuthError(OAuthErrorCode.InvalidToken, `The access token is refused: ${reason}.`);
}
