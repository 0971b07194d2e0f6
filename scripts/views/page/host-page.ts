/** A host in a page: the official AppBridge around a view in a frame, as the tests and the showroom use it. */
import { AppBridge, type McpUiHostContext, PostMessageTransport } from '@modelcontextprotocol/ext-apps/app-bridge';
import type { Ask, Params, Shown } from '../shown.ts';

declare global {
  interface Window {
    /** Answers what the view asks for; set by who drives the page. */
    ask: Ask;
    show(shown: Shown): Promise<void>;
    changeContext(context: McpUiHostContext): void;
  }
}

const capabilities = {
  openLinks: {},
  downloadFile: {},
  serverTools: {},
  message: { text: {} },
  updateModelContext: { text: {} },
};

let bridge: AppBridge | undefined;

window.show = async ({ view, input, result, context = {}, without = [] }) => {
  await bridge?.close();
  const frame = document.createElement('iframe');
  // As hosts do: no origin of its own, and scripts only.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.title = view;
  document.body.replaceChildren(frame);
  const can = Object.fromEntries(Object.entries(capabilities).filter(([name]) => !without.includes(name)));
  const hostContext = { theme: 'light' as const, displayMode: 'inline' as const, ...context };
  const made = new AppBridge(null, { name: 'host', version: '1' }, can, { hostContext });
  bridge = made;
  const ask = async (method: string, params: unknown) => (await window.ask(method, params as Params)) as never;
  made.oncalltool = params => ask('tools/call', params);
  made.onmessage = params => ask('ui/message', params);
  made.onopenlink = params => ask('ui/open-link', params);
  made.ondownloadfile = params => ask('ui/download-file', params);
  made.onupdatemodelcontext = params => ask('ui/update-model-context', params);
  made.onrequestdisplaymode = async ({ mode }) => {
    await ask('ui/request-display-mode', { mode });
    frame.style.height = '100vh';
    await made.sendHostContextChange({ displayMode: mode });
    return { mode };
  };
  made.onsizechange = ({ height = 0 }) => {
    if (hostContext.displayMode === 'inline') frame.style.height = `${height}px`;
  };
  const ready = new Promise<void>(resolve => {
    made.oninitialized = () => resolve();
  });
  const { contentWindow } = frame;
  if (!contentWindow) throw new Error('the frame has no window');
  await made.connect(new PostMessageTransport(contentWindow, contentWindow));
  frame.src = `/view/${view}.html`;
  await ready;
  await made.sendToolInput({ arguments: input });
  await made.sendToolResult(result as never);
};

window.changeContext = context => void bridge?.sendHostContextChange(context);
