import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAlerts } from '../alerts';
import type { Ctx } from '../context';
import { listQuarantine } from '../gateway-notifications';
import { listLinkRequests } from '../link-requests';
import { createPaymentLink } from '../payment-links';
import { type TestHouse, testHouse } from '../testing';

const COUNT = 230;
let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  const issued = await createPaymentLink(house.as('owner'), { amountMinor: 1240, currency: 'GBP' });
  if (!issued.ok) throw new Error(issued.error.message);
  const of = sql`from generate_series(1, ${COUNT}) n, payment_links p where p.merchant_id = ${house.merchantId}`;
  // Many of one moment: the order must hold between them too.
  const when = sql`cf_now() - make_interval(secs => (n / 50)::int)`;
  await house.services.db.execute(sql`insert into alerts (merchant_id, kind, subject, message, raised_at)
    select p.merchant_id, 'mismatch', 'subject ' || n, 'Look.', ${when} ${of}`);
  await house.services.db.execute(sql`insert into gateway_notifications (merchant_id, profile_id, gateway_id, type, payload,
      state, received_at) select p.merchant_id, p.profile_id, 'note ' || n, 'x', '{"kind":"other"}', 'quarantined', ${when} ${of}`);
  await house.services.db.execute(sql`insert into link_requests (merchant_id, id, payment_link_id, state, created_at)
    select p.merchant_id, gen_random_uuid(), p.id, 'pending', ${when} ${of}`);
});
afterAll(() => house.close());

type Paged = { data: object[]; nextCursor: string | null };
type List = (ctx: Ctx, raw?: unknown) => Promise<{ ok: true; value: Paged } | { ok: false; error: object }>;
const LISTS: [string, List, string][] = [
  ['alerts', listAlerts, 'raisedAt'],
  ['notices', listQuarantine, 'receivedAt'],
  ['requests', listLinkRequests, 'createdAt'],
];

test.each(LISTS)('%s: page after page gives each once, in order, to the last', async (name, list, time) => {
  const seen: Record<string, string>[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await list(house.as('owner'), { limit: '100', ...(cursor && { cursor }) });
    if (!page.ok) throw new Error(JSON.stringify(page.error));
    seen.push(...(page.value.data as Record<string, string>[]));
    cursor = page.value.nextCursor;
    expect(seen.length).toBeLessThanOrEqual(COUNT);
  }
  expect(new Set(seen.map(({ id, subject }) => id ?? subject)).size).toBe(COUNT);
  const times = seen.map((one) => one[time] ?? '');
  const sorted = [...times].sort();
  expect(times).toEqual(name === 'requests' ? sorted : sorted.reverse());
});

test.each(LISTS)(
  '%s: a cursor that is none is refused, and another merchant’s leads nowhere',
  async (_, list) => {
    for (const cursor of ['nonsense', 'gossip subject 1', 'prof_ note 1', ''])
      expect(await list(house.as('owner'), { cursor })).toMatchObject({ error: { code: 'invalid' } });
    const first = await list(house.as('owner'), { limit: '10' });
    const cursor = first.ok ? first.value.nextCursor : null;
    expect(await list(house.stranger, { cursor })).toMatchObject({ value: { data: [], nextCursor: null } });
  },
);

test('what was put away between two pages does not lose the place', async () => {
  const first = await listAlerts(house.as('owner'), { limit: '10' });
  if (!first.ok) throw new Error(first.error.code);
  const last = first.value.data.at(-1);
  await house.services.db.execute(
    sql`update alerts set settled_at = cf_now() where subject = ${last?.subject ?? ''}`,
  );
  const second = await listAlerts(house.as('owner'), { limit: '10', cursor: first.value.nextCursor });
  if (!second.ok) throw new Error(second.error.code);
  const subjects = new Set([...first.value.data, ...second.value.data].map(({ subject }) => subject));
  expect(subjects.size).toBe(20);
});
