import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>;
type WithAxe = Window & { axe: { run: (context: Document, options: object) => Promise<Results> } };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SILENT = 'iframe[sandbox="allow-same-origin"]';
const ONLY_FAULTS: Parameters<AxeBuilder['options']>[0] = { resultTypes: ['violations'] };

/**
 * What axe finds wrong on a page, its frames included but for those in which nothing runs. A page without frames is given axe once,
 * however often it is looked at: that alone is half of the time. It is looked at when it is there: the shape that stands for a
 * list while it is read has no heading yet.
 */
export async function faultsOf(page: Page): Promise<Results['violations']> {
  await expect(page.locator('div[aria-busy=true]')).toHaveCount(0);
  if (page.frames().length > 1)
    return (await new AxeBuilder({ page }).options(ONLY_FAULTS).exclude(SILENT).analyze()).violations;
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(
    async (options) => (await (window as unknown as WithAxe).axe.run(document, options)).violations,
    ONLY_FAULTS,
  );
}
