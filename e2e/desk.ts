import path from 'node:path';
import type { APIRequestContext, Browser, BrowserContext, Page } from '@playwright/test';
import { faultsOf } from './axe';
import { APPROVED, bank, expect, expectState, type Link, pay, run, signIn } from './support';

const folder = process.env.CF_SCREENS;

type Look = {
  /** Looks only like others that are held: looked at when pictures are taken. */
  alike?: boolean;
};
const TABLET = { size: { width: 768, height: 1024 }, colorScheme: 'light' } as const;
/** The tablet only for pictures: what axe finds on it, it finds on one of the others. */
const SCREENS = {
  phone: { size: { width: 390, height: 844 }, colorScheme: 'dark' },
  ...(folder && { tablet: TABLET }),
  desktop: { size: { width: 1440, height: 900 }, colorScheme: 'light' },
} as const;

/** What has to be scrolled sideways: the page, or a dialog over it. */
export const tooWide = (page: Page): Promise<string[]> =>
  page
    .locator('html, dialog[open]')
    .evaluateAll((all) =>
      all
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ tagName, scrollWidth }) => `${tagName} ${scrollWidth}`),
    );

/**
 * Nothing that axe knows is wrong, on a phone in the dark and on a desk in the light, and nothing is wider than the screen.
 * CF_SCREENS names a folder for pictures, of both and a tablet in both.
 */
export async function looksRight(page: Page, name: string, { alike = false }: Look = {}): Promise<void> {
  if (alike && !folder) return;
  const before = page.viewportSize();
  for (const [screen, { size, colorScheme: usual }] of Object.entries(SCREENS)) {
    await page.setViewportSize(size);
    expect(await tooWide(page)).toEqual([]);
    for (const colorScheme of folder ? (['light', 'dark'] as const) : [usual]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await faultsOf(page)).toEqual([]);
      const fullPage = (await page.locator('dialog[open]').count()) === 0;
      if (folder)
        await page.screenshot({ path: path.join(folder, `${name}-${screen}-${colorScheme}.png`), fullPage });
    }
  }
  if (before) await page.setViewportSize(before);
}

/** The page of the payer's bank is seen whole on every screen: nothing of it is cut, nothing scrolls in its frame. */
export async function showsWholeBank(page: Page): Promise<void> {
  const before = page.viewportSize();
  const cut = () =>
    bank(page)
      .locator('html')
      .evaluate(({ scrollHeight, scrollWidth }) => [scrollHeight > innerHeight, scrollWidth > innerWidth]);
  for (const { size } of Object.values(SCREENS)) {
    await page.setViewportSize(size);
    await expect.poll(cut).toEqual([false, false]);
  }
  if (before) await page.setViewportSize(before);
}

/** How the link of a page stands, in words. */
export const standing = (page: Page) => page.getByRole('status', { name: 'How it stands' });
export const act = (page: Page, name: string) =>
  page.getByRole('region', { name: 'What you can do' }).getByRole('button', { name });
export const dialog = (page: Page) => page.getByRole('dialog');
export const detail = (link: Link) => `${run.portalUrl}/admin/links/${link.id}`;

type Payer = { card?: { number: string }; look?: string };

/** A payer at a browser of their own sends this card, and leaves once the page says so. `look`: it looks right meanwhile. */
export async function payer(
  browser: Browser,
  link: Link,
  state: string,
  { card = APPROVED, look }: Payer = {},
): Promise<void> {
  const page = await browser.newPage();
  await page.goto(link.url);
  await pay(page, card);
  await expectState(page, state);
  if (look) await looksRight(page, look);
  await page.close();
}

type SignedIn = { cookies: Awaited<ReturnType<BrowserContext['cookies']>>; at: number };
const signedIn = new Map<string, SignedIn>();
/** A sign-in proves the person for five minutes; a test may take two of them. */
const SIGN_IN_IS_KEPT_MS = 150_000;

/** Somebody of the staff at this page, signed in so lately that no password is asked again. */
export async function as(page: Page, who: typeof run.admin): Promise<void> {
  await page.context().clearCookies();
  const kept = signedIn.get(who.email);
  if (kept && Date.now() - kept.at < SIGN_IN_IS_KEPT_MS) return page.context().addCookies(kept.cookies);
  await signIn(page, who);
  signedIn.set(who.email, { cookies: await page.context().cookies(), at: Date.now() });
}

/** Tells the sandbox to fail; returns how it is told to stop. */
export async function fault(request: APIRequestContext, data: Record<string, unknown>) {
  const told = await request.post(`${run.sandboxUrl}/control/faults`, { data: { times: 200, ...data } });
  expect(told.status()).toBe(201);
  const { id } = (await told.json()) as { id: string };
  return () => request.delete(`${run.sandboxUrl}/control/faults/${id}`);
}
