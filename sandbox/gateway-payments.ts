/** What is done with a payment once it exists: read, capture, void, and fence its reference. */
import { underFault } from './faults';
import { captured, type Gateway } from './gateway-books';
import { captureInput, fenceInput } from './gateway-input';
import { paymentView } from './gateway-views';
import { type Call, failure, HttpError, json, jsonBody, type Reply, type Route } from './http';
import { newId } from './ids';
import { type Payment, type PaymentStatus, statusAt, voidRecords } from './ledger-records';

export function knownPayment(gateway: Gateway, { params }: Call): Payment {
  const payment = gateway.ledger.payment(params.id ?? '');
  if (!payment) throw new HttpError(404, 'not_found', 'There is no such payment.');
  return payment;
}

export const wrongState = (id: string, status: string): never => {
  throw new HttpError(409, 'wrong_state', `${id} is ${status}.`);
};

export function readRoutes(gateway: Gateway): Route[] {
  const list = async ({ url }: Call): Promise<Reply> => {
    const by = url.searchParams.has('reference') ? 'reference' : 'idempotencyKey';
    const value = url.searchParams.get(by);
    if (value === null) throw new HttpError(400, 'invalid', 'Give reference or idempotencyKey.');
    const [latest] = gateway.ledger.find(by, value);
    const asked = by === 'reference' ? (gateway.ledger.intent(value) ?? { reference: value }) : {};
    return underFault(gateway.faults.pick('gateway', 'read', latest ?? asked), async () => {
      const found = gateway.ledger.find(by, value);
      await gateway.ledger.settled();
      return json(200, { data: found.map((payment) => paymentView(payment, gateway)) });
    });
  };
  const one = async (call: Call): Promise<Reply> => {
    const known = knownPayment(gateway, call);
    return underFault(gateway.faults.pick('gateway', 'read', known), async () => {
      const payment = knownPayment(gateway, call);
      await gateway.ledger.settled();
      return json(200, paymentView(payment, gateway));
    });
  };
  return [
    { method: 'GET', path: '/gateway/payments', handler: list },
    { method: 'GET', path: '/gateway/payments/:id', handler: one },
  ];
}

/** Captures a hold, once: all of it, or `amountMinor` and the rest is released. Repeated, it answers what is so. */
export async function capture(gateway: Gateway, payment: Payment, amountMinor?: number): Promise<Reply> {
  const status = statusAt(payment, gateway.now());
  if (status !== 'authorized' && status !== 'captured') return wrongState(payment.id, status);
  if (status === 'captured') {
    if (amountMinor !== undefined && amountMinor !== payment.capturedMinor)
      return failure(422, 'idempotency_mismatch', 'It was captured with another amount.');
    await gateway.ledger.settled();
    return json(200, paymentView(payment, gateway));
  }
  if (amountMinor !== undefined && amountMinor > payment.amountMinor)
    return failure(422, 'amount_too_large', 'More than what was authorised.');
  const taken = captured(gateway, payment, amountMinor);
  const at = gateway.now().toISOString();
  const entry = { id: newId('gwc'), payment: payment.id, amountMinor: taken.capturedMinor, at };
  await gateway.books.commit([
    { type: 'payment', payment: taken },
    { type: 'capture', ...entry },
  ]);
  return json(200, paymentView(taken, gateway));
}

/** The same as a request, whose body may be left out. */
export const captureCall = (gateway: Gateway, payment: Payment, call: Call): Promise<Reply> =>
  capture(gateway, payment, call.body.length > 0 ? jsonBody(call, captureInput, 400).amountMinor : undefined);

const voidable = (status: PaymentStatus): boolean => status === 'authorized' || status === 'requires_action';

/** Gives a hold back. Repeated, it answers what is so. */
export async function voidPayment(gateway: Gateway, payment: Payment): Promise<Reply> {
  const status = statusAt(payment, gateway.now());
  if (status !== 'voided' && !voidable(status)) return wrongState(payment.id, status);
  if (status !== 'voided') await gateway.books.commit(voidRecords(payment, gateway.now()));
  await gateway.ledger.settled();
  return json(200, paymentView({ ...payment, status: 'voided' }, gateway));
}

/** Takes back what is not captured yet and makes sure that nothing can be charged under this reference later. */
export async function fence(gateway: Gateway, call: Call): Promise<Reply> {
  const { reference } = jsonBody(call, fenceInput, 400);
  const { ledger } = gateway;
  const [known] = ledger.find('reference', reference);
  const subject = known ?? ledger.intent(reference) ?? { reference };
  return underFault(gateway.faults.pick('gateway', 'void_by_reference', subject), async () => {
    const now = gateway.now();
    const open = ledger.find('reference', reference).filter((p) => voidable(statusAt(p, now)));
    const records = open.flatMap((payment) => voidRecords(payment, now));
    if (open.length > 0 || !ledger.isFenced(reference))
      await gateway.books.commit([{ type: 'fence', reference, at: now.toISOString() }, ...records]);
    const [latest] = ledger.find('reference', reference);
    await ledger.settled();
    return json(200, { reference, fenced: true, payment: latest ? paymentView(latest, gateway) : null });
  });
}
