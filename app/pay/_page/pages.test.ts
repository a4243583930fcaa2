import { afterAll, beforeAll, expect, test } from 'vitest';
import { LinkTales, VISA } from '@/lib/payment-links/testing';
import { type TestHouse, testHouse } from '@/lib/testing';
import { stateBody } from './states';
import { viewOf } from './view';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** The page of a link in words, as it is not told by tags. */
async function textOf(url: string): Promise<string> {
  const view = viewOf(house.services.config, await tales.page(url), 'token');
  return stateBody(view)
    .text.replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ');
}

test('while a payment is under way its page says how much it is and what for, and not to pay again', async () => {
  const link = await tales.issued({ reference: 'PAGE-1', amountType: 'partial' });
  const attempt = await tales.submitted(link.id, VISA, 400);
  const seen = [await textOf(link.url)];
  await tales.answer(attempt, { kind: 'unknown', reason: 'reset' });
  seen.push(await textOf(link.url));
  const challengeUrl = 'http://bank/acs/1';
  await tales.answer(attempt, {
    kind: 'requires_action',
    gatewayReference: 'gw_1',
    challengeUrl,
    card: VISA,
  });
  seen.push(await textOf(link.url));
  for (const [i, title] of ['Being paid', 'Confirming', 'bank'].entries()) {
    expect(seen[i]).toContain(title);
    for (const part of ['£4.00', 'Order 7', 'PAGE-1', 'Do not pay again']) expect(seen[i]).toContain(part);
  }
});
