/**
 * When V8 optimizes code: by its own measure after some thousand calls of a tool, and most sessions have far fewer.
 * Here it does so sooner, once the start is over. Its flags for that differ from version to version of Node; one that
 * isn't named here is left alone.
 */

const afterStartMs = 1000;

const [maglev, turbofan] = ['--invocation-count-for-maglev', '--invocation-count-for-turbofan'];
const flagsOfNode: Readonly<Record<string, { readonly usual: string[]; readonly sooner: string[] }>> = {
  20: { usual: ['--interrupt-budget=67584'], sooner: ['--interrupt-budget=8000'] },
  22: { usual: [`${maglev}=400`, `${turbofan}=3000`], sooner: [`${maglev}=100`, `${turbofan}=400`] },
  24: { usual: [`${maglev}=400`, `${turbofan}=10000`], sooner: [`${maglev}=100`, `${turbofan}=400`] },
};
const flags = flagsOfNode[process.versions.node.split('.', 1)[0] ?? ''] ?? { usual: [], sooner: [] };
let now: 'usual' | 'sooner' = 'usual';

/** Lets V8 optimize sooner from one second on. */
export function optimizeSooner(): void {
  setTimeout(() => {
    now = 'sooner';
    setFlags(flags.sooner);
  }, afterStartMs).unref();
}

/** Runs something under V8's own flags: a code cache is good only for the flags that it was made under. */
export function withUsualFlags<T>(run: () => T): T {
  if (now === 'usual') return run();
  setFlags(flags.usual);
  try {
    return run();
  } finally {
    setFlags(flags.sooner);
  }
}

/** Loads `node:v8` by the way: that takes a tenth of a bare start. */
function setFlags(flags: readonly string[]): void {
  flags.forEach(process.getBuiltinModule('node:v8').setFlagsFromString);
}
