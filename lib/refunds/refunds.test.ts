import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import type { Refund } from '../contracts/refunds';
import {
  books,
  captureLater,
  fault,
  historyOf,
  issue,
  type MoneyHouse,
  moneyHouse,
  paidLink,
  pay,
  truth,
  unwrap,
  work,
  workUntil,
} from '../gateways/testing';
import { idempotently } from '../idempotency';
import { reviveMoney } from '../sweep';
import { createRefund, listLinkRefunds, readRefund, resolveRefund } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

const owner = () => house.as('owner');
const system = () => house.as('system');
const ask = (input: unknown, as = owner()) => createRefund(as, input);
const begin = async (input: unknown) => unwrap(await ask(input)) as Refund;
const state = async (id: string) => unwrap(await readRefund(owner(), id)).state;
const typesOf = async (link: string) => (await historyOf(house, link)).events.map(({ type }) => type);

describe('who may refund, and what', () => {
  test('owner, admin and a client with the scope may refund; agent, viewer and others may not', async () => {
    const { link } = await paidLink(house);
    for (const refused of [house.as('agent'), house.as('viewer'), house.as('api', ['refunds:read'])])
      expect(await ask({ paymentLink: link, amountMinor: 1 }, refused)).toMatchObject({
        error: { code: 'forbidden' },
      });
    for (const allowed of [owner(), house.as('admin'), house.as('api', ['refunds:create'])])
      expect(await ask({ paymentLink: link, amountMinor: 1 }, allowed)).toMatchObject({ ok: true });
    expect(await ask({ paymentLink: link }, house.as('payer'))).toMatchObject({
      error: { code: 'forbidden' },
    });
  });

  test('a person refunds only with a fresh proof of who they are; nothing is begun without it', async () => {
    const { link, attempt } = await paidLink(house);
    const stale = { ...owner(), actor: { ...owner().actor, verified: false } };
    expect(await ask({ paymentLink: link }, stale)).toMatchObject({ error: { code: 'step_up_required' } });
    expect(unwrap(await listLinkRefunds(owner(), link)).data).toEqual([]);
    expect(await truth(house, attempt)).toEqual(['payment captured 1240']);
  });

  test('another merchant finds neither link nor refund', async () => {
    const { link } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    expect(await ask({ paymentLink: link }, house.stranger)).toMatchObject({ error: { code: 'not_found' } });
    expect(await readRefund(house.stranger, refund.id)).toMatchObject({ error: { code: 'not_found' } });
    expect(await listLinkRefunds(house.stranger, link)).toMatchObject({ error: { code: 'not_found' } });
    expect(await readRefund(owner(), 're_nonsense')).toMatchObject({ error: { code: 'not_found' } });
    expect(await readRefund(house.as('api', []), refund.id)).toMatchObject({ error: { code: 'forbidden' } });
  });

  test('refused: nothing paid, nothing left, too much, a wrong field, a card number, an attempt of another link', async () => {
    const unpaid = await issue(house);
    expect(await ask({ paymentLink: unpaid })).toMatchObject({ error: { code: 'nothing_to_refund' } });
    const { link } = await paidLink(house, 1000);
    const other = await paidLink(house);
    expect(await ask({ paymentLink: link, amountMinor: 1001 })).toMatchObject({
      error: { code: 'refund_too_large', errors: [{ path: 'amountMinor' }] },
    });
    expect(await ask({ paymentLink: link, paymentAttempt: other.attempt })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await ask({ paymentLink: link, amountMinor: 0 })).toMatchObject({ error: { code: 'invalid' } });
    expect(await ask({ paymentLink: link, surprise: 1 })).toMatchObject({ error: { code: 'invalid' } });
    expect(await ask({ paymentLink: link, reason: 'for 4242 4242 4242 4242' })).toMatchObject({
      error: { code: 'card_number_refused' },
    });
    await begin({ paymentLink: link });
    expect(await ask({ paymentLink: link })).toMatchObject({ error: { code: 'nothing_to_refund' } });
  });

  test('a link with several captures needs the attempt to be named', async () => {
    const { link, attempt } = await partlyPaidTwice();
    expect(await ask({ paymentLink: link })).toMatchObject({ error: { code: 'attempt_required' } });
    const refund = await begin({ paymentLink: link, paymentAttempt: attempt, amountMinor: 100 });
    expect(refund).toMatchObject({ paymentAttempt: attempt, amountMinor: 100 });
  });
});

