/** A house whose two merchants share one account at a really started sandbox gateway; one clock for both sides. */
import { sql } from 'drizzle-orm';
import { uuidFromId } from '@/core/ids';
import type { LedgerKind } from '@/core/ledger';
import type { GatewayResult } from '@/core/payment-attempt';
import { insertEvent } from '@/db/queries/events';
import { insertLedgerEntry } from '@/db/queries/ledger';
import { setClock } from '@/db/testing';
import { authorize, charge, GATEWAY_KEY, testSandbox } from '@/sandbox/testing';
import type { Ctx } from '../context';
import { sealGatewaySecret } from '../gateways';
import { newId } from '../ids';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { listPaymentProfiles } from '../payment-profiles';
import { type TestHouse, testHouse } from '../testing';

const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };

export type Paid = { link: string; attempt: string; payment: string; amountMinor: number; currency: string };

export type BalanceHouse = Awaited<ReturnType<typeof balanceHouse>>;

/** The merchant's default profile. */
export async function profileOf(ctx: Ctx): Promise<string> {
  const found = await listPaymentProfiles(ctx);
  const profile = found.ok && found.value[0];
  if (!profile) throw new Error('no profile');
  return profile.id;
}

async function shareAccount(house: TestHouse): Promise<void> {
  for (const ctx of [house.as('owner'), house.stranger]) {
    const profile = await profileOf(ctx);
    const secret = sealGatewaySecret(ctx.config, ctx.merchantId, profile, GATEWAY_KEY);
    await ctx.db.execute(
      sql`update gateway_accounts set gateway_secret = ${secret} where merchant_id = ${ctx.merchantId}`,
    );
  }
}

export async function balanceHouse() {
  const offset = { ms: 0 };
  const box = await testSandbox({ now: () => new Date(Date.now() + offset.ms) });
  const house = await testHouse({ sandboxUrl: box.url });
  const { db } = house.services;
  await shareAccount(house);

  /** Sets the gateway's clock and ours; `hereAt` where ours differs. */
  const at = async (time: string, hereAt = time): Promise<void> => {
    offset.ms = Date.parse(time) - Date.now();
    await setClock(db, (Date.parse(hereAt) - Date.now()) / 1000);
  };

  /** A link with its attempt submitted, as far as the gateway's answer. */
  async function submit(ctx: Ctx, amountMinor: number, currency: string) {
    const link = await createPaymentLink(ctx, { amountMinor, currency });
    const payer: Ctx = { ...ctx, actor: { kind: 'payer' } };
    const started = link.ok ? await startPaymentAttempt(payer, link.value.id) : link;
    if (!link.ok || !started.ok) throw new Error('not started');
    const { attempt } = started.value;
    const submitted = await submitPaymentAttempt(payer, { attempt, amountMinor, currency, card });
    if (!submitted.ok) throw new Error(submitted.error.message);
    return { link: link.value.id, attempt, payer };
  }

  /** Charges at the gateway under the attempt's reference; the gateway's id of the payment. */
  async function chargeThere(attempt: string, link: string, amountMinor: number, currency: string) {
    const order = { reference: attempt, paymentLink: link, amountMinor, currency };
    const { body } = await authorize(box.call, charge('4242424242424242', order));
    return String(body.id);
  }

  /** Pays a link: charged at the gateway, then told to us. `between` happens after the charge and before we know. */
  async function pay(
    amountMinor: number,
    currency = 'GBP',
    ctx = house.as('owner'),
    between?: () => Promise<void>,
  ): Promise<Paid> {
    const { link, attempt, payer } = await submit(ctx, amountMinor, currency);
    const payment = await chargeThere(attempt, link, amountMinor, currency);
    await between?.();
    const result: GatewayResult = { kind: 'authorized', captured: true, gatewayReference: payment, card };
    await recordAttemptResult(payer, { attempt, amountMinor, currency, result });
    return { link, attempt, payment, amountMinor, currency };
  }

  /** Enters money that moved after a payment, with the event that tells of it. */
  async function enter(
    { link, attempt, currency }: Paid,
    kind: Exclude<LedgerKind, 'payment' | 'adjustment'>,
    amountMinor: number,
    id = newId(kind === 'refund' ? 'refund' : 'dispute'),
  ): Promise<string> {
    const { merchantId } = house;
    const about = kind === 'refund' ? { refundId: id } : { disputeId: id };
    const type = {
      refund: 'refund.succeeded',
      chargeback: 'dispute.opened',
      reversal: 'dispute.closed',
    } as const;
    const ids = { merchantId, paymentLinkId: link, paymentAttemptId: attempt };
    await insertLedgerEntry(db, { ...ids, ...about, id: newId('ledgerEntry'), kind, amountMinor, currency });
    const column = kind === 'refund' ? sql`refunded_minor` : sql`disputed_minor`;
    const change = kind === 'reversal' ? -amountMinor : amountMinor;
    await db.execute(sql`update payment_links set ${column} = ${column} + ${change}
      where merchant_id = ${merchantId} and id = ${uuidFromId('paymentLink', link)}`);
    await insertEvent(db, {
      merchantId,
      id: newId('event'),
      type: type[kind],
      paymentLinkId: link,
      sequence: 100 + ++sequence,
      payload: JSON.stringify({ data: { id, amountMinor } }),
      actorName: 'Test',
      occurredAt: new Date(),
    });
    return id;
  }
  let sequence = 0;

  const act = (path: string, body: object) => box.call('POST', `/control/gateway/${path}`, body);
  const close = async () => {
    await house.close();
    await box.stop();
  };
  return { house, box, db, at, pay, enter, submit, chargeThere, act, close };
}
