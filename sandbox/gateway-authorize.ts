/** Authorise: once per idempotency key, unless the reference is fenced or its intent says another amount. */

import type { Verdict } from '@/core/test-cards';
import { underFault } from './faults';
import { accepted, type Gateway } from './gateway-books';
import { type CardFacts, factsOf, verdictOf } from './gateway-cards';
import { type AuthorizeInput, authorizeInput, bodyHash, identifier } from './gateway-input';
import { paymentView } from './gateway-views';
import { type Answer, type Call, failure, HttpError, json, jsonBody, type Reply } from './http';
import { newId } from './ids';
import type { Payment, PaymentStatus } from './ledger-records';

const STATUS_OF: Record<Exclude<Verdict['kind'], 'approved'>, PaymentStatus> = {
  challenge: 'requires_action',
  declined: 'declined',
  failed: 'failed',
};

function newPayment(
  gateway: Gateway,
  input: AuthorizeInput,
  facts: CardFacts,
  key: string,
): [Payment, Verdict] {
  const now = gateway.now();
  const verdict = verdictOf(input.card, input.channel, now);
  const { reference, paymentLink, account, amountMinor, currency, capture, channel, challenge } = input;
  const expiresAt = new Date(now.getTime() + gateway.settings.challengeSeconds * 1000).toISOString();
  const payment: Payment = {
    id: newId('gw'),
    reference,
    paymentLink,
    ...(account === undefined ? {} : { account }),
    idempotencyKey: key,
    amountMinor,
    currency,
    status: verdict.kind === 'approved' ? 'authorized' : STATUS_OF[verdict.kind],
    capture,
    capturedMinor: 0,
    channel,
    ...facts,
    ...('code' in verdict ? { declineCode: verdict.code } : {}),
    ...(verdict.kind === 'challenge'
      ? { challenge: { returnUrl: challenge.returnUrl, expiresAt, accepted: verdict.accepted } }
      : {}),
    ...(verdict.kind === 'approved' && verdict.disputed ? { disputed: true } : {}),
    createdAt: now.toISOString(),
  };
  return [verdict.kind === 'approved' ? accepted(gateway, payment) : payment, verdict];
}

/** Why nothing may be charged under this reference; null when it may. */
function refusal({ ledger }: Gateway, input: AuthorizeInput): Answer | null {
  if (ledger.isFenced(input.reference))
    return failure(409, 'fenced', 'This reference was fenced: nothing may be charged under it.');
  const intent = ledger.intent(input.reference);
  const meant = intent?.amountMinor === input.amountMinor && intent.currency === input.currency;
  return !intent || meant ? null : failure(422, 'intent_mismatch', 'The intent says another amount.');
}

/** The handler of `POST /gateway/payments`. What refuses is asked again after any delay, in the same breath as the entry. */
export function authorizer(gateway: Gateway): (call: Call) => Promise<Reply> {
  const inFlight = new Set<string>();
  return async (call) => {
    const key = identifier.safeParse(call.req.headers['idempotency-key']);
    if (!key.success) throw new HttpError(400, 'invalid', 'An Idempotency-Key header is needed.');
    const input = jsonBody(call, authorizeInput, 400);
    const facts = factsOf(input.card);
    if (!facts)
      throw new HttpError(400, 'invalid', 'card: the number or security code is not one of a known brand');
    const refused = refusal(gateway, input);
    if (refused) return refused;
    if (inFlight.has(key.data))
      return failure(409, 'idempotency_in_flight', 'The first request is still being answered.');
    const hash = bodyHash(input, facts);
    const stored = gateway.ledger.answer(key.data, gateway.now());
    if (stored && stored.bodyHash !== hash)
      return failure(422, 'idempotency_mismatch', 'This key was used with another body.');
    if (stored) {
      await gateway.ledger.settled();
      return json(200, paymentView(stored.payment, gateway));
    }
    inFlight.add(key.data);
    try {
      return await underFault(gateway.faults.pick('gateway', 'authorize', input), async () => {
        const refusedNow = refusal(gateway, input);
        if (refusedNow) return refusedNow;
        const [payment, verdict] = newPayment(gateway, input, facts, key.data);
        await gateway.books.commit([{ type: 'payment', payment, bodyHash: hash }]);
        gateway.log('payment', { id: payment.id, reference: payment.reference, status: payment.status });
        const lost = verdict.kind === 'approved' && !verdict.answered;
        return lost ? { act: 'destroy' } : json(200, paymentView(payment, gateway));
      });
    } finally {
      inFlight.delete(key.data);
    }
  };
}
