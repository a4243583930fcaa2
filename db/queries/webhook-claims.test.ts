import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '@/lib/testing';
import { createWebhookEndpoint } from '@/lib/webhooks';
import type { Executor } from '../client';
import { plansOf } from '../testing/plan';
import { claimDeliveries, type LaneName, scanWaiting, type Wanted } from './webhook-claims';

const ENDPOINTS = 40;
const EACH = 150;

let house: TestHouse;
let places: Wanted[];
beforeAll(async () => {
  house = await testHouse();
  const resolve = async () => [{ address: '93.184.215.14', family: 4 }];
  await createWebhookEndpoint(house.as('owner'), { url: 'https://hooks.example.com/e' }, resolve);
  const { db } = house.services;
  await db.execute(sql`insert into webhook_endpoints select (jsonb_populate_record(w, jsonb_build_object('id',
    gen_random_uuid()))).* from webhook_endpoints w, generate_series(2, ${ENDPOINTS}::int)`);
  await db.execute(sql`create temp table made as select merchant_id, id as endpoint_id, gen_random_uuid() as event_id
    from webhook_endpoints, generate_series(1, ${EACH}::int)`);
  await db.execute(sql`insert into events (merchant_id, id, type, payload, actor_name, occurred_at)
    select merchant_id, event_id, 'test.ping', '{}', 'x', cf_now() from made`);
  await db.execute(sql`insert into webhook_deliveries (merchant_id, id, event_id, endpoint_id)
    select merchant_id, gen_random_uuid(), event_id, endpoint_id from made`);
  places = (await scanWaiting(db, 'fresh', null, 200)).map((one) => ({ ...one, room: 5, busy: 0 }));
});
afterAll(() => house.close());

/** How the database would read the deliveries for what is asked of `tx`. */
async function readsOf(ask: (tx: Executor) => Promise<unknown>): Promise<string[]> {
  const nodes = await plansOf(house.services.db, ask);
  return nodes.flatMap((node) => {
    if (node['Index Name']?.startsWith('webhook_deliveries')) return [node['Index Name']];
    const isWhole = node['Node Type'].includes('Seq') && node['Relation Name'] === 'webhook_deliveries';
    return isWhole ? ['all of them'] : [];
  });
}

const WAITING = 'webhook_deliveries_waiting';

test.each<LaneName>(['fresh', 'retry'])(
  'whatever the statistics say, the %s lane looks by the index of what waits, and claims by keys',
  async (lane) => {
    const { db } = house.services;
    expect(places).toHaveLength(ENDPOINTS);
    const wish = { lane, limit: 50, leaseSeconds: 60, wanted: places };
    for (const [state, when] of [
      ['pending', 'all waits'],
      ['succeeded', 'all was sent'],
    ]) {
      await db.execute(sql`update webhook_deliveries set state = ${state}`);
      await db.execute(sql`analyze webhook_deliveries`);
      const look = await readsOf((tx) => scanWaiting(tx, lane, null, 200));
      expect(new Set(look), `${when}: ${look}`).toEqual(new Set([WAITING]));
      const claim = await readsOf((tx) => claimDeliveries(tx, wish));
      expect(claim, when).toContain(WAITING);
      expect(claim, when).not.toContain('all of them');
      expect(claim, when).not.toContain('webhook_deliveries_of_endpoint');
    }
  },
);
