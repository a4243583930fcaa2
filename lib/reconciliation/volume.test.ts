import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { idFromUuid } from '@/core/ids';
import { paymentLinks } from '@/db/schema';
import { ownColumns } from '@/db/testing/own-columns';
import { createPaymentLink } from '../payment-links';
import { testHouse } from '../testing';
import { runBalance } from '.';
import { profileOf } from './testing';

const COUNT = 5_000;
const PAGE = 1_000;
const DAY = '2026-11-01';
const NOON_MS = Date.parse(`${DAY}T06:00:00Z`);
/** PostgreSQL's md5(n)::uuid. */
const uuidOf = (n: number): string =>
  createHash('md5')
    .update(String(n))
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const attemptOf = (n: number): string => idFromUuid('paymentAttempt', uuidOf(n));

/** A gateway that tells of as many payments, each 1.7 s later than we have it, in pages. */
const gateway = createServer((request, response) => {
  const cursor = Number(new URL(request.url ?? '/', 'http://gateway').searchParams.get('cursor') ?? 0);
  const data = Array.from({ length: Math.min(PAGE, COUNT - cursor) }, (_, i) => ({
    id: `gw_${cursor + i}`,
    kind: 'payment',
    reference: attemptOf(cursor + i + 1),
    amountMinor: 100,
    currency: 'GBP',
    at: new Date(NOON_MS + (cursor + i) * 500 + 1_700).toISOString(),
  }));
  const nextCursor = cursor + PAGE < COUNT ? String(cursor + PAGE) : null;
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ data, nextCursor }));
});

test(`${COUNT} payments of a day are balanced while only a few are held in memory, and the one that is off is found`, async () => {
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  const house = await testHouse({
    sandboxUrl: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
  });
  try {
    const { db } = house.services;
    const link = await createPaymentLink(house.as('owner'), { amountMinor: 100, currency: 'GBP' });
    if (!link.ok) throw new Error(link.error.message);
    const ids = sql`${house.merchantId}::bigint, md5(n::text)::uuid, md5(n::text)::uuid`;
    const columns = sql.raw(ownColumns(paymentLinks));
    await db.execute(sql`insert into payment_links (${columns}) select ${columns} from (select c.* from payment_links p, generate_series(1, ${COUNT}) n,
      lateral jsonb_populate_record(null::payment_links, to_jsonb(p) || jsonb_build_object('id', md5(n::text)::uuid, 'captured_minor', 100)) c) c`);
    await db.execute(sql`analyze payment_links`);
    await db.execute(sql`insert into payment_attempts (merchant_id, id, payment_link_id, state, amount_minor, captured_minor,
      currency, channel, gateway, gateway_account_id)
      select ${ids}, 'succeeded', 100, 100, 'GBP', 'ecommerce', 'sandbox', p.gateway_account_id
      from generate_series(1, ${COUNT}) n, payment_profiles p where p.merchant_id = ${house.merchantId}`);
    await db.execute(sql`analyze payment_attempts`);
    for (let first = 1; first <= COUNT; first += PAGE) {
      const told = Array.from({ length: PAGE }, (_, i) => ({
        uuid: uuidOf(first + i),
        id: attemptOf(first + i),
      }));
      await db.execute(sql`insert into events (merchant_id, id, payment_link_id, type, sequence, payload, actor_name, occurred_at)
        select ${house.merchantId}, t.uuid, t.uuid, 'payment_attempt.succeeded', 1,
          json_build_object('data', json_build_object('id', t.id, 'amountMinor', case when t.uuid = md5('77')::uuid then 99 else 100 end))::text,
          'Test', cf_now() from jsonb_to_recordset(${JSON.stringify(told)}::text::jsonb) as t(uuid uuid, id text)`);
    }
    await db.execute(sql`insert into ledger_entries (merchant_id, id, payment_link_id, payment_attempt_id, kind, amount_minor,
      currency, at) select ${ids}, md5(n::text)::uuid, 'payment', case when n = 77 then 99 else 100 end, 'GBP',
      to_timestamp(${NOON_MS / 1000}::float8 + (n - 1) * 0.5) from generate_series(1, ${COUNT}) n`);
    await db.execute(sql`analyze`);
    const outcome = await runBalance(house.as('system'), await profileOf(house.as('owner')), DAY);
    expect(outcome).toMatchObject({ ok: true, value: { day: DAY } });
    if (!outcome.ok) return;
    expect(outcome.value.mostWaiting).toBeLessThan(20);
    const [report] = await db.execute(
      sql`select gateway_minor::int, ledger_minor::int, events_minor::int, gap_count, gaps from balance_reports`,
    );
    const [off, total] = [attemptOf(77), idFromUuid('paymentLink', uuidOf(77))];
    expect(report).toEqual({
      gateway_minor: COUNT * 100,
      ledger_minor: COUNT * 100 - 1,
      events_minor: COUNT * 100 - 1,
      gap_count: 2,
      gaps: [
        { kind: 'amount', entry: 'payment', reference: off, hereMinor: 99, gatewayMinor: 100 },
        { kind: 'link_total', entry: null, reference: total, hereMinor: 100, gatewayMinor: null },
      ],
    });
  } finally {
    await house.close();
    gateway.close();
  }
}, 120_000);
