import { structuredPatch } from 'diff';
import { visit } from 'jsonc-parser';
import { serverNames } from './entry.ts';

const ours: readonly unknown[] = Object.values(serverNames);

/**
 * The change of a file as a difference, with three lines around it. Nothing in it may be secret: the words of others'
 * entries and of comments are left out, and of the own ones the values of variables.
 */
export function differenceOf(before: string, after: string): string {
  const [from = '', to = ''] = [before, after].map(text => withoutSecrets(text).replaceAll('\r\n', '\n'));
  const { hunks } = structuredPatch('', '', from, to, undefined, undefined, { context: 3 });
  if (hunks.length === 0) return '  (only values change that are not shown)\n';
  return hunks.map(({ lines }) => `${lines.map(line => `  ${line}\n`).join('')}`).join('  ...\n');
}

function withoutSecrets(text: string): string {
  const pieces: string[] = [];
  let end = 0;
  const hide = (offset: number, length: number, hidden: string) => {
    pieces.push(text.slice(end, offset), hidden);
    end = offset + length;
  };
  visit(
    text,
    {
      onLiteralValue: (value, offset, length, _line, _character, path) => {
        const [, server, part] = path();
        const isShown = typeof value !== 'string' || (ours.includes(server) && part !== 'env' && part !== 'headers');
        if (!isShown) hide(offset, length, '"(not shown)"');
      },
      onComment: (offset, length) =>
        hide(offset, length, text.startsWith('//', offset) ? '// (not shown)' : '/* (not shown) */'),
    },
    { disallowComments: false, allowTrailingComma: true },
  );
  return pieces.join('') + text.slice(end);
}
