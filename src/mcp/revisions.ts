import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';

/** The revision that has no handshake: each request names it, and what its client can do. */
export const modernRevision = '2026-07-28';

/** The revisions of the protocol that are spoken, the latest first. */
export const spokenRevisions: readonly string[] = [modernRevision, ...SUPPORTED_PROTOCOL_VERSIONS];
