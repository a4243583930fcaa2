/** Refunds: at once, later or not at all, as the last two digits of the amount say. */
import { underFault } from './faults';
import type { Gateway } from './gateway-books';
import { refundInput } from './gateway-input';
import { wrongState } from './gateway-payments';
import { refundView } from './gateway-views';
import { type Answer, type Call, failure, HttpError, json, jsonBody, type Reply, type Route } from './http';
import { newId } from './ids';
import { type Payment, type Refund, type RefundEnd, statusAt } from './ledger-records';

type Outcome = { later: boolean; end: RefundEnd };
const AT_ONCE: Outcome = { later: false, end: { status: 'succeeded' } };
const OUTCOMES = new Map<number, Outcome>([
  [13, { later: true, end: { status: 'succeeded' } }],
  [17, { later: true, end: { status: 'failed', reason: 'account_closed' } }],
  [19, { later: false, end: { status: 'failed', reason: 'refund_declined' } }],
]);

/** Begins a refund, by the caller under `reference` or by the provider (null). 409 or 422 where there is no room for it. */
export async function beginRefund(
  gateway: Gateway,
  payment: Payment,
  amountMinor: number,
  reference: string | null,
): Promise<Answer> {
  const now = gateway.now();
  const status = statusAt(payment, now);
  if (status !== 'captured') return wrongState(payment.id, status);
  if (amountMinor > gateway.ledger.roomMinor(payment))
    return failure(422, 'amount_too_large', 'More than what was captured and is not refunded or disputed.');
  const { later, end } = OUTCOMES.get(amountMinor % 100) ?? AT_ONCE;
  const at = new Date(now.getTime() + gateway.settings.refundAfterMs).toISOString();
  const createdAt = now.toISOString();
  const refund: Refund = {
    id: newId('gwr'),
    payment: payment.id,
    reference,
    amountMinor,
    currency: payment.currency,
    ...(later ? { status: 'pending', settles: { ...end, at } } : { ...end, settledAt: createdAt }),
    createdAt,
  };
  await gateway.books.commit([{ type: 'refund', refund }]);
  return json(200, refundView(refund, payment));
}

async function refundCall(gateway: Gateway, payment: Payment, call: Call): Promise<Reply> {
  const { amountMinor, reference } = jsonBody(call, refundInput, 400);
  const before = gateway.ledger.refund(reference);
  if (!before) return beginRefund(gateway, payment, amountMinor, reference);
  if (before.payment !== payment.id || before.amountMinor !== amountMinor)
    return failure(422, 'idempotency_mismatch', 'This refund reference was used for something else.');
  await gateway.ledger.settled();
  return json(200, refundView(before, payment));
}

/** What a fault may match of a refund: its payment's reference and link, and its own reference. */
function subjectOf(gateway: Gateway, refund: Refund | null, asked: string | null) {
  const payment = refund ? gateway.ledger.payment(refund.payment) : null;
  const alias = refund?.reference ?? asked;
  return { reference: payment?.reference ?? null, paymentLink: payment?.paymentLink ?? null, alias };
}

/** Handles `POST …/refunds` of a payment that is known; a fault also finds it by the refund's reference. */
export function refundHandler(gateway: Gateway, known: (call: Call) => Payment): Route['handler'] {
  return (call) => {
    const { reference, paymentLink } = known(call);
    const alias = jsonBody(call, refundInput, 400).reference;
    const fault = gateway.faults.pick('gateway', 'refund', { reference, paymentLink, alias });
    return underFault(fault, () => refundCall(gateway, known(call), call));
  };
}

export function refundReadRoutes(gateway: Gateway): Route[] {
  const { ledger } = gateway;
  const view = (refund: Refund): object[] => {
    const payment = ledger.payment(refund.payment);
    return payment ? [refundView(refund, payment)] : [];
  };
  const list = ({ url: { searchParams: query } }: Call): Promise<Reply> => {
    const [reference, payment] = [query.get('reference'), query.get('payment')];
    if ((reference === null) === (payment === null))
      throw new HttpError(400, 'invalid', 'Give reference or payment.');
    const found = (): Refund[] =>
      reference === null
        ? ledger.refundsOf(payment ?? '').reverse()
        : [ledger.refund(reference) ?? []].flat();
    const fault = gateway.faults.pick(
      'gateway',
      'read_refund',
      subjectOf(gateway, found()[0] ?? null, reference),
    );
    return underFault(fault, async () => {
      const data = found().flatMap(view);
      await ledger.settled();
      return json(200, { data });
    });
  };
  const one = ({ params }: Call): Promise<Reply> => {
    const found = () => ledger.refundById(params.id ?? '');
    const known = found();
    if (!known) throw new HttpError(404, 'not_found', 'There is no such refund.');
    return underFault(
      gateway.faults.pick('gateway', 'read_refund', subjectOf(gateway, known, null)),
      async () => {
        const [shown] = view(found() ?? known);
        await ledger.settled();
        return json(200, shown);
      },
    );
  };
  return [
    { method: 'GET', path: '/gateway/refunds', handler: list },
    { method: 'GET', path: '/gateway/refunds/:id', handler: one },
  ];
}
