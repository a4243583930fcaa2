import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/**
 * What axe finds wrong on a page, its frames included. A page without frames is looked at in one go ("legacy"): the other
 * way gathers every node that is right as well and opens a page of its own to sum up, three times as slow. It is looked at
 * when it is there; a frame in which nothing runs cannot be asked. The shape that stands for a list while it is read has no heading yet.
 */
export async function faultsOf(page: Page) {
  await expect(page.locator('div[aria-busy=true]')).toHaveCount(0);
  const hasFrames = page.frames().length > 1;
  const axe = new AxeBuilder({ page })
    .setLegacyMode(!hasFrames)
    .options({ resultTypes: ['violations'] })
    .exclude('iframe[sandbox="allow-same-origin"]');
  return (await axe.analyze()).violations;
}
