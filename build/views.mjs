// Writes the views of MCP Apps: each one HTML file with everything inside, as hosts load nothing else.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const views = ['breakdown', 'people', 'review'];

/** Writes the views into a folder. They carry no package inside. */
export async function writeViews(folder) {
  await mkdir(folder, { recursive: true });
  await Promise.all(views.map(async view => writeFile(join(folder, `${view}.html`), await pageOf(view))));
}

async function pageOf(view) {
  const files = ['shared/theme.css', `${view}.css`, `${view}.ts`];
  const [theme, style, script] = await Promise.all(files.map(file => bundle(`src/mcp/views/${file}`)));
  return htmlOf(view, script, theme + style);
}

async function bundle(file) {
  const { outputFiles } = await build({
    entryPoints: [file],
    outdir: 'views',
    bundle: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    minify: true,
    legalComments: 'none',
    // The same wherever it is built: an image has no tsconfig.json of the root.
    tsconfigRaw: {},
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0].text.trim();
}

function htmlOf(view, script, style) {
  const inScript = script.replaceAll('</script', '<\\/script');
  return `<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Charitylog: ${view}</title>
<style>${style}</style>
<body>
<script>${inScript}</script>
</body>
</html>
`;
}
