/** MCP Apps (2026-01-26): views that hosts draw beside an answer, for clients that say so. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClientCapabilities, ReadResourceResult } from '@modelcontextprotocol/server';
import { isObject } from '../base/json.ts';

const extension = 'io.modelcontextprotocol/ui';
const mimeType = 'text/html;profile=mcp-app';

const titles = {
  breakdown: 'Counts as bars and as a table',
  people: 'People as a table',
  review: 'A new person, before they are added',
} as const;

/** A view by its name. */
export type ViewName = keyof typeof titles;

/** The views, as they are listed to clients that draw them. */
export const viewResources = (Object.keys(titles) as ViewName[]).map(name => ({
  uri: uriOf(name),
  name,
  title: titles[name],
  mimeType,
}));

/** Where the build puts the views; a program that runs from its sources takes them from there, too. */
const folder = join(import.meta.dirname, import.meta.filename.endsWith('.ts') ? '../../dist/views' : 'views');

/** No other origin, and a clipboard for copying; a view loads nothing. */
const meta = { ui: { csp: { connectDomains: [], resourceDomains: [] }, prefersBorder: true } };

/** What points from a tool to its view. */
export function pointerTo(view: ViewName) {
  return { ui: { resourceUri: uriOf(view), visibility: ['model', 'app'] } };
}

/** A view, read when it is asked for; undefined where there is none of that name. */
export async function readView(name: string): Promise<ReadResourceResult | undefined> {
  const view = viewResources.find(one => one.name === name);
  if (!view) return undefined;
  const text = await readFile(join(folder, `${view.name}.html`), 'utf8');
  return { contents: [{ uri: view.uri, mimeType, text, _meta: meta }] };
}

/** True for the capabilities of a client that draws views. */
export function hasViews(capabilities: ClientCapabilities | undefined): boolean {
  const views = capabilities?.extensions?.[extension];
  if (!isObject(views)) return false;
  return !Array.isArray(views.mimeTypes) || views.mimeTypes.includes(mimeType);
}

/** Ends the session ids of clients that draw views. */
export const sessionOfViews = '.views';

/**
 * The session id for a client of the legacy era that draws views, at its handshake: over HTTP each of its requests reaches a
 * server of its own, and any copy may serve it, so the id itself tells what the handshake told.
 */
export function sessionFor(message: unknown): string | undefined {
  if (!isObject(message) || message.method !== 'initialize' || !isObject(message.params)) return undefined;
  return hasViews(message.params.capabilities as ClientCapabilities | undefined)
    ? `${randomUUID()}${sessionOfViews}`
    : undefined;
}

function uriOf(view: ViewName): string {
  return `ui://charitylog/${view}.html`;
}
