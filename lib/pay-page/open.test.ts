import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CardFacts, GatewayResult } from '@/core/payment-attempt';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { openPayPage } from './index';

const CARD: CardFacts = { brand: 'visa', last4: '0002', expMonth: 12, expYear: 2031 };
const LINKS = 14;
const READERS = 6;

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse({ max: 12 });
});
afterAll(() => house.close());

/** One link whose payment is submitted and then declined or accepted; gives its token and the act. */
async function deciding(declined: boolean): Promise<{ token: string; act: () => Promise<void> }> {
  const issued = await createPaymentLink(house.as('agent'), { amountMinor: 1240, currency: 'GBP' });
  if (!issued.ok) throw new Error(issued.error.code);
  const { id, url } = issued.value;
  const act = async () => {
    const started = await startPaymentAttempt(house.as('payer'), id);
    if (!started.ok) throw new Error(started.error.code);
    const call = { attempt: started.value.attempt, amountMinor: 1240, currency: 'GBP' };
    await submitPaymentAttempt(house.as('payer'), { ...call, card: CARD });
    const result: GatewayResult = declined
      ? { kind: 'declined', declineCode: 'do_not_honor', card: CARD }
      : { kind: 'authorized', captured: true, gatewayReference: `gw_${id}`, card: CARD };
    await recordAttemptResult(house.as('payer'), { ...call, result });
  };
  return { token: url.slice(url.lastIndexOf('/') + 1), act };
}

test('a page read while its payment is decided is of one moment: being paid exactly when an attempt is under way', async () => {
  const torn: string[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < LINKS; i++) {
    const { token, act } = await deciding(i % 2 === 0);
    let over = false;
    const reader = async () => {
      while (!over) {
        const opened = await openPayPage(house.services, token);
        if (opened.kind !== 'page') throw new Error(opened.kind);
        const { state, attempts, attempt } = opened.page;
        seen.add(state);
        const busy = state !== 'ready';
        if (busy !== (attempt !== null))
          torn.push(`${state} with ${attempts.map((one) => one.state).join()}`);
      }
    };
    const readers = Array.from({ length: READERS }, reader);
    await act().finally(() => {
      over = true;
    });
    await Promise.all(readers);
  }
  expect([...seen].sort()).toEqual(['paid', 'processing', 'ready']);
  expect(torn).toEqual([]);
});
