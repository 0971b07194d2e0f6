/**
 * The part of MCP Apps (2026-01-26) that the views speak with their host: JSON-RPC over postMessage. The official `App`
 * class takes five times what a view may have, as it brings validation along; the tests run these messages against the
 * official `AppBridge`.
 */

/** What a message carries. */
export type Params = Readonly<Record<string, unknown>>;

/** How a tool's call ended, as the host tells it. */
export interface ToolResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
  readonly structuredContent?: Params;
  readonly isError?: boolean;
  readonly _meta?: Params;
}

/** What a host can do for a view; a view asks for nothing else. */
type Capability = 'openLinks' | 'downloadFile' | 'serverTools' | 'message' | 'updateModelContext';

/** How a host shows a view. */
export interface HostContext {
  readonly theme?: 'light' | 'dark';
  readonly styles?: { readonly variables?: Readonly<Record<string, string | undefined>> };
  readonly displayMode?: string;
  readonly availableDisplayModes?: readonly string[];
  readonly containerDimensions?: { readonly height?: number; readonly maxHeight?: number };
}

interface Waiting {
  readonly resolve: (result: Params) => void;
  readonly reject: (error: Error) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** How long a host may take to answer, in milliseconds: somebody may be asked in between. */
const longestAnswerMs = 120_000;

/** The host around a view. */
export class Host {
  capabilities: Partial<Record<Capability, object>> = {};
  context: HostContext = {};
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: Readonly<Record<string, (params: Params) => void>>;
  #lastId = 0;

  /** @param listeners what is done at the host's notifications, by their names behind `ui/notifications/` */
  constructor(listeners: Readonly<Record<string, (params: Params) => void>>) {
    this.#listeners = listeners;
  }

  /** Shakes hands; the host sends the tool's arguments and its result afterwards. */
  async connect(name: string): Promise<void> {
    addEventListener('message', event => {
      if (event.source === parent) this.#take(event.data);
    });
    const { hostCapabilities, hostContext } = await this.#ask('ui/initialize', {
      protocolVersion: '2026-01-26',
      appInfo: { name: `charitylog-${name}`, version: '1' },
      appCapabilities: { availableDisplayModes: ['inline', 'fullscreen'] },
    });
    this.capabilities = hostCapabilities ?? {};
    this.context = (hostContext ?? {}) as HostContext;
    this.#notify('initialized', {});
  }

  can(what: Capability): boolean {
    return this.capabilities[what] !== undefined;
  }

  get canBeFull(): boolean {
    return (
      this.context.displayMode !== 'fullscreen' && this.context.availableDisplayModes?.includes('fullscreen') === true
    );
  }

  callTool(name: string, args: Params): Promise<ToolResult> {
    return this.#ask('tools/call', { name, arguments: args });
  }

  /** Has the host send a message as the user's. */
  say(text: string): Promise<unknown> {
    return this.#request('message', { role: 'user', content: [{ type: 'text', text }] });
  }

  /** Tells the assistant something, for the next time that it is asked. */
  tell(text: string): Promise<unknown> {
    return this.#request('update-model-context', { content: [{ type: 'text', text }] });
  }

  openLink(url: string): Promise<unknown> {
    return this.#request('open-link', { url });
  }

  saveFile(name: string, mimeType: string, text: string): Promise<unknown> {
    const resource = { uri: `file:///${name}`, mimeType, text };
    return this.#request('download-file', { contents: [{ type: 'resource', resource }] });
  }

  async becomeFull(): Promise<void> {
    const { mode } = await this.#request('request-display-mode', { mode: 'fullscreen' });
    this.context = { ...this.context, displayMode: String(mode) };
  }

  tellSize(width: number, height: number): void {
    this.#notify('size-changed', { width, height });
  }

  #ask(method: string, params: Params): Promise<Params> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise<Params>((resolve, reject) => {
      const timer = setTimeout(() => this.#end(id)?.reject(new Error('the host did not answer')), longestAnswerMs);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#post({ id, method, params });
    });
  }

  /** What waits for an answer, which waits no longer. */
  #end(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    clearTimeout(waiting?.timer);
    this.#waiting.delete(id);
    return waiting;
  }

  #notify(name: string, params: Params): void {
    this.#post({ method: `ui/notifications/${name}`, params });
  }

  #post(message: object): void {
    // A view has no origin, and doesn't know its host's. Nothing that it says is secret from the host.
    parent.postMessage({ jsonrpc: '2.0', ...message }, '*');
  }

  #take(message: unknown): void {
    const { id, method, params, result, error } = (message ?? {}) as Params;
    if (typeof method !== 'string') {
      const waiting = this.#end(Number(id));
      if (isObject(result)) waiting?.resolve(result);
      else waiting?.reject(new Error(`the host refused: ${JSON.stringify(error)}`));
    } else if (id !== undefined) {
      const isKnown = method === 'ping' || method === 'ui/resource-teardown';
      this.#post(isKnown ? { id, result: {} } : { id, error: { code: -32601, message: 'Method not found' } });
    } else {
      this.#listeners[method.replace('ui/notifications/', '')]?.(isObject(params) ? params : {});
    }
  }

  /** Asks for what the host does for the person; it may say that it didn't. */
  async #request(what: string, params: Params): Promise<Params> {
    const result = await this.#ask(`ui/${what}`, params);
    if (result.isError === true) throw new Error('the host refused');
    return result;
  }
}

function isObject(value: unknown): value is Params {
  return typeof value === 'object' && value !== null;
}
