import { bearerAuthChallengeResponse, getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server';
import manifest from '../../../package.json' with { type: 'json' };
import { CharitylogError } from '../../base/errors.ts';
import { refusal } from '../refusal.ts';

/** Where clients get access tokens, where the service takes such. */
export interface TokenSource {
  readonly issuer: string;
  /** The public address of the endpoint. */
  readonly resource: URL;
}

/** A request came without a token. */
export class MissingToken extends Error {}

/** A good access token is for somebody who isn't in the callers file, as the message says. */
export class UnknownSubject extends Error {}

/**
 * The answer to a request whose token isn't enough, by what went wrong with it. It names scopes and metadata only where
 * tokens can be had (RFC 6750, RFC 9728): clients would look for an authorization server that isn't there.
 */
export function challenge(error: unknown, source: TokenSource | undefined, scopes: readonly string[]): Response {
  if (error instanceof MissingToken) return askForToken(source, scopes);
  if (error instanceof UnknownSubject) {
    const error_description = `The token is good, but this account has no access here. ${error.message}`;
    return Response.json({ error: 'access_denied', error_description }, { status: 403 });
  }
  if (error instanceof CharitylogError) return refusal(503, error.message, { headers: { 'retry-after': '5' } });
  const resourceMetadataUrl = source && getOAuthProtectedResourceMetadataUrl(source.resource);
  return bearerAuthChallengeResponse(
    error,
    resourceMetadataUrl ? { requiredScopes: [...scopes], resourceMetadataUrl } : {},
  );
}

/** How a caller gets in where the service takes the tokens of its callers file only. */
export const callersTokenNeeded =
  'This service needs a token of its callers file, in the header "Authorization: Bearer ...": ask its administrator for one.';

/** Nothing was wrong with a token that didn't come: there is no error code (RFC 6750, 3.1). */
function askForToken(source: TokenSource | undefined, scopes: readonly string[]): Response {
  if (!source)
    return refusal(401, callersTokenNeeded, { headers: { 'www-authenticate': `Bearer realm="${manifest.name}"` } });
  const metadata = getOAuthProtectedResourceMetadataUrl(source.resource);
  const header = `Bearer scope="${scopes.join(' ')}", resource_metadata="${metadata}"`;
  const message = `This service needs an access token of ${source.issuer}, in the header "Authorization: Bearer ...".`;
  return refusal(401, message, { headers: { 'www-authenticate': header } });
}
