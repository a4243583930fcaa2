import { afterEach, expect, test, vi } from 'vitest';
import { setClock } from '@/db/testing';
import { listAlerts } from '@/lib/alerts';
import { createPaymentLink } from '@/lib/payment-links';
import { claim, createWebhookEndpoint, readWebhookEndpoint, scan } from '@/lib/webhooks';
import { calm, endScenes, type Got, newLink, rows, scene, startLane, triesOf, until } from './testing';

afterEach(endScenes);

type House = Awaited<ReturnType<typeof scene>>['house'];
const at = (got: Got[], path: string) => got.filter((one) => one.path === path);

/** Puts `count` more deliveries of one event each on their way to an endpoint, as old as an hour. */
const backlog = (house: House, endpoint: string, count: number, state = 'pending') => house.database.sql`
  with e as (insert into events (merchant_id, id, type, payload, actor_name, occurred_at)
    select ${house.merchantId}, gen_random_uuid(), 'payment_link.updated', '{}', 'x', cf_now()
    from generate_series(1, ${count}) returning merchant_id, id)
  insert into webhook_deliveries (merchant_id, id, event_id, endpoint_id, state, next_try_at)
  select e.merchant_id, gen_random_uuid(), e.id, w.id, ${state}, cf_now() - interval '1 hour'
  from e join webhook_endpoints w on w.merchant_id = e.merchant_id and w.url like ${`%/${endpoint}`}`;

test('one endpoint with 20,000 waiting does not make another wait for its turn', async () => {
  const { house, got } = await scene({ crowd: (r) => setTimeout(() => r.end(), 20), lone: (r) => r.end() });
  await backlog(house, 'crowd', 20_000);
  startLane(house);
  await until(() => at(got, '/crowd').length > 20);
  await newLink(house);
  const before = at(got, '/crowd').length;
  await until(() => at(got, '/lone').length === 1);
  expect(at(got, '/crowd').length - before).toBeLessThan(150);
});

test('a backlog of tries again takes no place of first tries', async () => {
  const { house, got } = await scene({ again: () => {}, first: (r) => r.end() });
  await backlog(house, 'again', 200, 'retrying');
  startLane(house, { inFlight: 1, inFlightAgain: 2, perEndpoint: 50, perEndpointAgain: 50 });
  await until(() => at(got, '/again').length === 2);
  await house.database.sql`update webhook_endpoints set disabled_at = cf_now() where url like '%/again'`;
  for (let i = 0; i < 10; i++) await newLink(house);
  await until(() => at(got, '/first').length === 10);
  expect(at(got, '/again')).toHaveLength(2);
});

test('an endpoint has five places, first tries and tries again together', async () => {
  let [now, most] = [0, 0];
  const { house, got } = await scene({
    both: (r) => {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        r.end();
      }, 25);
    },
  });
  await backlog(house, 'both', 150);
  await backlog(house, 'both', 150, 'retrying');
  startLane(house);
  await until(() => at(got, '/both').length >= 200);
  expect(most).toBe(5);
});

test('merchants take turns, whatever number of endpoints they have', async () => {
  const { house } = await scene({});
  const url = `${house.services.config.egressAllow[0]}/x`;
  for (let i = 0; i < 12; i++) await createWebhookEndpoint(house.as('owner'), { url });
  await createWebhookEndpoint(house.stranger, { url });
  for (const ctx of [house.as('owner'), house.stranger])
    for (let i = 0; i < 3; i++) await createPaymentLink(ctx, { amountMinor: 100, currency: 'GBP' });
  const ring = await scan(house.services, 'fresh', null, 100);
  expect(ring).toHaveLength(13);
  const take = async (busyOf: (merchant: number) => number, limit: number) => {
    const wanted = ring.map((place) => ({ ...place, room: 5, busy: busyOf(place.merchantId) }));
    const claims = await claim(house.services, { lane: 'fresh', limit, leaseSeconds: 60, wanted });
    return claims.filter((one) => one.merchantId === house.stranger.merchantId).length;
  };
  expect(await take(() => 0, 2)).toBe(1);
  expect(await take((merchant) => (merchant === house.merchantId ? 10 : 0), 2)).toBe(2);
});

test('a ring that is larger than one look is gone round: every endpoint has its turn', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const { house, got } = await scene(Object.fromEntries(names.map((name) => [name, (r) => r.end()])));
  await newLink(house);
  startLane(house, { ring: 3 });
  await until(() => got.length === names.length);
  expect(new Set(got.map((one) => one.path)).size).toBe(names.length);
});

