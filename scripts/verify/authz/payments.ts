/** Payments as far as a row of the matrix needs them, charged at the sandbox's gateway where money must be there. */
import type { SubmitGrant } from '@/core/card-ticket';
import { uuidFromId } from '@/core/ids';
import type { GatewayResult } from '@/core/payment-attempt';
import type { Ctx } from '@/lib/context';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '@/lib/payment-attempts';
import { issue, must, type Site } from './links';

/** `begun`: Pay was pressed. `sent`: the card process has the right to send. */
export type How = 'begun' | 'sent' | 'paid' | 'held' | 'bank check' | 'unknown';

const CARD = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034 };

/** Charges at the gateway as the card process does. */
async function charged({ attempt, ...grant }: SubmitGrant, returnUrl: string): Promise<GatewayResult> {
  const { paymentLink, amountMinor, currency, channel, capture, gateway } = grant;
  const number = { number: '4242424242424242', csc: '123', name: 'A Payer', expMonth: 12, expYear: 2034 };
  const order = { reference: attempt, paymentLink, amountMinor, currency, channel, capture };
  const answer = await fetch(`${gateway.url}/payments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.apiKey}`, 'idempotency-key': attempt },
    body: JSON.stringify({ ...order, account: gateway.account, card: number, challenge: { returnUrl } }),
  });
  const { id, status } = (await answer.json()) as { id: string; status: string };
  return { kind: 'authorized', captured: status === 'captured', gatewayReference: id, card: CARD };
}

/** A new link and its attempt. */
export async function submitted(site: Site, how: How) {
  const { house, merchant } = site;
  const link = await issue(site, how === 'held' ? { profile: merchant.later } : {});
  const payer: Ctx = { ...merchant.owner, actor: { kind: 'payer' } };
  const { attempt, amountMinor, currency } = must(await startPaymentAttempt(payer, link.id));
  const made = { ...link, attempt };
  if (how === 'begun') return made;
  const about = { attempt, amountMinor, currency };
  const grant = must(await submitPaymentAttempt(payer, { ...about, card: CARD }));
  if (how === 'sent') return made;
  if (how === 'unknown') {
    await house.sql`update payment_attempts set state = 'unknown', submitted_at = cf_now() - interval '2 days'
      where id = ${uuidFromId('paymentAttempt', attempt)}`;
    return made;
  }
  const returnUrl = `${house.plan.config.urls.card}/challenge-done`;
  const challengeUrl = `${house.plan.config.urls.sandbox}/acs/${attempt}`;
  const result: GatewayResult =
    how === 'bank check'
      ? { kind: 'requires_action', gatewayReference: `gw_${attempt.slice(-8)}`, challengeUrl, card: CARD }
      : await charged(grant, returnUrl);
  must(await recordAttemptResult(payer, { ...about, result }));
  return made;
}
