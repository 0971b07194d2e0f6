import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeProgram } from './bundle.mjs';
import { playSessions } from './session.mjs';

const folder = new URL('faster/', import.meta.url);

/** The plugins in faster/, each of which makes the start shorter and nothing else. */
export async function fasterPlugins() {
  const files = (await readdir(folder)).filter(file => file.endsWith('.mjs')).sort();
  const modules = await Promise.all(files.map(file => import(new URL(file, folder))));
  return modules.map(module => module.default);
}

/**
 * Those of the plugins with which the program builds and answers byte by byte as it does without. Any other is left out,
 * with a warning: a new version of a package may make the start longer, and never breaks an install.
 */
export async function pluginsThatFit(plugins, warn = text => process.stderr.write(`charitylog-mcp: ${text}\n`)) {
  let plain;
  const answerAlike = async chosen => {
    plain ??= await answersWith([]);
    return (await answersWith(chosen)) === plain;
  };
  // Mostly all of them fit.
  if (await answerAlike(plugins).catch(() => false)) return plugins;
  const fitting = [];
  for (const plugin of plugins) {
    try {
      if (!(await answerAlike([...fitting, plugin]))) throw new Error('an answer differs');
      fitting.push(plugin);
    } catch (error) {
      warn(`built without build/faster/${plugin.name}: ${error.message}`);
    }
  }
  return fitting;
}

async function answersWith(plugins) {
  const program = await mkdtemp(join(tmpdir(), 'charitylog-build-'));
  try {
    await writeProgram(join(program, 'dist'), plugins);
    return await playSessions(join(program, 'dist/cli.js'));
  } finally {
    await rm(program, { recursive: true, force: true });
  }
}
