/** The card gateway: authorise, read, capture, void, refund and fence, over the durable ledger. */
import { underFault } from './faults';
import { factsOf, type Verdict, verdictOf } from './gateway-cards';
import {
  type AuthorizeInput,
  authorizeInput,
  bodyHash,
  fenceInput,
  identifier,
  nothing,
  refundInput,
} from './gateway-input';
import { bearer, type Call, failure, HttpError, json, jsonBody, type Reply, type Route } from './http';
import { newId } from './ids';
import { type Payment, type PaymentStatus, type Refund, statusAt, voidRecords } from './ledger';
import type { World } from './world';

type CardFacts = NonNullable<ReturnType<typeof factsOf>>;

/** A payment as the gateway shows it: no idempotency key, no return address, and the challenge only while it is open. */
export function paymentView(payment: Payment, world: World): object {
  const { idempotencyKey: _key, challenge: _challenge, ...rest } = payment;
  const status = statusAt(payment, world.now());
  const action = status === 'requires_action' ? { action: { url: `${world.url}/acs/${payment.id}` } } : {};
  return { ...rest, status, ...action };
}

const STATUS_OF: Record<Verdict['kind'], PaymentStatus | null> = {
  approved: null,
  challenge: 'requires_action',
  declined: 'declined',
  failed: 'failed',
};

function newPayment(world: World, input: AuthorizeInput, facts: CardFacts, key: string): [Payment, Verdict] {
  const now = world.now();
  const verdict = verdictOf(input.card, input.channel, now);
  const { reference, paymentLink, amountMinor, currency, capture, channel, challenge } = input;
  const expiresAt = new Date(now.getTime() + world.settings.challengeSeconds * 1000).toISOString();
  const payment: Payment = {
    id: newId('gw'),
    reference,
    paymentLink,
    idempotencyKey: key,
    amountMinor,
    currency,
    status: STATUS_OF[verdict.kind] ?? (capture ? 'captured' : 'authorized'),
    capture,
    channel,
    ...facts,
    ...('code' in verdict ? { declineCode: verdict.code } : {}),
    ...(verdict.kind === 'challenge'
      ? { challenge: { returnUrl: challenge.returnUrl, expiresAt, accepted: verdict.accepted } }
      : {}),
    createdAt: now.toISOString(),
  };
  return [payment, verdict];
}

const fencedRefusal = () =>
  failure(409, 'fenced', 'This reference was fenced: nothing may be charged under it.');

/** Authorises once per idempotency key. The fence is asked again after any delay, in the same breath as the entry. */
function authorizer(world: World): (call: Call) => Promise<Reply> {
  const inFlight = new Set<string>();
  return async (call) => {
    const key = identifier.safeParse(call.req.headers['idempotency-key']);
    if (!key.success) throw new HttpError(400, 'invalid', 'An Idempotency-Key header is needed.');
    const input = jsonBody(call, authorizeInput, 400);
    const facts = factsOf(input.card);
    if (!facts)
      throw new HttpError(400, 'invalid', 'card: the number or security code is not one of a known brand');
    if (world.ledger.isFenced(input.reference)) return fencedRefusal();
    if (inFlight.has(key.data))
      return failure(409, 'idempotency_in_flight', 'The first request is still being answered.');
    const hash = bodyHash(input, facts);
    const stored = world.ledger.answer(key.data, world.now());
    if (stored && stored.bodyHash !== hash)
      return failure(422, 'idempotency_mismatch', 'This key was used with another body.');
    if (stored) {
      await world.ledger.settled();
      return json(200, paymentView(stored.payment, world));
    }
    inFlight.add(key.data);
    try {
      return await underFault(world.faults.pick('gateway', 'authorize', input), async () => {
        if (world.ledger.isFenced(input.reference)) return fencedRefusal();
        const [payment, verdict] = newPayment(world, input, facts, key.data);
        await world.ledger.commit([{ type: 'payment', payment, bodyHash: hash }]);
        world.log('payment', { id: payment.id, reference: payment.reference, status: payment.status });
        const lost = verdict.kind === 'approved' && !verdict.answered;
        return lost ? { act: 'destroy' } : json(200, paymentView(payment, world));
      });
    } finally {
      inFlight.delete(key.data);
    }
  };
}

function reads(world: World): Route[] {
  const list = async ({ url }: Call): Promise<Reply> => {
    const by = url.searchParams.has('reference') ? 'reference' : 'idempotencyKey';
    const value = url.searchParams.get(by);
    if (value === null) throw new HttpError(400, 'invalid', 'Give reference or idempotencyKey.');
    const [latest] = world.ledger.find(by, value);
    const asked = by === 'reference' ? { reference: value, paymentLink: null } : null;
    const fault = world.faults.pick('gateway', 'read', latest ?? asked ?? {});
    return underFault(fault, async () => {
      const found = world.ledger.find(by, value);
      await world.ledger.settled();
      return json(200, { data: found.map((payment) => paymentView(payment, world)) });
    });
  };
  const one = async (call: Call): Promise<Reply> => {
    const known = knownPayment(world, call);
    return underFault(world.faults.pick('gateway', 'read', known), async () => {
      const payment = knownPayment(world, call);
      await world.ledger.settled();
      return json(200, paymentView(payment, world));
    });
  };
  return [
    { method: 'GET', path: '/gateway/payments', handler: list },
    { method: 'GET', path: '/gateway/payments/:id', handler: one },
  ];
}

