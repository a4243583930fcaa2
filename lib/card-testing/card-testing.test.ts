import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MAX_TRIES_SHARED, SHARED_NETWORK } from '@/core/card-testing';
import { DECLINE_CODES, type GatewayResult } from '@/core/payment-attempt';
import { listOpenAlerts } from '@/db/queries/alerts';
import type { PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { setClock } from '@/db/testing';
import { attemptText, codeForPayer, refusalText } from '../pay-page';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink, readLinkHistory } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { settleCardTesting } from '.';

const call = (attempt: string) => ({ attempt, amountMinor: 1240, currency: 'GBP' });
const card = (n = 4242) => ({
  brand: 'visa',
  last4: String(n).padStart(4, '0'),
  expMonth: 12,
  expYear: 2031,
});
const declined: GatewayResult = { kind: 'declined', declineCode: 'do_not_honor' };
const paid = (id: string): GatewayResult => ({
  kind: 'authorized',
  captured: true,
  gatewayReference: `gw_${id}`,
  card: card(),
});
const STOPPED = { error: { code: 'card_testing' } };

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

/** The house of the second merchant, whose payer and staff act there. */
const other = (): TestHouse => {
  const { merchantId } = house.stranger;
  return { ...house, as: (who, scopes) => ({ ...house.as(who, scopes), merchantId }) };
};

async function issue(on = house): Promise<string> {
  const outcome = await createPaymentLink(on.as('owner'), { amountMinor: 1240, currency: 'GBP' });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.id;
}
const start = async (network?: string, on = house) =>
  startPaymentAttempt(on.as('payer'), await issue(on), { network });

/** A try on a link of its own, from the press of Pay to its end; the refusal's code where it was stopped. */
async function tryToPay(result: GatewayResult | 'paid', network?: string, n?: number, on = house) {
  const started = await start(network, on);
  if (!started.ok) return started.error.code;
  const { attempt } = started.value;
  const submitted = await submitPaymentAttempt(on.as('payer'), { ...call(attempt), card: card(n) });
  if (!submitted.ok) return submitted.error.code;
  await recordAttemptResult(on.as('payer'), {
    ...call(attempt),
    result: result === 'paid' ? paid(attempt) : result,
  });
  return 'sent';
}

/** `count` tries, of which `bad` are declined. */
async function tries(count: number, bad: number): Promise<void> {
  for (let i = 0; i < count; i++) await tryToPay(i < bad ? declined : 'paid');
}
const alerts = (merchantId = house.merchantId) => listOpenAlerts(house.services.db, merchantId, 10);

describe('the breaker of a merchant', () => {
  test('20 tries with 16 declines open it; it closes after 15 minutes, and its alert puts itself away', async () => {
    const link = await issue();
    const early = await startPaymentAttempt(house.as('payer'), await issue());
    await tries(20, 16);
    expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject(STOPPED);
    expect(await alerts()).toMatchObject([{ kind: 'card_testing', subject: 'breaker' }]);
    if (!early.ok) throw new Error('not started');
    const late = { ...call(early.value.attempt), card: card() };
    expect(await submitPaymentAttempt(house.as('payer'), late)).toMatchObject(STOPPED);
    const history = await readLinkHistory(house.as('agent'), link);
    if (!history.ok) throw new Error('not read');
    expect(history.value.attempts).toMatchObject([{ state: 'abandoned', submittedAt: null }]);
    expect(history.value.events.at(-1)).toMatchObject({
      type: 'payment_attempt.abandoned',
      detail: 'breaker',
    });
    await setClock(house.services.db, 890);
    expect(await settleCardTesting(house.services)).toBe(0);
    expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject(STOPPED);
    await setClock(house.services.db, 910);
    expect((await startPaymentAttempt(house.as('payer'), link)).ok).toBe(true);
    expect(await settleCardTesting(house.services)).toBe(1);
    expect(await alerts()).toEqual([]);
  });

  test('20 tries with 15 declines leave it shut, and so do 19 declines out of 19', async () => {
    await tries(19, 15);
    await tryToPay('paid');
    expect((await start()).ok).toBe(true);
    const on = other();
    for (let i = 0; i < 19; i++) await tryToPay(declined, undefined, i, on);
    expect((await start(undefined, on)).ok).toBe(true);
    expect(await tryToPay(declined, undefined, 20, on)).toBe('sent');
    expect(await start(undefined, on)).toMatchObject(STOPPED);
  });

  test('another merchant and payments by telephone go on, and a payment under way ends as it ends', async () => {
    const inFlight = await start();
    const phone = await start();
    if (!inFlight.ok || !phone.ok) throw new Error('not started');
    await submitPaymentAttempt(house.as('payer'), { ...call(inFlight.value.attempt), card: card() });
    await tries(19, 19);
    expect(await start()).toMatchObject(STOPPED);
    expect((await start(undefined, other())).ok).toBe(true);
    const moto = phone.value.attempt;
    await house.services.db.execute(
      sql`update payment_attempts set channel = 'moto' where state = 'created'`,
    );
    const submitted = await submitPaymentAttempt(house.as('payer'), { ...call(moto), card: card() });
    expect(submitted.ok).toBe(true);
    const { attempt } = inFlight.value;
    expect(
      await recordAttemptResult(house.as('payer'), { ...call(attempt), result: paid(attempt) }),
    ).toMatchObject({ ok: true, value: { state: 'succeeded' } });
  });

  test('a shop with many payments and its usual declines is untouched, and so are declines of an hour ago', async () => {
    await issue();
    await plant({ count: 3000, state: sql`case when n % 4 = 0 then 'declined' else 'succeeded' end` });
    expect((await start()).ok).toBe(true);
    await plant({ count: 500, state: sql`'declined'`, secondsAgo: 3600 });
    expect((await start()).ok).toBe(true);
    expect(await alerts()).toEqual([]);
  });
});