/** A link of 1000 in parts, of which 400 and 300 were paid. */
async function partlyPaidTwice() {
  const link = await issue(house, 1000, { inParts: true });
  const { attempt } = await pay(house, link, { amountMinor: 400 });
  await setClock(house.services.db, 5);
  await pay(house, link, { amountMinor: 300 });
  return { link, attempt };
}

describe('a refund goes through once', () => {
  test('it is committed as pending before the gateway is asked, and succeeds with ledger entry, sums and events', async () => {
    const { link, attempt } = await paidLink(house);
    const refund = await begin({ paymentLink: link, amountMinor: 1000, reason: 'Damaged in transit' });
    expect(refund).toMatchObject({
      object: 'refund',
      state: 'pending',
      paymentAttempt: attempt,
      reason: 'Damaged in transit',
      createdBy: { kind: 'user', name: 'Test owner' },
    });
    expect(await truth(house, attempt)).toEqual(['payment captured 1240']);
    expect((await books(house, link)).attempts).toMatchObject([{ refunding_minor: '1000' }]);
    await work(house);
    expect(await state(refund.id)).toBe('succeeded');
    expect(await truth(house, attempt)).toEqual(['payment captured 1240', 'refund succeeded 1000']);
    expect(await books(house, link)).toMatchObject({
      link: { status: 'partially_refunded', refundedMinor: 1000 },
      attempts: [{ refunded_minor: '1000', refunding_minor: '0' }],
      ledger: ['payment 1240', 'refund 1000'],
    });
    expect((await typesOf(link)).slice(-3)).toEqual([
      'refund.created',
      'refund.succeeded',
      'payment_link.updated',
    ]);
    await begin({ paymentLink: link });
    await work(house);
    expect((await books(house, link)).link).toMatchObject({ status: 'refunded', refundedMinor: 1240 });
    expect(unwrap(await listLinkRefunds(house.as('viewer'), link)).data).toMatchObject([
      { amountMinor: 1000, state: 'succeeded' },
      { amountMinor: 240, state: 'succeeded' },
    ]);
  });

  test('an amount ending in 19 is refused and its room is free again', async () => {
    const { link } = await paidLink(house, 1019);
    const refund = await begin({ paymentLink: link });
    await work(house);
    expect(unwrap(await readRefund(owner(), refund.id))).toMatchObject({
      state: 'failed',
      failure: 'refund_declined',
    });
    expect(await books(house, link)).toMatchObject({
      link: { status: 'paid', refundedMinor: 0 },
      attempts: [{ refunding_minor: '0', refunded_minor: '0' }],
      ledger: ['payment 1019'],
    });
    expect(await typesOf(link)).toContain('refund.failed');
    await begin({ paymentLink: link, amountMinor: 1000 });
  });

  test('amounts ending in 13 and 17 stay pending at the gateway and then succeed or fail', async () => {
    for (const [amount, end] of [
      [1013, 'succeeded'],
      [1017, 'failed'],
    ] as const) {
      const { link } = await paidLink(house, amount);
      const refund = await begin({ paymentLink: link });
      expect(unwrap(await resolveRefund(system(), refund.id))).toBe('pending');
      await workUntil(house, async () => (await state(refund.id)) === end);
    }
  });

  test('the answer is lost: unknown, then read, refunded once', async () => {
    for (const kind of ['reset_after', 'error_after', 'garble', 'reset_before', 'refuse']) {
      const { link, attempt } = await paidLink(house);
      const refund = await begin({ paymentLink: link });
      await fault(house, 'refund', kind, refund.id);
      expect(unwrap(await resolveRefund(system(), refund.id))).toBe('unknown');
      expect((await books(house, link)).attempts).toMatchObject([{ refunding_minor: '1240' }]);
      expect(unwrap(await resolveRefund(system(), refund.id))).toBe('succeeded');
      expect(await truth(house, attempt)).toEqual(['payment captured 1240', 'refund succeeded 1240']);
    }
  });

  test('a crash after the gateway has answered and before we wrote it refunds once', async () => {
    const { link, attempt } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    const crash = resolveRefund({ ...system(), db: failing() }, refund.id);
    await expect(crash).rejects.toThrow('power cut');
    expect(await truth(house, attempt)).toHaveLength(2);
    expect(await state(refund.id)).toBe('pending');
    expect(unwrap(await resolveRefund(system(), refund.id))).toBe('succeeded');
    expect(await truth(house, attempt)).toHaveLength(2);
  });

  /** The database as it is, but for transactions: the power fails before the next one. */
  function failing(): MoneyHouse['services']['db'] {
    return new Proxy(house.services.db, {
      get: (db, name) =>
        name === 'transaction'
          ? () => Promise.reject(new Error('power cut'))
          : Reflect.get(db, name).bind?.(db),
    });
  }

  test('the same Idempotency-Key answers the same bytes, before the gateway was asked and after, and refunds once', async () => {
    const { link, attempt } = await paidLink(house);
    const request = { path: '/api/v1/refunds', key: 'refund-1', body: link };
    const post = () =>
      idempotently(house.as('api'), request, async (ctx) => ({
        status: 201,
        body: JSON.stringify(await createRefund(ctx, { paymentLink: link, amountMinor: 100 })),
      }));
    const first = await post();
    expect(await post()).toEqual({ ...first, replayed: true });
    await work(house);
    expect(await post()).toEqual({ ...first, replayed: true });
    expect(await truth(house, attempt)).toEqual(['payment captured 1240', 'refund succeeded 100']);
  });

  test('a refund whose job was lost gets a new one', async () => {
    const { link } = await paidLink(house);
    const refund = await begin({ paymentLink: link });
    const { sql } = house.database;
    await sql`delete from graphile_worker._private_jobs where key = ${`refund:${refund.id}`}`;
    expect(await reviveMoney(house.services)).toBeGreaterThan(0);
    expect(await reviveMoney(house.services)).toBe(0);
    await work(house);
    expect(await state(refund.id)).toBe('succeeded');
  });
});

