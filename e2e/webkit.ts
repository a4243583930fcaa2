import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { OTHER } from './other-browsers';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const START_MS = 20_000;

/** Keys that are no letters, as WebDriver writes them. */
export const TAB = '\uE004';
export const ENTER = '\uE007';

async function call<T>(url: string, method: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: T };
  if (!answer.ok) throw new Error(`${method} ${url}: ${JSON.stringify(value)}`);
  return value;
}

/** Tries until the driver listens. */
async function begin(root: string, capabilities: object): Promise<{ sessionId: string }> {
  for (const since = Date.now(); ; await sleep(100)) {
    try {
      return await call(root, 'POST', { capabilities });
    } catch (error) {
      // What fetch itself throws: nobody listens yet.
      if (!(error instanceof TypeError) || Date.now() - since > START_MS) throw error;
    }
  }
}

/** WebKit as GTK has it, which refuses what third parties store; as much of the W3C's WebDriver as a payer's way needs. */
export class WebKit {
  private constructor(
    private readonly driver: ChildProcess,
    private readonly session: string,
  ) {}

  static async open(): Promise<WebKit> {
    const { browser, driver: program, screen, port } = OTHER.webkit;
    const driver = spawn(screen, ['-a', program, `--port=${port}`], { detached: true });
    const root = `http://127.0.0.1:${port}/session`;
    const options = { binary: browser, args: ['--automation'] };
    const { sessionId } = await begin(root, { alwaysMatch: { 'webkitgtk:browserOptions': options } });
    return new WebKit(driver, `${root}/${sessionId}`);
  }

  goto = (url: string): Promise<unknown> => call(`${this.session}/url`, 'POST', { url });

  private async find(css: string): Promise<Record<string, string>> {
    return call(`${this.session}/element`, 'POST', { using: 'css selector', value: css });
  }

  async click(css: string): Promise<void> {
    const element = (await this.find(css))[ELEMENT];
    await call(`${this.session}/element/${element}/click`, 'POST', {});
  }

  /** Presses keys, wherever the focus is. */
  async press(keys: string): Promise<void> {
    const actions = [...keys].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
    await call(`${this.session}/actions`, 'POST', { actions: [{ type: 'key', id: 'keys', actions }] });
  }

  /** Into a frame of the page, or, without one, back to the page itself. */
  async enter(css?: string): Promise<void> {
    await call(`${this.session}/frame`, 'POST', { id: css ? await this.find(css) : null });
  }

  evaluate = <T>(expression: string): Promise<T> =>
    call(`${this.session}/execute/sync`, 'POST', { script: `return ${expression}`, args: [] });

  async close(): Promise<void> {
    await call(this.session, 'DELETE').catch(() => {});
    if (this.driver.pid) process.kill(-this.driver.pid);
  }
}
