import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from './lifetime.ts';
import { freePort } from './redis.ts';

/** True where the machine has nginx. */
export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

/**
 * Starts nginx as `deploy/nginx.conf` has it, on a free port of loopback, in front of two copies; it ends with the test.
 *
 * @returns the address of the MCP endpoint
 */
export async function startNginx(copies: readonly [number, number]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'charitylog-nginx-'));
  const port = await freePort();
  const shipped = await readFile('deploy/nginx.conf', 'utf8');
  const here = shipped
    .replace('mcp-1:3000', `127.0.0.1:${copies[0]}`)
    .replace('mcp-2:3000', `127.0.0.1:${copies[1]}`)
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace('http {', `http {\n${temporaryPaths(folder)}`);
  await writeFile(join(folder, 'nginx.conf'), here);
  const settings = `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;`;
  const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', settings], { stdio: 'inherit' });
  atEnd(async () => {
    await end(nginx);
    await rm(folder, { recursive: true, force: true });
  });
  await listening(port);
  return `http://127.0.0.1:${port}/mcp`;
}

function temporaryPaths(folder: string): string {
  return ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(kind => `${kind}_temp_path ${folder}/${kind};`)
    .join('\n');
}

async function end(nginx: ChildProcess): Promise<void> {
  if (nginx.exitCode !== null || nginx.signalCode !== null) return;
  const exited = once(nginx, 'exit');
  nginx.kill('SIGTERM');
  await exited;
}

/** Nothing tells when nginx listens but a connection. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
