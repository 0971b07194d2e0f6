import { type AuthInfo, OAuthError, OAuthErrorCode, verifyBearerToken } from '@modelcontextprotocol/server';
import manifest from '../../../package.json' with { type: 'json' };
import type { AccessTokens } from './access-tokens.ts';
import type { Caller, CallersFile } from './callers-file.ts';
import { challenge, MissingToken, type TokenSource, UnknownSubject } from './challenge.ts';

const readScope = 'people:read';
const createScope = 'people:create';

/** Who was let in, and with which rights. */
export interface Admission {
  /** `undefined` where the service has no callers, and serves the keys of its environment on loopback. */
  readonly caller: Caller | undefined;
  readonly mayCreate: boolean;
  /** When the token ends, in seconds since 1970; `Infinity` for one that doesn't. */
  readonly expiresAt: number;
}

/** What callers are let in by. */
export interface AuthenticatorOptions {
  readonly callers: CallersFile | undefined;
  readonly oauth: (TokenSource & { readonly tokens: AccessTokens }) | undefined;
}

/** Lets callers in by their bearer token: one of the callers file, or an OAuth access token for one of its subjects. */
export class Authenticator {
  readonly #callers: CallersFile | undefined;
  readonly #oauth: AuthenticatorOptions['oauth'];

  constructor({ callers, oauth }: AuthenticatorOptions) {
    this.#callers = callers;
    this.#oauth = oauth;
  }

  /** @returns who calls, or the answer that refuses them */
  async authenticate(authorization: string | undefined): Promise<Admission | Response> {
    if (!this.#callers) return { caller: undefined, mayCreate: true, expiresAt: Number.POSITIVE_INFINITY };
    try {
      if (!authorization) throw new MissingToken();
      let caller: Caller | undefined;
      const verifyAccessToken = async (token: string) => {
        const granted = await this.#verify(token);
        caller = granted.caller;
        return granted.info;
      };
      const { scopes, expiresAt = 0 } = await verifyBearerToken(authorization.trim().replace(/\s+/g, ' '), {
        verifier: { verifyAccessToken },
        requiredScopes: [readScope],
      });
      return this.recheck({ caller, mayCreate: scopes.includes(createScope), expiresAt });
    } catch (error) {
      return challenge(error, this.#oauth, [readScope]);
    }
  }

  /** The same admission with the caller's rights as they are now, or the answer that refuses who was taken out meanwhile. */
  recheck(admission: Admission): Admission | Response {
    if (!this.#callers) return admission;
    const caller = admission.caller && this.#callers.asOfNow(admission.caller);
    if (caller) return { ...admission, caller, mayCreate: admission.mayCreate && !caller.readOnly };
    return challenge(unknownToken(), this.#oauth, [readScope]);
  }

  /** Tells a caller who may read only what it would need to add people. */
  refuseCreate(): Response {
    const error = new OAuthError(OAuthErrorCode.InsufficientScope, `Adding people needs the scope ${createScope}.`);
    return challenge(error, this.#oauth, [readScope, createScope]);
  }

  /** Whether a token with more rights can be had, so that a client may be told to ask for one. */
  canAskForMore({ caller }: Admission): boolean {
    return this.#oauth !== undefined && caller?.person !== undefined && !caller.readOnly;
  }

  /** Where clients look for {@link metadata}: at the root, and under the paths of the endpoint here and as the public has it. */
  get metadataPaths(): readonly string[] {
    const root = '/.well-known/oauth-protected-resource';
    const path = this.#oauth?.resource.pathname.replace(/\/$/, '') ?? '';
    return [root, `${root}/mcp`, `${root}${path}`];
  }

  /** Whether callers get in by the tokens of the callers file only. */
  get takesFileTokensOnly(): boolean {
    return this.#callers !== undefined && this.#oauth === undefined;
  }

  /** The description of this service for clients that look for its authorization server (RFC 9728), where it has one. */
  get metadata(): Record<string, unknown> | undefined {
    if (!this.#oauth) return undefined;
    const { issuer, resource } = this.#oauth;
    return {
      resource: resource.href,
      authorization_servers: [issuer],
      scopes_supported: [readScope, createScope],
      bearer_methods_supported: ['header'],
      resource_name: manifest.name,
    };
  }

  /** Whose token it is, and what it grants. */
  async #verify(token: string): Promise<{ caller: Caller; info: AuthInfo }> {
    const known = this.#callers?.byToken(token);
    if (known) return grant(known, [readScope, createScope], Number.POSITIVE_INFINITY);
    if (!this.#oauth) throw unknownToken();
    const { scopes, expiresAt, ...person } = await this.#oauth.tokens.verify(token);
    const caller = this.#callers?.byPerson(person);
    if (caller === 'different keys') throw new UnknownSubject(differentKeys);
    if (!caller) throw new UnknownSubject(notInTheFile);
    return grant(caller, scopes, expiresAt);
  }
}

const notInTheFile =
  'Ask the administrator of this service to add its subject, or a group that its tokens name, to the callers file.';
const differentKeys =
  'Several groups of it are in the callers file with different keys. Ask the administrator for an entry with its subject.';

/** What lets a caller in, as it can be compared: the hash of a token, or a subject. The two kinds never equal each other. */
export function credentialOf(caller: Caller | undefined): string {
  if (!caller) return '';
  return caller.tokenSha256 === undefined ? `subject ${caller.subject}` : `token ${caller.tokenSha256}`;
}

function grant(caller: Caller, scopes: string[], expiresAt: number): { caller: Caller; info: AuthInfo } {
  return { caller, info: { token: '', clientId: '', scopes, expiresAt } };
}

function unknownToken(): OAuthError {
  return new OAuthError(
    OAuthErrorCode.InvalidToken,
    'This token is not known here. Ask the administrator of this service for one of its callers file.',
  );
}
