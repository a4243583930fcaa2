import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, expectState, test } from './support';

const logs = path.join(path.dirname(process.env.CF_FIRST_RUN ?? ''), 'logs');

test('no log holds a link token', async ({ page, house }) => {
  const link = await house.issue();
  await page.goto(link.url);
  await expectState(page, 'ready');
  const token = link.url.slice(link.url.lastIndexOf('/') + 1);
  const files = readdirSync(logs).map((name) => path.join(logs, name));
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) expect(readFileSync(file, 'utf8').includes(token)).toBe(false);
});
