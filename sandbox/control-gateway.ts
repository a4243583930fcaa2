/** What begins at the provider, not at the portal; and lies that the gateway is told to tell. */
import * as z from 'zod';
import { type Gateway, newDispute } from './gateway-books';
import { amountMinor, currency, identifier } from './gateway-input';
import { capture, voidPayment, wrongState } from './gateway-payments';
import { beginRefund } from './gateway-refunds';
import { disputeView } from './gateway-views';
import { type Call, empty, failure, HttpError, json, jsonBody, type Reply, type Route } from './http';
import { newId } from './ids';
import { type Payment, type PaymentStatus, statusAt } from './ledger-records';
import type { Movement } from './movements';

const which = { payment: identifier.optional(), reference: identifier.optional() };
type Which = { payment?: string | undefined; reference?: string | undefined };
const oneOf = (...names: string[]) =>
  [
    (told: Record<string, unknown>) => names.filter((name) => told[name] !== undefined).length === 1,
    `give ${names.join(' or ')}`,
  ] as const;

const amountAct = { ...which, amountMinor: amountMinor.optional() };
const moneyAct = z.strictObject(amountAct).refine(...oneOf('payment', 'reference'));
const reason = z.string().regex(/^[a-z_]{1,50}$/, 'small letters and _');
const disputeAct = z
  .strictObject({ ...amountAct, reason: reason.default('fraudulent') })
  .refine(...oneOf('payment', 'reference'));
const voidAct = z.strictObject(which).refine(...oneOf('payment', 'reference'));
const closeAct = z.strictObject({ outcome: z.enum(['won', 'lost']) });
const tamperAct = z
  .strictObject({
    reference: identifier.optional(),
    paymentLink: identifier.optional(),
    amountMinor: amountMinor.optional(),
    currency: currency.optional(),
  })
  .refine(...oneOf('reference', 'paymentLink'));
const reportFault = z
  .strictObject({
    reference: identifier,
    kind: z.enum(['omit', 'amount', 'extra']),
    amountMinor: amountMinor.optional(),
  })
  .refine(({ kind, amountMinor: amount }) => (kind === 'amount' ? amount !== undefined : true), {
    path: ['amountMinor'],
    message: 'kind amount needs it',
  });

/** The payment meant: by id, or the newest under the reference that is in the state, else the newest. */
function meant(gateway: Gateway, { payment, reference }: Which, state: PaymentStatus): Payment {
  const { ledger } = gateway;
  const found = payment === undefined ? ledger.find('reference', reference ?? '') : [ledger.payment(payment)];
  const known = found.filter((one): one is Payment => one !== null);
  const chosen = known.find((one) => statusAt(one, gateway.now()) === state) ?? known[0];
  if (!chosen) throw new HttpError(404, 'not_found', 'There is no such payment.');
  return chosen;
}

async function dispute(gateway: Gateway, call: Call): Promise<Reply> {
  const told = jsonBody(call, disputeAct);
  const payment = meant(gateway, told, 'captured');
  if (payment.status !== 'captured') return wrongState(payment.id, statusAt(payment, gateway.now()));
  const open = payment.capturedMinor - gateway.ledger.disputedMinor(payment.id);
  const amount = told.amountMinor ?? open;
  if (amount > open || open === 0)
    return failure(422, 'amount_too_large', 'More than what was captured and is not disputed.');
  const made = newDispute(gateway, payment, amount, told.reason);
  await gateway.books.commit([{ type: 'dispute', dispute: made }]);
  return json(200, disputeView(made, payment));
}

/** The bank's word on a dispute. Repeated, it answers what is so. */
async function closeDispute(gateway: Gateway, call: Call): Promise<Reply> {
  const { outcome } = jsonBody(call, closeAct);
  const known = gateway.ledger.dispute(call.params.id ?? '');
  const payment = known && gateway.ledger.payment(known.payment);
  if (!payment) throw new HttpError(404, 'not_found', 'There is no such dispute.');
  if (known.status !== 'open' && known.status !== outcome) return wrongState(known.id, known.status);
  const closed = { ...known, status: outcome, closedAt: known.closedAt ?? gateway.now().toISOString() };
  if (known.status === 'open') await gateway.books.commit([{ type: 'dispute', dispute: closed }]);
  await gateway.ledger.settled();
  return json(200, disputeView(closed, payment));
}

/** A row for money that never moved, under a reference that the ledger may not know either. */
function extraRow(gateway: Gateway, reference: string, amount: number | undefined): Movement {
  const [payment] = gateway.ledger.find('reference', reference);
  return {
    id: newId('gw'),
    kind: 'payment',
    reference,
    payment: payment?.id ?? newId('gw'),
    amountMinor: amount ?? payment?.amountMinor ?? 100,
    currency: payment?.currency ?? 'GBP',
    at: gateway.now().toISOString(),
  };
}

function plantInReport(gateway: Gateway, call: Call): Reply {
  const { reference: name, kind, amountMinor: amount } = jsonBody(call, reportFault);
  const { distortions, ledger } = gateway;
  if (kind === 'extra') distortions.plant({ kind, row: extraRow(gateway, name, amount) });
  else if (!ledger.movements.some((movement) => distortions.isNamed(movement, name)))
    return failure(404, 'not_found', 'The report has no such row.');
  else distortions.plant(kind === 'omit' ? { kind, name } : { kind, name, amountMinor: amount ?? 0 });
  return empty(204);
}

function tamper(gateway: Gateway, call: Call): Reply {
  const { reference, paymentLink, amountMinor: amount, currency: code } = jsonBody(call, tamperAct);
  const tampering = {
    ...(amount === undefined ? {} : { amountMinor: amount }),
    ...(code === undefined ? {} : { currency: code }),
  };
  if (reference !== undefined) gateway.distortions.tamper('reference', reference, tampering);
  else gateway.distortions.tamper('paymentLink', paymentLink ?? '', tampering);
  return empty(204);
}

export function controlGatewayRoutes(gateway: Gateway): Route[] {
  const act = (path: string, handler: Route['handler']): Route => ({
    method: 'POST',
    path: `/control/gateway/${path}`,
    handler,
  });
  return [
    act('refund', (call) => {
      const told = jsonBody(call, moneyAct);
      const payment = meant(gateway, told, 'captured');
      const all = Math.max(gateway.ledger.roomMinor(payment), 1);
      return beginRefund(gateway, payment, told.amountMinor ?? all, null);
    }),
    act('capture', (call) => {
      const told = jsonBody(call, moneyAct);
      return capture(gateway, meant(gateway, told, 'authorized'), told.amountMinor);
    }),
    act('void', (call) => voidPayment(gateway, meant(gateway, jsonBody(call, voidAct), 'authorized'))),
    act('dispute', (call) => dispute(gateway, call)),
    act('dispute/:id/close', (call) => closeDispute(gateway, call)),
    act('tamper', (call) => tamper(gateway, call)),
    act('report-fault', (call) => plantInReport(gateway, call)),
  ];
}