test('an endpoint that always fails is left alone but for a probe, and goes on once the probe succeeds', async () => {
  let status = 500;
  const { house, got } = await scene({ a: (r) => r.writeHead(status).end() });
  for (let i = 0; i < 30; i++) await newLink(house);
  startLane(house, { breaker: { failures: 5, openMs: 600, mostMs: 600 } });
  await until(() => got.length >= 5);
  await vi.waitFor(async () =>
    expect((await rows(house)).filter((row) => row.tries > 0).length).toBe(got.length),
  );
  expect(got.length).toBeLessThanOrEqual(10);
  const opened = got.length;
  await until(() => got.length > opened);
  expect(got.length).toBe(opened + 1);
  status = 200;
  await until(
    async () => (await rows(house)).filter((row) => row.state === 'succeeded').length >= 30 - opened - 1,
  );
});

test('a first try is cut at two seconds and does not count; the next is patient, and from then on first tries are too', async () => {
  let delay = 60_000;
  const { house, got, endpoints } = await scene({ a: (r) => setTimeout(() => r.end(), delay) });
  startLane(house);
  await newLink(house);
  await until(async () => (await triesOf(house)).length === 1);
  const id = endpoints.get('a')?.id ?? '';
  expect(await readWebhookEndpoint(house.as('viewer'), id)).toMatchObject({ value: { failingSince: null } });
  const durations = async () =>
    (await house.database.sql`select duration_ms from webhook_tries order by at`).map(
      (row) => row.duration_ms,
    );
  expect((await durations())[0]).toBeGreaterThan(1_800);
  expect((await durations())[0]).toBeLessThan(3_000);
  delay = 2_600;
  await setClock(house.services.db, 10);
  await until(async () => (await triesOf(house)).length === 2);
  await newLink(house);
  await until(async () => (await triesOf(house)).length === 3);
  expect((await triesOf(house)).map((one) => one.status)).toEqual([null, 200, 200]);
  expect((await durations())[2]).toBeGreaterThan(2_500);
  expect(got).toHaveLength(3);
});

test('operators are told at 50, 70, 90 and 100 % of the way to disabling, in one alert that ends when it works again', async () => {
  let status = 500;
  const { house, endpoints } = await scene({ a: (r) => r.writeHead(status).end() });
  startLane(house, { breaker: { failures: 1_000 } });
  const id = endpoints.get('a')?.id ?? '';
  const alert = async () => {
    const listed = await listAlerts(house.as('owner'));
    const found = listed.ok ? listed.value.data : [];
    return found.map((one) => [one.subject, /(\d+) %|switched off\./.exec(one.message)?.[0]]);
  };
  const tryAt = async (days: number) => {
    await setClock(house.services.db, days * 86_400);
    const before = (await triesOf(house)).length;
    await newLink(house);
    await until(async () => (await triesOf(house)).length > before);
    await until(calm(house));
  };
  await tryAt(0);
  await tryAt(2.4);
  expect(await alert()).toEqual([]);
  for (const [days, percent] of [
    [2.51, '50 %'],
    [3.51, '70 %'],
    [4.51, '90 %'],
  ] as const) {
    await tryAt(days);
    await vi.waitFor(async () => expect(await alert()).toEqual([[id, percent]]), { timeout: 5_000 });
  }
  status = 200;
  await tryAt(4.6);
  await vi.waitFor(async () => expect(await alert()).toEqual([]), { timeout: 5_000 });
  status = 500;
  await tryAt(4.7);
  await tryAt(9.8);
  await vi.waitFor(async () => expect(await alert()).toEqual([[id, 'switched off.']]), { timeout: 5_000 });
  await vi.waitFor(async () =>
    expect(await readWebhookEndpoint(house.as('viewer'), id)).toMatchObject({ value: { state: 'disabled' } }),
  );
});

test('a lane that is stopped claims no more, and ends what is in flight and writes it', async () => {
  const { house, got } = await scene({ a: (r) => setTimeout(() => r.end(), 800) });
  for (let i = 0; i < 12; i++) await newLink(house);
  const lane = startLane(house);
  await until(() => got.length === 5);
  await lane.stop();
  const states = (await rows(house)).map((row) => row.state);
  expect(states.filter((state) => state === 'succeeded')).toHaveLength(5);
  expect(got).toHaveLength(5);
});
