import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import type { Json } from '@/sandbox/testing';
import { listLinkDisputes } from '../disputes';
import {
  books,
  control,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  paidLink,
  pay,
  submit,
  truth,
  unwrap,
  work,
  workUntil,
} from '../gateways/testing';
import { listLinkRefunds } from '../refunds';
import { apply, isSettled, notesOf, say, told } from './testing';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

describe('refunds and disputes of the provider', () => {
  test('a refund begun at the provider gets its row, sums, ledger entry and events', async () => {
    const { link, attempt } = await paidLink(house);
    await control(house, 'POST', 'gateway/refund', { reference: attempt, amountMinor: 240 });
    await told(house, attempt, 'refund.succeeded');
    await work(house);
    expect(unwrap(await listLinkRefunds(house.as('owner'), link)).data).toMatchObject([
      { amountMinor: 240, state: 'succeeded', createdBy: { kind: 'gateway', name: 'Gateway' } },
    ]);
    expect(await books(house, link)).toMatchObject({
      link: { status: 'partially_refunded', refundedMinor: 240 },
      ledger: ['payment 1240', 'refund 240'],
    });
  });

  test('one that is pending there is followed by its own reference, and never asked for', async () => {
    const { link, attempt } = await paidLink(house, 1013);
    await control(house, 'PUT', 'settings', { refundAfterMs: 300 });
    await control(house, 'POST', 'faults', {
      ...{ target: 'gateway_webhooks', operation: 'refund', kind: 'delay', delayMs: 60_000 },
      ...{ match: { reference: attempt }, times: 1 },
    });
    await control(house, 'POST', 'gateway/refund', { reference: attempt });
    await say(house, 'refund.pending', await refundAt(attempt));
    await workUntil(house, async () => (await books(house, link)).link.status === 'refunded');
    expect(await truth(house, attempt)).toEqual(['payment captured 1013', 'refund succeeded 1013']);
  });

  /** The one refund of a payment as the gateway would tell it while it is pending. */
  async function refundAt(attempt: string): Promise<Json> {
    const payments = (await house.box.call('GET', `/gateway/payments?reference=${attempt}`)).body.data;
    const [payment] = payments as Json[];
    const { data } = (await house.box.call('GET', `/gateway/refunds?payment=${payment?.id}`)).body;
    return { ...(data as Json[])[0], status: 'pending' };
  }

  test('a refund told before its payment waits, and is applied when the payment has moved', async () => {
    const link = await issue(house);
    const { attempt, send } = await submit(house, link);
    const lose = { target: 'gateway_webhooks', kind: 'lose', match: { reference: attempt }, times: 2 };
    await control(house, 'POST', 'faults', lose);
    await send();
    await control(house, 'POST', 'gateway/refund', { reference: attempt, amountMinor: 100 });
    const payment = (await house.box.call('GET', `/gateway/payments?reference=${attempt}`)).body.data;
    await say(house, 'refund.succeeded', { ...(await refundAt(attempt)), status: 'succeeded' });
    await work(house);
    expect((await notesOf(house, attempt)).map(({ state }) => state)).toEqual(['waiting']);
    await say(house, 'payment.captured', (payment as Json[])[0] ?? {});
    await work(house);
    expect(await isSettled(house, attempt)).toBe(true);
    expect(await books(house, link)).toMatchObject({ ledger: ['payment 1240', 'refund 100'] });
  });

  test('a dispute takes the money, won it comes back, lost it stays gone; each is told', async () => {
    for (const [outcome, status, ledger] of [
      ['won', 'paid', ['chargeback 1240', 'payment 1240', 'reversal 1240']],
      ['lost', 'disputed', ['chargeback 1240', 'payment 1240']],
    ] as const) {
      const { link, attempt } = await paidLink(house);
      const dispute = await control(house, 'POST', 'gateway/dispute', { reference: attempt });
      await told(house, attempt, 'dispute.opened');
      await work(house);
      expect((await books(house, link)).link).toMatchObject({ status: 'disputed', disputedMinor: 1240 });
      await control(house, 'POST', `gateway/dispute/${dispute.id}/close`, { outcome });
      await told(house, attempt, `dispute.${outcome}`);
      await work(house);
      expect(await books(house, link)).toMatchObject({ link: { status }, ledger });
      const events = (await historyOf(house, link)).events.map(({ type }) => type);
      expect(events.filter((type) => type.startsWith('dispute.'))).toEqual([
        'dispute.opened',
        'dispute.closed',
      ]);
      expect(unwrap(await listLinkDisputes(house.as('viewer'), link)).data).toMatchObject([
        { object: 'dispute', state: outcome, reason: 'fraudulent' },
      ]);
      expect(await listLinkDisputes(house.stranger, link)).toMatchObject({ error: { code: 'not_found' } });
    }
  });

  test('the card that is disputed by itself ends as disputed', async () => {
    await control(house, 'PUT', 'settings', { disputeAfterMs: 50 });
    const link = await issue(house);
    const { attempt } = await pay(house, link, { number: '4000000000000259' });
    await told(house, attempt, 'dispute.opened');
    await work(house);
    expect((await books(house, link)).link.status).toBe('disputed');
  });

  test('a refund of ours for another amount, and one that ended otherwise, are set aside', async () => {
    const { attempt, link } = await paidLink(house);
    await control(house, 'POST', 'gateway/refund', { reference: attempt, amountMinor: 100 });
    await told(house, attempt, 'refund.succeeded');
    await work(house);
    const one = { ...(await refundAt(attempt)), status: 'succeeded' };
    expect(await apply(house, await say(house, 'refund.succeeded', one))).toBe('applied');
    expect(await apply(house, await say(house, 'refund.succeeded', { ...one, amountMinor: 99 }))).toBe(
      'quarantined',
    );
    expect(await apply(house, await say(house, 'refund.failed', { ...one, status: 'failed' }))).toBe(
      'quarantined',
    );
    expect(await apply(house, await say(house, 'refund.succeeded', { ...one, currency: 'EUR' }))).toBe(
      'quarantined',
    );
    expect((await books(house, link)).ledger).toEqual(['payment 1240', 'refund 100']);
  });
});