function knownPayment(world: World, { params }: Call): Payment {
  const payment = world.ledger.payment(params.id ?? '');
  if (!payment) throw new HttpError(404, 'not_found', 'There is no such payment.');
  return payment;
}

const wrongState = (payment: Payment, status: PaymentStatus): never => {
  throw new HttpError(409, 'wrong_state', `The payment ${payment.id} is ${status}.`);
};

/** Capture and void are their own idempotency: repeated, they answer what is already so. */
async function capture(world: World, payment: Payment): Promise<Reply> {
  const status = statusAt(payment, world.now());
  if (status !== 'authorized' && status !== 'captured') return wrongState(payment, status);
  const captured: Payment = { ...payment, status: 'captured' };
  if (status === 'authorized') await world.ledger.commit([{ type: 'payment', payment: captured }]);
  await world.ledger.settled();
  return json(200, paymentView(captured, world));
}

const voidable = (status: PaymentStatus): boolean => status === 'authorized' || status === 'requires_action';

async function voidPayment(world: World, payment: Payment): Promise<Reply> {
  const status = statusAt(payment, world.now());
  if (status !== 'voided' && !voidable(status)) return wrongState(payment, status);
  if (status !== 'voided') await world.ledger.commit(voidRecords(payment, world.now()));
  await world.ledger.settled();
  return json(200, paymentView({ ...payment, status: 'voided' }, world));
}

async function refund(world: World, payment: Payment, call: Call): Promise<Reply> {
  const { amountMinor, reference } = jsonBody(call, refundInput, 400);
  const before = world.ledger.refund(reference);
  if (before) {
    if (before.payment !== payment.id || before.amountMinor !== amountMinor)
      return failure(422, 'idempotency_mismatch', 'This refund reference was used for something else.');
    await world.ledger.settled();
    return json(200, before);
  }
  const status = statusAt(payment, world.now());
  if (status !== 'captured') return wrongState(payment, status);
  if (world.ledger.refundedMinor(payment.id) + amountMinor > payment.amountMinor)
    return failure(422, 'amount_too_large', 'More than what was captured and not refunded yet.');
  const made: Refund = {
    id: newId('gwr'),
    payment: payment.id,
    reference,
    amountMinor,
    currency: payment.currency,
    status: 'succeeded',
    createdAt: world.now().toISOString(),
  };
  await world.ledger.commit([{ type: 'refund', refund: made }]);
  return json(200, made);
}

/** Takes back what is not captured yet and makes sure that nothing can be charged under this reference later. */
async function fence(world: World, call: Call): Promise<Reply> {
  const { reference } = jsonBody(call, fenceInput, 400);
  const [known] = world.ledger.find('reference', reference);
  const subject = { reference, paymentLink: known?.paymentLink ?? null };
  return underFault(world.faults.pick('gateway', 'void_by_reference', subject), async () => {
    const now = world.now();
    const open = world.ledger.find('reference', reference).filter((p) => voidable(statusAt(p, now)));
    const records = open.flatMap((payment) => voidRecords(payment, now));
    if (open.length > 0 || !world.ledger.isFenced(reference))
      await world.ledger.commit([{ type: 'fence', reference, at: now.toISOString() }, ...records]);
    const [latest] = world.ledger.find('reference', reference);
    await world.ledger.settled();
    return json(200, { reference, fenced: true, payment: latest ? paymentView(latest, world) : null });
  });
}

export function gatewayRoutes(world: World): Route[] {
  type Verb = (world: World, payment: Payment, call: Call) => Promise<Reply>;
  const on = (operation: string, path: string, verb: Verb): Route => ({
    method: 'POST',
    path: `/gateway/payments/:id/${path}`,
    handler: (call) =>
      underFault(world.faults.pick('gateway', operation, knownPayment(world, call)), () =>
        verb(world, knownPayment(world, call), call),
      ),
  });
  const bare =
    (verb: Verb): Verb =>
    (...args) => {
      if (args[2].body.length > 0) jsonBody(args[2], nothing, 400);
      return verb(...args);
    };
  const routes: Route[] = [
    { method: 'POST', path: '/gateway/payments', handler: authorizer(world) },
    ...reads(world),
    on('capture', 'capture', bare(capture)),
    on('void', 'void', bare(voidPayment)),
    on('refund', 'refunds', refund),
    { method: 'POST', path: '/gateway/void-by-reference', handler: (call) => fence(world, call) },
  ];
  return routes.map((route) => ({ ...route, guards: [bearer(world.env.gatewayKey)] }));
}