test('money that is only held is given back whole, as a void; a part of it is refused', async () => {
  const own = await moneyHouse();
  try {
    await captureLater(own);
    const link = await issue(own);
    const { attempt, state: held } = await pay(own, link);
    expect(held).toBe('authorized');
    const as = own.as('admin');
    expect(await createRefund(as, { paymentLink: link, amountMinor: 100 })).toMatchObject({
      error: { code: 'amount_not_allowed' },
    });
    expect(await createRefund(as, { paymentLink: link })).toMatchObject({
      value: { object: 'payment_attempt', id: attempt, state: 'authorized' },
    });
    await work(own);
    expect(await truth(own, attempt)).toEqual(['payment voided 1240', 'void succeeded 1240']);
    expect(await books(own, link)).toMatchObject({
      link: { status: 'active' },
      attempts: [{ state: 'voided' }],
      ledger: [],
    });
  } finally {
    await own.close();
  }
});

test('refunds that race never give back more than was captured', async () => {
  const { link, attempt } = await paidLink(house, 1000);
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => ask({ paymentLink: link, amountMinor: 150 })),
  );
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(6);
  await workUntil(house, async () => (await truth(house, attempt)).length === 7);
  expect((await books(house, link)).attempts).toMatchObject([
    { refunded_minor: '900', refunding_minor: '0' },
  ]);
});