/** Puts tries as they would stand on a link of the house. */
const plant = (of: { count: number; state: ReturnType<typeof sql>; secondsAgo?: number; network?: string }) =>
  house.services.db.execute(sql`
    insert into payment_attempts (merchant_id, id, payment_link_id, state, amount_minor, currency, channel, gateway,
      gateway_account_id, network, submitted_at, exclusive)
    select p.merchant_id, gen_random_uuid(), p.id, ${of.state}, 1240, 'GBP', 'ecommerce', 'sandbox',
      (select gateway_account_id from payment_profiles f where f.merchant_id = p.merchant_id limit 1), ${of.network ?? null},
      cf_now() - make_interval(secs => ${of.secondsAgo ?? 1}), false
    from generate_series(1, ${of.count}) n, (select * from payment_links where merchant_id = ${house.merchantId} limit 1) p`);

describe('the budget of a network', () => {
  const network = '203.0.113.7';

  test('ten tries in ten minutes, over all merchants; the eleventh is stopped, from elsewhere and later it is not', async () => {
    for (let i = 0; i < 10; i++)
      expect(await tryToPay(declined, network, i % 3, i < 5 ? house : other())).toBe('sent');
    expect(await tryToPay('paid', network)).toBe('card_testing');
    const told = { subject: `network ${network}`, message: expect.stringContaining(network) };
    expect(await alerts()).toMatchObject([told]);
    const next = '203.0.113.8';
    expect(await tryToPay('paid', next)).toBe('sent');
    await plant({ count: 10, state: sql`'declined'`, network: next });
    expect(await tryToPay('paid', next)).toBe('card_testing');
    expect(await alerts()).toHaveLength(2);
    expect(await alerts()).toContainEqual(expect.objectContaining({ subject: `network ${next}` }));
    await setClock(house.services.db, 610);
    expect(await tryToPay('paid', network)).toBe('sent');
  });

  test('six cards; a seventh is stopped when it is submitted, one of the six is not', async () => {
    for (let i = 0; i < 6; i++) expect(await tryToPay(declined, network, i)).toBe('sent');
    const link = await issue();
    const seventh = await startPaymentAttempt(house.as('payer'), link, { network });
    if (!seventh.ok) throw new Error('not started');
    const { attempt } = seventh.value;
    const submitted = await submitPaymentAttempt(house.as('payer'), { ...call(attempt), card: card(7) });
    expect(submitted).toMatchObject(STOPPED);
    const history = await readLinkHistory(house.as('agent'), link);
    expect(history).toMatchObject({ value: { link: { status: 'active' } } });
    expect(await tryToPay('paid', network, 5)).toBe('sent');
  });

  test('payments that succeed use nothing up: many customers may share a network', async () => {
    for (let i = 0; i < 15; i++) expect(await tryToPay('paid', network, i)).toBe('sent');
  });

  test('pressed at the same moment, no more go through than the budget and what is under way at once', async () => {
    const started = await Promise.all(Array.from({ length: 40 }, () => start(network)));
    const attempts = started.flatMap((one) => (one.ok ? [one.value.attempt] : []));
    expect(attempts).toHaveLength(40);
    const outcomes = await Promise.all(
      attempts.map((attempt) => submitPaymentAttempt(house.as('payer'), { ...call(attempt), card: card() })),
    );
    const CONNECTIONS = 10;
    expect(outcomes.filter((one) => one.ok).length).toBeLessThanOrEqual(10 + CONNECTIONS);
    expect(await start(network)).toMatchObject(STOPPED);
  });

  test('payers whose network is not known share a budget for many', async () => {
    await issue();
    const planted = { state: sql`'failed'`, network: SHARED_NETWORK };
    await plant({ ...planted, count: MAX_TRIES_SHARED - 1 });
    expect((await start(SHARED_NETWORK)).ok).toBe(true);
    await plant({ ...planted, count: 1 });
    expect(await start(SHARED_NETWORK)).toMatchObject(STOPPED);
    expect((await start()).ok).toBe(true);
  });
});

describe('what a payer can learn', () => {
  test('one sentence for whatever stopped a try, and a code that does not tell', async () => {
    await tries(20, 20);
    const told = [await start(), await start('203.0.113.9')];
    expect(new Set(told.map((one) => !one.ok && one.error.message)).size).toBe(1);
    expect(codeForPayer('card_testing')).toBe('rate_limited');
    expect(codeForPayer('being_paid')).toBe('being_paid');
    expect(refusalText('card_testing')).toBe('result.try_later');
  });

  test('one sentence for every decline of a bank; only a bank check that was not passed has its own', () => {
    const textOf = (declineCode: (typeof DECLINE_CODES)[number]) =>
      attemptText({ state: 'declined', declineCode } as PaymentAttemptRow);
    const codes = DECLINE_CODES.filter((code) => code !== 'authentication_failed');
    expect(new Set(codes.map(textOf))).toEqual(new Set(['result.declined']));
    expect(textOf('authentication_failed')).toBe('result.challenge_failed');
  });
});
