import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PERMISSIONS } from '@/core/permissions';
import { listLinkDrifts } from '@/db/queries/ledger';
import { openLedger } from '@/db/testing';
import type { Ctx } from '../context';
import { recordAttemptResult, startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';
import { listLedger } from '.';

const card = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 };

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

/** A link paid in full; its id. */
async function pay(on: TestHouse, amountMinor: number): Promise<string> {
  const link = await createPaymentLink(on.as('agent'), { amountMinor, currency: 'GBP' });
  const started = link.ok ? await startPaymentAttempt(on.as('payer'), link.value.id) : link;
  if (!link.ok || !started.ok) throw new Error('not started');
  const call = { attempt: started.value.attempt, amountMinor, currency: 'GBP' };
  await submitPaymentAttempt(on.as('payer'), { ...call, card });
  const gatewayReference = `gw_${call.attempt}`;
  const result = { kind: 'authorized', captured: true, gatewayReference, card } as const;
  await recordAttemptResult(on.as('payer'), { ...call, result });
  return link.value.id;
}

async function entries(ctx: Ctx, query: object = {}) {
  const outcome = await listLedger(ctx, query);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

test('a payment is one entry with its link and attempt; another merchant does not see it', async () => {
  const link = await pay(house, 1240);
  const { data } = await entries(house.as('viewer'));
  expect(data.filter((entry) => entry.paymentLink === link)).toEqual([
    {
      id: expect.stringMatching(/^le_/),
      object: 'ledger_entry',
      kind: 'payment',
      amountMinor: 1240,
      currency: 'GBP',
      paymentLink: link,
      paymentAttempt: expect.stringMatching(/^pay_/),
      refund: null,
      dispute: null,
      late: false,
      at: expect.stringMatching(/Z$/),
    },
  ]);
  expect((await entries(house.stranger)).data).toEqual([]);
});

test('only who may read the ledger reads it: an agent and a key without the scope may not', async () => {
  for (const ctx of [house.as('agent'), house.as('api', ['payment_links:read']), house.as('payer')])
    expect(await listLedger(ctx, {})).toMatchObject({ error: { code: 'forbidden' } });
  for (const role of PERMISSIONS['ledger:read']) expect((await listLedger(house.as(role), {})).ok).toBe(true);
  expect((await listLedger(house.as('api', ['ledger:read']), {})).ok).toBe(true);
});

test('a wrong time, an interval that ends before it begins, a foreign cursor and an unknown field are refused by name', async () => {
  const at = '2026-11-01T00:00:00Z';
  for (const [query, path] of [
    [{ from: 'yesterday' }, 'from'],
    [{ from: at, to: at }, 'to'],
    [{ limit: 0 }, 'limit'],
    [{ cursor: 'plink_01kb1v3q5sezqv4x0c9w6y2m8n' }, 'cursor'],
    [{ currency: 'pounds' }, 'currency'],
    [{ kind: 'gift' }, 'kind'],
    [{ paymentLink: 'mine' }, 'paymentLink'],
    [{ amountMinor: 1 }, 'amountMinor'],
  ] as const)
    expect(await listLedger(house.as('owner'), query)).toMatchObject({
      error: { code: 'invalid', errors: [{ path }] },
    });
});

test('pages in order of time give every entry once, though many share an instant; the interval is half-open', async () => {
  const own = await testHouse();
  try {
    for (let i = 1; i <= 7; i++) await pay(own, i);
    await openLedger(own.services.db);
    await own.services.db.execute(
      sql`update ledger_entries set at = case when amount_minor <= 5 then timestamptz '2026-11-01T10:00Z' else timestamptz '2026-11-02T00:00Z' end`,
    );
    const seen: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await entries(own.as('owner'), { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.data.map((entry) => entry.amountMinor));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen.slice(0, 5))).toEqual(new Set([1, 2, 3, 4, 5]));
    const day = (from: string, to: string) => entries(own.as('owner'), { from, to });
    expect((await day('2026-11-01T00:00:00Z', '2026-11-02T00:00:00Z')).data).toHaveLength(5);
    expect((await day('2026-11-02T00:00:00Z', '2026-11-03T01:00:00+01:00')).data).toHaveLength(2);
  } finally {
    await own.close();
  }
});

test('kind, currency and link narrow the list together, and the newest come first where that is asked for, page by page', async () => {
  const own = await testHouse();
  try {
    const links = [];
    for (let i = 1; i <= 5; i++) links.push(await pay(own, i));
    await openLedger(own.services.db);
    await own.services.db.execute(sql`update ledger_entries set at = timestamptz '2026-11-01T10:00Z' + amount_minor * interval '1 s',
      kind = case when amount_minor = 2 then 'adjustment' else kind end, currency = case when amount_minor = 3 then 'EUR' else currency end`);
    const amounts = async (query: object) =>
      (await entries(own.as('viewer'), query)).data.map((entry) => entry.amountMinor);
    expect(await amounts({ kind: 'payment' })).toEqual([1, 3, 4, 5]);
    expect(await amounts({ kind: 'payment', currency: 'GBP' })).toEqual([1, 4, 5]);
    expect(await amounts({ paymentLink: links[3], currency: 'GBP' })).toEqual([4]);
    expect(await amounts({ paymentLink: links[3], currency: 'EUR' })).toEqual([]);
    const first = await entries(own.as('viewer'), { order: 'newest', limit: 3 });
    expect(first.data.map((entry) => entry.amountMinor)).toEqual([5, 4, 3]);
    expect(await amounts({ order: 'newest', cursor: first.nextCursor })).toEqual([2, 1]);
  } finally {
    await own.close();
  }
});

test('the sums of a link’s entries are what its columns say; an entry that is gone, or a column that is off, is found', async () => {
  const own = await testHouse();
  try {
    const { db } = own.services;
    const [kept, lost, off] = [await pay(own, 1000), await pay(own, 2000), await pay(own, 3000)];
    const drifts = async () => (await listLinkDrifts(db, own.merchantId, undefined, 10)).map(({ id }) => id);
    expect(await drifts()).toEqual([]);
    await openLedger(db);
    await db.execute(sql`delete from ledger_entries where amount_minor = 2000`);
    await db.execute(sql`update payment_links set disputed_minor = 1 where amount_minor = 3000`);
    expect(new Set(await drifts())).toEqual(new Set([lost, off]));
    expect(await drifts()).not.toContain(kept);
    expect(await listLinkDrifts(db, own.stranger.merchantId, undefined, 10)).toEqual([]);
  } finally {
    await own.close();
  }
});

test('an entry stays as it was entered: the database refuses to change or remove it, and what was audited', async () => {
  await pay(house, 1000);
  for (const write of [
    sql`update ledger_entries set late = true`,
    sql`delete from ledger_entries`,
    sql`truncate ledger_entries`,
    sql`update audit_entries set action = 'x'`,
    sql`delete from audit_entries`,
  ])
    await expect(house.services.db.execute(write)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('is append-only') },
    });
});
