/** One visit of a page by a browser on a slow telephone: Slow 4G and a processor four times as slow. */
import type { Browser, BrowserContext, Page } from '@playwright/test';

export const ROUND_TRIP_MS = 150;
export const SLOW_4G = {
  offline: false,
  latency: ROUND_TRIP_MS,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
export const SLOWER = 4;
const PATIENCE_MS = 60_000;
/** The largest paint and shifts of the layout are told a little after they happened. */
export const AFTER_MS = 1_500;
export const SCREEN = { width: 390, height: 844 };

/** Milliseconds are from the begin of the navigation. `bytes`, as sent over the wire, and `requests` until the page is usable. */
export type Visit = {
  bytes: number;
  requests: number;
  paint: number;
  /** When the card field could be focused; null where a page has none. */
  focusable: number | null;
  shift: number;
};

/** What each document of a page keeps of itself. A card field can be focused once it is shown and not disabled. */
function watch(): void {
  const kept = { paint: 0, shift: 0, focusable: null as number | null };
  Object.assign(window, { kept });
  const observe = (type: string, each: (entry: PerformanceEntry) => void): void => {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  };
  observe('largest-contentful-paint', ({ startTime }) => {
    kept.paint = startTime;
  });
  observe('layout-shift', (entry) => {
    kept.shift += (entry as PerformanceEntry & { value: number }).value;
  });
  const looking = setInterval(() => {
    const field = document.querySelector<HTMLInputElement>('input[autocomplete=cc-number]');
    if (!field || field.disabled || field.getClientRects().length === 0) return;
    kept.focusable = performance.timeOrigin + performance.now();
    clearInterval(looking);
  }, 5);
}
type Kept = { paint: number; shift: number; focusable: number | null; origin: number };

const keptOf = (page: Page): Promise<Kept[]> =>
  Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => ({
        ...(window as unknown as { kept: Omit<Kept, 'origin'> }).kept,
        origin: performance.timeOrigin,
      })),
    ),
  );

/** A browser that has visited nothing. Its scripts are ours: a page's policy does not stop them. */
export const newVisitor = async (browser: Browser): Promise<BrowserContext> => {
  const context = await browser.newContext({
    viewport: SCREEN,
    isMobile: true,
    hasTouch: true,
  });
  await context.addInitScript(watch);
  return context;
};

async function untilUsable(page: Page, hasField: boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (hasField && !(await keptOf(page)).some(({ focusable }) => focusable !== null)) {
    if (performance.now() > end) throw new Error(`no card field on ${page.url()}`);
    await page.waitForTimeout(20);
  }
}

/** Visits `url`; `hasField`: whether a card field is waited for, or only that all is loaded. */
export async function visit(context: BrowserContext, url: string, hasField: boolean): Promise<Visit> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  const wire = { bytes: 0, requests: 0 };
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    wire.bytes += encodedDataLength;
    wire.requests += 1;
  });
  await page.goto(url, { waitUntil: 'load', timeout: PATIENCE_MS });
  await untilUsable(page, hasField);
  const { bytes, requests } = wire;
  await page.waitForTimeout(AFTER_MS);
  const all = await keptOf(page);
  await page.close();
  const [top] = all;
  const ready = all.find(({ focusable }) => focusable !== null)?.focusable ?? null;
  if (!top) throw new Error('the page has no document');
  return {
    bytes,
    requests,
    paint: top.paint,
    focusable: ready === null ? null : ready - top.origin,
    shift: Math.max(...all.map(({ shift }) => shift)),
  };
}
