import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CardFacts, GatewayResult } from '@/core/payment-attempt';
import { setClock } from '@/db/testing';
import { cancelPaymentLink, createPaymentLink, readLinkHistory } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { recordAttemptResult, resolveAttempt, startPaymentAttempt, submitPaymentAttempt } from './index';

const VISA: CardFacts = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };
const PAID: GatewayResult = { kind: 'authorized', captured: true, gatewayReference: 'gw_1', card: VISA };
const DECLINED: GatewayResult = { kind: 'declined', declineCode: 'do_not_honor', card: VISA };

/** A gateway's read side over real HTTP: what stands under a reference is what a test put there. */
const gateway = { payments: new Map<string, object>(), fenced: new Set<string>(), broken: false };
const server = createServer(async (request, response) => {
  let text = '';
  for await (const part of request) text += part;
  const url = new URL(request.url ?? '/', 'http://gateway');
  const reference = url.searchParams.get('reference') ?? (text ? JSON.parse(text).reference : '');
  const payment = gateway.payments.get(reference) ?? null;
  if (request.method === 'POST') gateway.fenced.add(reference);
  const body = request.method === 'POST' ? { fenced: true, payment } : { data: payment ? [payment] : [] };
  response.writeHead(gateway.broken ? 500 : 200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
});

let house: TestHouse;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  house = await testHouse({ sandboxUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
afterAll(async () => {
  await house.close();
  server.close();
});

async function issue(on = house): Promise<string> {
  const outcome = await createPaymentLink(on.as('agent'), { amountMinor: 1240, currency: 'GBP' });
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value.id;
}

async function start(link: string, on = house): Promise<string> {
  const outcome = await startPaymentAttempt(on.as('payer'), link);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.attempt;
}

const call = (attempt: string) => ({ attempt, amountMinor: 1240, currency: 'GBP' });
const submit = (attempt: string, card = VISA, on = house) =>
  submitPaymentAttempt(on.as('payer'), { ...call(attempt), card });
const record = (attempt: string, result: GatewayResult, on = house) =>
  recordAttemptResult(on.as('payer'), { ...call(attempt), result });

async function history(link: string, on = house) {
  const outcome = await readLinkHistory(on.as('owner'), link);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}
const typesOf = async (link: string) => (await history(link)).events.map((event) => event.type);

/** Puts a payment under a reference at the gateway, as it would stand after an authorisation. */
const atGateway = (reference: string, status: string, more: object = {}) =>
  gateway.payments.set(reference, {
    id: `gw_${reference.slice(-6)}`,
    reference,
    amountMinor: 1240,
    currency: 'GBP',
    status,
    ...VISA,
    ...more,
  });

describe('one debt, one charge', () => {
  test('a payment goes through once: submitted, recorded, paid; told twice it changes nothing', async () => {
    const link = await issue();
    const attempt = await start(link);
    expect(await submit(attempt)).toMatchObject({ ok: true, value: { capture: true, sendWithinMs: 10_000 } });
    expect((await history(link)).link.status).toBe('processing');
    for (let i = 0; i < 2; i++)
      expect(await record(attempt, PAID)).toEqual({ ok: true, value: { attempt, state: 'succeeded' } });
    const { link: after, events } = await history(link);
    expect(after).toMatchObject({ status: 'paid', capturedMinor: 1240 });
    expect(events.filter((event) => event.type === 'payment_link.paid')).toHaveLength(1);
    expect(events.map((event) => event.sequence)).toEqual(events.map((_, i) => i + 1));
  });

  test('a ticket is single-use: the second submit of an attempt is refused', async () => {
    const attempt = await start(await issue());
    expect((await submit(attempt)).ok).toBe(true);
    expect(await submit(attempt)).toMatchObject({ error: { code: 'conflict' } });
  });

  test('taking a new ticket ends the old one, which then cannot be submitted', async () => {
    const link = await issue();
    const first = await start(link);
    const second = await start(link);
    expect(await submit(first)).toMatchObject({ error: { code: 'attempt_superseded' } });
    expect((await submit(second)).ok).toBe(true);
  });

  test('while one pays, another is told so; after it, that it is paid', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject({
      error: { code: 'being_paid' },
    });
    await record(attempt, PAID);
    expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject({
      error: { code: 'link_already_paid' },
    });
  });

  test('twenty payers pressing at the same moment: exactly one is let through to the gateway', async () => {
    const link = await issue();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const started = await startPaymentAttempt(house.as('payer'), link);
        return started.ok ? submit(started.value.attempt) : started;
      }),
    );
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
  });

  test('another amount or currency than agreed is refused', async () => {
    const attempt = await start(await issue());
    for (const wrong of [{ amountMinor: 1 }, { currency: 'USD' }]) {
      const outcome = await submitPaymentAttempt(house.as('payer'), {
        ...call(attempt),
        card: VISA,
        ...wrong,
      });
      expect(outcome).toMatchObject({ error: { code: 'conflict' } });
    }
  });
});

