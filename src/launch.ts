/**
 * What `dist/cli.js` is: it loads the program's chunks, with V8's code cache of each where this Node has written one.
 * Compiling takes longer than all else that happens before the first answer.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Script } from 'node:vm';
import { optimizeSooner, withUsualFlags } from './hot-code.ts';

/** The file of the chunks that every start needs, and the one of them that holds src/cli.ts; set by the build. */
declare const startFile: string;
declare const entryChunk: string;

const folder = `${__dirname}/chunks/`;
const cache = `${__dirname}/cache/${process.version}-${process.arch}/`;
const chunks: Record<string, Chunk> = {};
const loaded = new Map<string, unknown>();
const uncached = new Map<string, Script>();

type Chunk = (exports: object, require: (id: string) => unknown, module: { exports: object }) => void;

function load(name: string): unknown {
  if (loaded.has(name)) return loaded.get(name);
  const module = { exports: {} };
  loaded.set(name, module.exports);
  if (!chunks[name]) addChunksOf(name);
  chunks[name]?.(module.exports, id => (id.startsWith('./') ? load(id.slice(2)) : require(id)), module);
  loaded.set(name, module.exports);
  return module.exports;
}

/** Runs a file of dist/chunks: its value is an object of chunks by name. */
function addChunksOf(file: string): void {
  const filename = folder + file;
  const cachedData = readCache(file);
  const text = readFileSync(filename, 'utf8');
  const script = withUsualFlags(() => new Script(text, { filename, ...(cachedData && { cachedData }) }));
  if (!cachedData) uncached.set(file, script);
  Object.assign(chunks, script.runInThisContext());
}

/**
 * A cache file holds the same bytes twice, as V8 runs what it is given: comparing them is the quickest way to notice
 * damage. That it is of this V8 and with the same flags V8 checks itself.
 */
function readCache(file: string): Buffer | undefined {
  try {
    const twice = readFileSync(cache + file);
    const [once, again] = [twice.subarray(0, twice.length / 2), twice.subarray(twice.length / 2)];
    return once.length > 0 && once.equals(again) ? once : undefined;
  } catch {
    return undefined;
  }
}

/** Writes what isn't there, for the next start; not where the program may not be written to, as in most containers. */
function writeCaches(): void {
  // Another command than serving hardly runs what a server does, and V8 caches what was run.
  if (![...loaded.keys()].some(name => name.startsWith('stdio'))) return;
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
addChunksOf(startFile);
load(entryChunk);
optimizeSooner();
