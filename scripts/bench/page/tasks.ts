/**
 * The longest task of a visit by the browser's own account. Whoever watches from inside has a script run before all others, and
 * Playwright a world of its own in each page: both are 20 ms of the first task at a quarter of the processor's speed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession } from '@playwright/test';
import { AFTER_MS, SCREEN, SLOW_4G, SLOWER } from './visit';

type Answer = { id?: number; method?: string };
type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
};

/** A tab that Playwright knows nothing of: it is spoken to through the browser. */
async function openTab(browser: CDPSession, browserContextId: string) {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number | string, () => void>();
  const hear = (one: { sessionId: string; message: string }): void => {
    if (one.sessionId !== sessionId) return;
    const { id, method } = JSON.parse(one.message) as Answer;
    waiting.get(id ?? method ?? '')?.();
  };
  browser.on('Target.receivedMessageFromTarget', hear);
  const heard = (what: number | string): Promise<void> => new Promise((done) => waiting.set(what, done));
  let asked = 0;
  const send = async (method: string, params: object): Promise<void> => {
    const id = ++asked;
    const answer = heard(id);
    const message = JSON.stringify({ id, method, params });
    await browser.send('Target.sendMessageToTarget', { sessionId, message });
    await answer;
  };
  const close = async (): Promise<void> => {
    browser.off('Target.receivedMessageFromTarget', hear);
    await browser.send('Target.closeTarget', { targetId });
  };
  return { send, heard, close };
}

/** In ms, of all main threads that read a document. */
function longestOf(events: readonly TraceEvent[]): number {
  const thread = ({ pid, tid }: TraceEvent): string => `${pid} ${tid}`;
  const reading = new Set(events.filter(({ name }) => name === 'ParseHTML').map(thread));
  const tasks = events.filter(
    (one) => one.ph === 'X' && one.name.endsWith('RunTask') && reading.has(thread(one)),
  );
  if (tasks.length === 0) throw new Error('the browser accounted for no task');
  return Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1_000;
}

async function visitOnce(browser: CDPSession, browserContextId: string, url: string): Promise<number> {
  const tab = await openTab(browser, browserContextId);
  await tab.send('Page.enable', {});
  await tab.send('Network.enable', {});
  await tab.send('Network.emulateNetworkConditions', SLOW_4G);
  await tab.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await tab.send('Emulation.setDeviceMetricsOverride', { ...SCREEN, deviceScaleFactor: 1, mobile: true });
  const events: TraceEvent[] = [];
  const keep = ({ value }: { value: object[] }): void => void events.push(...(value as TraceEvent[]));
  browser.on('Tracing.dataCollected', keep);
  const includedCategories = ['toplevel', 'devtools.timeline'];
  await browser.send('Tracing.start', { traceConfig: { includedCategories, excludedCategories: ['*'] } });
  const loaded = tab.heard('Page.loadEventFired');
  await tab.send('Page.navigate', { url });
  await loaded;
  await sleep(AFTER_MS);
  const complete = new Promise((done) => browser.once('Tracing.tracingComplete', done));
  await browser.send('Tracing.end');
  await complete;
  browser.off('Tracing.dataCollected', keep);
  await tab.close();
  return longestOf(events);
}

/** Of a browser that was never there, and of the same once more. */
export async function longestTasks(browser: Browser, url: string): Promise<{ cold: number; warm: number }> {
  const devtools = await browser.newBrowserCDPSession();
  const { browserContextId } = await devtools.send('Target.createBrowserContext');
  const cold = await visitOnce(devtools, browserContextId, url);
  const warm = await visitOnce(devtools, browserContextId, url);
  await devtools.send('Target.disposeBrowserContext', { browserContextId });
  await devtools.detach();
  return { cold, warm };
}
