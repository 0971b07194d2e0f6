/**
 * What `dist/cli.js` is: it loads the parts of the program, with V8's code cache of each where this Node has written one.
 * Compiling takes longer than all else that happens before the first answer, and after it what takes longest is memory
 * that is used for the first time.
 */
import { closeSync, fstatSync, mkdirSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { optimizeSooner, withUsualFlags } from './hot-code.ts';

/** The files of the parts by name; set by the build. The part `stdio` is in that of `start`, as every host needs both. */
declare const files: Readonly<Record<string, string>>;

const folder = `${__dirname}/parts/`;
const cache = `${__dirname}/cache/${process.version}-${process.arch}/`;
const loaded = new Map<string, object>();
const uncached = new Map<string, Script>();
/** What files are read into, one after the other. It fits the code cache of the start. */
let memory = Buffer.allocUnsafeSlow(800_000);

type Part = (exports: object, require: (id: string) => unknown, module: { exports: object }) => void;

function load(name: string): object {
  const known = loaded.get(name);
  if (known) return known;
  const exports = name === 'stdio' ? start.stdio() : run(name);
  loaded.set(name, exports);
  return exports;
}

function run(name: string): object {
  const module = { exports: {} };
  compiled(files[name] ?? '')(module.exports, required, module);
  return module.exports;
}

/** Another part, a file of WebAssembly, or a module of Node. */
function required(id: string): unknown {
  if (id.endsWith('.wasm')) return readFileSync(folder + id);
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

function compiled(file: string): Part {
  const filename = folder + file;
  // The build writes ASCII.
  const text = withFile(filename, (fd, bytes) => readFirst(fd, bytes).toString('latin1'));
  const cachedData = readCache(file);
  const script = withUsualFlags(() => new Script(text, { filename, ...(cachedData && { cachedData }) }));
  if (!cachedData) uncached.set(file, script);
  return script.runInThisContext();
}

/**
 * A cache file holds the same bytes twice, as V8 runs what it is given: comparing them is the quickest way to notice
 * damage. That it is of this V8 and with the same flags V8 checks itself.
 */
function readCache(file: string): Buffer | undefined {
  try {
    return withFile(cache + file, (fd, bytes) => {
      const once = readFirst(fd, bytes / 2);
      return bytes > 0 && isFollowedByItself(fd, once) ? once : undefined;
    });
  } catch {
    return undefined;
  }
}

function isFollowedByItself(fd: number, once: Buffer): boolean {
  const piece = Buffer.allocUnsafe(65_536);
  for (let at = 0; at < once.length; at += piece.length) {
    const bytes = readSync(fd, piece, 0, piece.length, once.length + at);
    if (piece.compare(once, at, at + bytes, 0, bytes) !== 0) return false;
  }
  return true;
}

/** The first bytes of a file, until the next are read. */
function readFirst(fd: number, bytes: number): Buffer {
  if (memory.length < bytes) memory = Buffer.allocUnsafeSlow(bytes);
  const first = memory.subarray(0, bytes);
  readSync(fd, first, 0, bytes, 0);
  return first;
}

function withFile<T>(path: string, use: (fd: number, bytes: number) => T): T {
  const fd = openSync(path, 'r');
  try {
    return use(fd, fstatSync(fd).size);
  } finally {
    closeSync(fd);
  }
}

/** Writes what isn't there, for the next start; not where the program may not be written to, as in most containers. */
function writeCaches(): void {
  // Another command than serving hardly runs what a server does, and V8 caches what was run.
  if (!loaded.has('stdio')) return;
  try {
    mkdirSync(cache, { recursive: true });
    for (const [file, script] of uncached) {
      const data = withUsualFlags(() => script.createCachedData());
      const draft = `${cache}${file}.${process.pid}`;
      writeFileSync(draft, Buffer.concat([data, data]));
      renameSync(draft, cache + file);
    }
  } catch {
    // Starting takes longer, and nothing else.
  }
}

process.on('exit', writeCaches);
const start = load('start') as { stdio(): object };
optimizeSooner();
