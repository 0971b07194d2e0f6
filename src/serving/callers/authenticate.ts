import {
  type AuthInfo,
  bearerAuthChallengeResponse,
  getOAuthProtectedResourceMetadataUrl,
  OAuthError,
  OAuthErrorCode,
  verifyBearerToken,
} from '@modelcontextprotocol/server';
import manifest from '../../../package.json' with { type: 'json' };
import { CharitylogError } from '../../base/errors.ts';
import { refusal } from '../http/messages.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Caller, CallersFile } from './callers-file.ts';

const readScope = 'people:read';
const createScope = 'people:create';

/** Who was let in, and with which rights. */
export interface Pass {
  /** `undefined` where the service has no callers, and serves the keys of its environment on loopback. */
  readonly caller: Caller | undefined;
  /** Stands for the token or the subject that let them in. */
  readonly key: string;
  readonly mayCreate: boolean;
  /** When the token ends, in seconds since 1970; `Infinity` for one that doesn't. */
  readonly expiresAt: number;
}

/** What the door checks tokens with. */
export interface DoorSettings {
  readonly callers: CallersFile | undefined;
  readonly oauth: { readonly tokens: AccessTokens; readonly issuer: string; readonly resource: URL } | undefined;
}

/** Lets callers in by their bearer token: one of the callers file, or an OAuth access token for one of its subjects. */
export class Door {
  readonly #callers: CallersFile | undefined;
  readonly #oauth: DoorSettings['oauth'];

  constructor({ callers, oauth }: DoorSettings) {
    this.#callers = callers;
    this.#oauth = oauth;
  }

  /** @returns who calls, or the answer that refuses them */
  async admit(authorization: string | undefined): Promise<Pass | Response> {
    if (!this.#callers) return { caller: undefined, key: '', mayCreate: true, expiresAt: Number.POSITIVE_INFINITY };
    try {
      const { extra } = await verifyBearerToken(authorization, {
        verifier: { verifyAccessToken: token => this.#verify(token) },
        requiredScopes: [readScope],
      });
      return extra as unknown as Pass;
    } catch (error) {
      return this.#refusalFor(error);
    }
  }

  /** The same pass with the caller's rights as they are now, or the answer that refuses who was taken out meanwhile. */
  renew(pass: Pass): Pass | Response {
    if (!this.#callers) return pass;
    const caller = this.#callers.callers.find(one => passKeyOf(one) === pass.key);
    if (caller) return { ...pass, caller, mayCreate: pass.mayCreate && !caller.readOnly };
    return this.#challenge(unknownToken(), [readScope]);
  }

  /** Tells a caller who may read only what it would need to add people. */
  refuseCreate(): Response {
    const error = new OAuthError(OAuthErrorCode.InsufficientScope, `Adding people needs the scope ${createScope}.`);
    return this.#challenge(error, [readScope, createScope]);
  }

  /** Whether a token with more rights can be had, so that a client may be told to ask for one. */
  canAskForMore({ caller }: Pass): boolean {
    return this.#oauth !== undefined && caller?.subject !== undefined && !caller.readOnly;
  }

  /** Where that description is looked for: at the root, and under the paths of the endpoint here and as the public has it. */
  get metadataPaths(): readonly string[] {
    const root = '/.well-known/oauth-protected-resource';
    const path = this.#oauth?.resource.pathname.replace(/\/$/, '') ?? '';
    return [root, `${root}/mcp`, `${root}${path}`];
  }

  /** The description of this service for clients that look for its authorization server (RFC 9728). */
  metadata(): Record<string, unknown> | undefined {
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

  async #verify(token: string): Promise<AuthInfo> {
    const known = this.#callers?.byToken(token);
    if (known) return authInfo(known, [readScope, createScope], Number.POSITIVE_INFINITY);
    if (!this.#oauth) throw unknownToken();
    const { subject, scopes, expiresAt } = await this.#oauth.tokens.verify(token);
    const caller = this.#callers?.bySubject(subject);
    if (!caller) throw new UnknownSubject();
    return authInfo(caller, scopes, expiresAt);
  }

  #refusalFor(error: unknown): Response {
    if (error instanceof UnknownSubject) {
      const error_description =
        'The token is good, but this account has no access here. Ask the administrator of this service to add its subject to the callers file.';
      return Response.json({ error: 'access_denied', error_description }, { status: 403 });
    }
    if (error instanceof CharitylogError) {
      return refusal(503, error.message, { headers: { 'retry-after': '5' } });
    }
    return this.#challenge(error, [readScope]);
  }

  #challenge(error: unknown, requiredScopes: string[]): Response {
    const resourceMetadataUrl = this.#oauth && getOAuthProtectedResourceMetadataUrl(this.#oauth.resource);
    return bearerAuthChallengeResponse(error, { requiredScopes, ...(resourceMetadataUrl && { resourceMetadataUrl }) });
  }
}

class UnknownSubject extends Error {}

/** What lets a caller in, as it can be compared: the hash of a token, or a subject. */
export function passKeyOf({ tokenSha256, subject }: Caller): string {
  return tokenSha256 ?? subject ?? '';
}

function unknownToken(): OAuthError {
  return new OAuthError(OAuthErrorCode.InvalidToken, 'This token is not known here.');
}

function authInfo(caller: Caller, scopes: readonly string[], expiresAt: number): AuthInfo {
  const mayCreate = !caller.readOnly && scopes.includes(createScope);
  const pass: Pass = { caller, key: passKeyOf(caller), mayCreate, expiresAt };
  return { token: '', clientId: caller.name, scopes: [...scopes], expiresAt, extra: { ...pass } };
}
