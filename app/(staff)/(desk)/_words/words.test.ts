import { afterAll, beforeAll, expect, test } from 'vitest';
import { type GatewayResult, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { cancelPaymentLink, listDeskLinks, readLinkHistory } from '@/lib/payment-links';
import { LinkTales, VISA } from '@/lib/payment-links/testing';
import { createRefund } from '@/lib/refunds';
import { type TestHouse, testHouse } from '@/lib/testing';
import { lineOf } from './line';
import { situationOf } from './situation';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const ANSWERS: Record<(typeof OPEN_ATTEMPT_STATES)[number], GatewayResult | null> = {
  submitted: null,
  requires_action: {
    kind: 'requires_action',
    gatewayReference: 'gw_1',
    challengeUrl: 'https://bank.example/',
    card: VISA,
  },
  unknown: { kind: 'unknown', reason: 'timeout' },
  authorized: { kind: 'authorized', captured: false, gatewayReference: 'gw_1', card: VISA },
};

/** What the link's page says first, what all of it says, and what the lists say. */
async function told(id: string) {
  const history = await readLinkHistory(house.as('agent'), id);
  const list = await listDeskLinks(house.as('agent'), {});
  if (!history.ok || !list.ok) throw new Error('not told');
  const link = list.value.data.find((one) => one.id === id);
  const all = situationOf(history.value, 'UTC');
  return { first: all[0], titles: all.map(({ title }) => title), line: link ? lineOf(link) : null };
}

test.each(OPEN_ATTEMPT_STATES)(
  'while a try is %s, page and lists say not to ask again; canceled, they still do',
  async (state) => {
    const { id } = await tales.issued();
    const ticket = await tales.submitted(id);
    const answer = ANSWERS[state];
    if (answer) await tales.answer(ticket, answer);
    for (const canceled of [false, true]) {
      if (canceled) await cancelPaymentLink(house.as('agent'), id);
      const { first, line } = await told(id);
      expect(first?.title).toContain('Do not ask for payment again');
      expect(line).toContain('o not ask again');
      expect(first?.text.includes('canceled while it was being paid')).toBe(canceled);
    }
  },
);

test('a refund under way is told not to be done again, beside what is paid', async () => {
  const { id } = await tales.issued();
  await tales.pay(id);
  expect(await createRefund(house.as('owner'), { paymentLink: id, amountMinor: 500 })).toMatchObject({
    ok: true,
  });
  expect(await told(id)).toMatchObject({
    titles: ['£12.40 is paid', 'A refund of £5.00 is under way. Do not refund it again'],
    line: 'Refund of £5.00 under way',
  });
});

test('what lists of staff tell is of one merchant alone', async () => {
  const { id } = await tales.issued();
  const list = await listDeskLinks(house.stranger, {});
  expect(list.ok && list.value.data.map((one) => one.id)).not.toContain(id);
  expect(await listDeskLinks(house.as('api', []), {})).toMatchObject({ error: { code: 'forbidden' } });
});
