import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type BrowserHost, hasBrowser, openBrowserHost } from '../../scripts/views/browser.ts';
import type { Params, Shown } from '../../scripts/views/shown.ts';
import { atEnd, startOnce } from './lifetime.ts';

/** The capability of a client that draws views. */
export const drawing = { extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } } };

/** The widths and themes that each view is looked at in. */
export const looks = (['light', 'dark'] as const).flatMap(theme => [320, 480, 800].map(width => ({ theme, width })));

/** Text that would run, or pass for something else, if a view took it for markup. */
export const hostile = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>"\'&amp;=1+1';

/** What a view asked its host for, in order. */
export type Asks = [method: string, params: Params][];

/** A browser for the tests of a file, and what its views asked for in the test that runs. */
export interface TestHost extends Omit<BrowserHost, 'onAsk'> {
  readonly asks: Asks;
  /** Has the asks noted, and answered by this; by nothing unless told. */
  answerBy(answer?: (method: string, params: Params) => Promise<Params>): void;
}

/** Tests in a real browser: skipped by name where there is none, and failed in CI. */
export function describeInBrowser(name: string, body: (host: () => TestHost) => void): void {
  if (process.env.CI) test(`${name}: the browser is there (Debian: chromium)`, () => expect(hasBrowser).toBe(true));
  describe.skipIf(!hasBrowser)(hasBrowser ? name : `${name} (no browser: Debian's package chromium has one)`, () => {
    let host: TestHost;
    startOnce(async () => {
      const opened = await openBrowserHost();
      atEnd(() => opened.close());
      const asks: Asks = [];
      const answerBy: TestHost['answerBy'] = (answer = async () => ({})) => {
        asks.length = 0;
        opened.onAsk(async (method, params) => {
          asks.push([method, params]);
          return answer(method, params);
        });
      };
      host = { ...opened, asks, answerBy };
    });
    body(() => host);
  });
}

/** What is wrong with a view in all looks: what axe finds, more height than beside a conversation, a width that scrolls. */
export async function faultsOf(
  host: TestHost,
  shown: Shown,
  prepare: (frame: Frame) => Promise<unknown> = async () => {},
) {
  const faults: string[] = [];
  const frame = await host.show(shown);
  await prepare(frame);
  await frame.evaluate(axe.source);
  for (const { theme, width } of looks) {
    await host.page.setViewportSize({ width, height: 900 });
    await host.page.evaluate(`changeContext({ theme: '${theme}' })`);
    const isSo = `innerWidth === ${width} && document.documentElement.style.colorScheme === '${theme}'`;
    await expect.poll(() => frame.evaluate(isSo)).toBe(true);
    await frame.evaluate('new Promise(resolve => requestAnimationFrame(resolve))');
    const found = await inLook(frame);
    faults.push(...found.map(fault => `${theme}, ${width} px: ${fault}`));
  }
  return faults;
}

async function inLook(frame: Frame): Promise<string[]> {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const options = JSON.stringify({ runOnly, resultTypes: ['violations'] });
  const found = await frame.evaluate(`axe.run(document, ${options}).then(({ violations }) => ({
    violations: violations.flatMap(({ id, nodes }) => nodes.map(node => id + ': ' + node.html.slice(0, 200))),
    height: document.body.getBoundingClientRect().height,
    over: document.documentElement.scrollWidth - innerWidth,
    hasRun: document.title === 'run',
  }))`);
  const { violations, height, over, hasRun } = found as Found;
  return [
    ...violations,
    ...(height > 500.5 ? [`${height} px high`] : []),
    ...(over > 0 ? [`${over} px too wide`] : []),
    ...(hasRun ? ['stored text ran'] : []),
  ];
}

interface Found {
  readonly violations: readonly string[];
  readonly height: number;
  readonly over: number;
  readonly hasRun: boolean;
}

/** The text of each element, as it is seen. */
export function texts(frame: Frame, selector: string): Promise<string[]> {
  return frame.locator(selector).allInnerTexts();
}