describe('declines and limits', () => {
  test('a decline frees the link for another try', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    await record(attempt, DECLINED);
    const { link: after, attempts } = await history(link);
    expect(after.status).toBe('active');
    expect(attempts[0]).toMatchObject({ state: 'declined', declineCode: 'do_not_honor', card: VISA });
  });

  test('two tries within two seconds: the second waits, and the payer can be told why', async () => {
    const link = await issue();
    const first = await start(link);
    await submit(first);
    await record(first, DECLINED);
    const second = await start(link);
    expect(await submit(second)).toMatchObject({ error: { code: 'too_soon' } });
    expect((await history(link)).attempts[1]).toMatchObject({ state: 'abandoned' });
  });

  test('the fifth decline locks the link; a fourth distinct card is refused', async () => {
    const own = await testHouse();
    try {
      const link = await issue(own);
      for (let i = 0; i < 5; i++) {
        await setClock(own.services.db, i * 10);
        const attempt = await start(link, own);
        expect((await submit(attempt, VISA, own)).ok).toBe(true);
        await record(attempt, DECLINED, own);
      }
      expect((await history(link, own)).link.status).toBe('locked');
      const cards = await issue(own);
      for (let i = 0; i < 4; i++) {
        await setClock(own.services.db, 100 + i * 10);
        const attempt = await start(cards, own);
        const outcome = await submit(attempt, { ...VISA, last4: `000${i}` }, own);
        if (i < 3) await record(attempt, DECLINED, own);
        else expect(outcome).toMatchObject({ error: { code: 'too_many_cards' } });
      }
    } finally {
      await own.close();
    }
  });
});

describe('unknown outcomes are read, never charged again', () => {
  test('an answer that never came is found at the gateway, and the link is paid', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    await record(attempt, { kind: 'unknown', reason: 'reset' });
    expect((await history(link)).link.status).toBe('processing');
    expect(await startPaymentAttempt(house.as('payer'), link)).toMatchObject({
      error: { code: 'being_paid' },
    });
    atGateway(attempt, 'captured');
    expect(await resolveAttempt(house.as('system'), attempt)).toEqual({ ok: true, value: 'succeeded' });
    expect((await history(link)).link.status).toBe('paid');
    expect(await typesOf(link)).toContain('payment_attempt.resolved');
  });

  test('not found decides nothing while it may still be sent, and only behind a fence after that', async () => {
    const own = await testHouse({ sandboxUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    try {
      const link = await issue(own);
      const attempt = await start(link, own);
      await submit(attempt, VISA, own);
      expect(await resolveAttempt(own.as('system'), attempt)).toEqual({ ok: true, value: 'submitted' });
      expect(gateway.fenced.has(attempt)).toBe(false);
      await setClock(own.services.db, 41);
      expect(await resolveAttempt(own.as('system'), attempt)).toEqual({ ok: true, value: 'abandoned' });
      expect(gateway.fenced.has(attempt)).toBe(true);
      expect((await history(link, own)).link.status).toBe('active');
    } finally {
      await own.close();
    }
  });

  test('a gateway that answers nothing useful, or another amount, leaves the attempt open', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    await record(attempt, { kind: 'unknown', reason: 'timeout' });
    gateway.broken = true;
    expect(await resolveAttempt(house.as('system'), attempt)).toMatchObject({ value: 'unknown' });
    gateway.broken = false;
    atGateway(attempt, 'captured', { amountMinor: 1 });
    expect(await resolveAttempt(house.as('system'), attempt)).toMatchObject({ value: 'unknown' });
    expect((await history(link)).link.status).toBe('processing');
  });

  test('another amount that was taken and given back whole, and not before, leaves the link free', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    await record(attempt, { kind: 'unknown', reason: 'timeout' });
    atGateway(attempt, 'captured', { amountMinor: 500, refundedMinor: 499 });
    expect(await resolveAttempt(house.as('system'), attempt)).toMatchObject({ value: 'unknown' });
    atGateway(attempt, 'captured', { amountMinor: 500, refundedMinor: 500 });
    expect(await resolveAttempt(house.as('system'), attempt)).toMatchObject({ value: 'voided' });
    expect((await history(link)).link.status).toBe('active');
  });

  test('a bank check that is still open is left open; refused it declines; accepted it pays', async () => {
    for (const [status, declineCode, state] of [
      ['declined', 'authentication_failed', 'declined'],
      ['captured', null, 'succeeded'],
    ]) {
      const attempt = await start(await issue());
      await submit(attempt);
      const challengeUrl = 'http://bank/acs/1';
      await record(attempt, { kind: 'requires_action', gatewayReference: 'gw_2', challengeUrl, card: VISA });
      atGateway(attempt, 'requires_action', { action: { url: challengeUrl } });
      expect(await resolveAttempt(house.as('payer'), attempt)).toMatchObject({ value: 'requires_action' });
      atGateway(attempt, status ?? '', { declineCode });
      expect(await resolveAttempt(house.as('payer'), attempt)).toMatchObject({ value: state });
    }
  });
});

describe('cancel and expiry beside a payment', () => {
  test('cancel before submission ends the attempt; the card process is refused and sends nothing', async () => {
    const link = await issue();
    const attempt = await start(link);
    await cancelPaymentLink(house.as('agent'), link);
    expect(await submit(attempt)).toMatchObject({ error: { code: 'link_canceled' } });
    expect((await history(link)).attempts[0]).toMatchObject({ state: 'abandoned' });
  });

  test('a paid link cannot be canceled', async () => {
    const link = await issue();
    const attempt = await start(link);
    await submit(attempt);
    await record(attempt, PAID);
    expect(await cancelPaymentLink(house.as('owner'), link)).toMatchObject({ error: { code: 'link_paid' } });
  });

  test('an attempt begun before the end may be submitted after it', async () => {
    const own = await testHouse();
    try {
      const outcome = await createPaymentLink(own.as('agent'), {
        amountMinor: 1240,
        currency: 'GBP',
        expiresInSeconds: 60,
      });
      if (!outcome.ok) throw new Error('not issued');
      const attempt = await start(outcome.value.id, own);
      await setClock(own.services.db, 61);
      expect((await submit(attempt, VISA, own)).ok).toBe(true);
      await record(attempt, PAID, own);
      expect((await history(outcome.value.id, own)).link.status).toBe('paid');
    } finally {
      await own.close();
    }
  });
});
