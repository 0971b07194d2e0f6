import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';

/** What hosts allow a view that names no origin (MCP Apps 2026-01-26, default policy). */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'none'";

const hostHtml = `<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Host</title>
<style>body{margin:0}iframe{display:block;border:0;width:100%;height:0}</style><body><script src="/page.js"></script></body></html>`;

/** Pages on loopback. */
export interface Pages {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built views, and a page that is a host to them.
 *
 * @param script the page's script
 * @param port any free one unless told
 */
export async function serveViews(script: string, port = 0): Promise<Pages> {
  const { outputFiles } = await build({ entryPoints: [script], bundle: true, format: 'iife', write: false });
  const [page] = outputFiles;
  const contents = async (path: string) => {
    if (path === '/') return { type: 'text/html', text: hostHtml };
    if (path === '/page.js') return { type: 'text/javascript', text: page?.text ?? '' };
    const [, view] = /^\/view\/(\w+)\.html$/.exec(path) ?? [];
    return view === undefined
      ? undefined
      : { type: 'text/html', text: await readFile(`dist/views/${view}.html`, 'utf8'), policy };
  };
  const server = createServer(async (request, response) => {
    const found = await contents(request.url ?? '/').catch(() => undefined);
    if (!found) return void response.writeHead(404).end();
    response.setHeader('content-type', `${found.type}; charset=utf-8`);
    if ('policy' in found) response.setHeader('content-security-policy', policy);
    response.end(found.text);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
