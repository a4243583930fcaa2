import { Webhook } from 'standardwebhooks';
import { afterEach, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { deliver, settle } from '@/lib/webhooks';
import { claimDue } from '@/lib/webhooks/testing';
import { calm, endScenes, newLink, rows, scene, settled, startLane, triesOf, until } from './testing';

afterEach(endScenes);

test('an event arrives signed, once, soon after its commit, and the answer is in the log', async () => {
  const { house, got, endpoints } = await scene({
    a: (response) => response.end('paid with 4242424242424242'),
  });
  startLane(house);
  await newLink(house);
  await until(settled(house, 'succeeded'));
  const [one] = got;
  const event = new Webhook(endpoints.get('a')?.secret ?? '').verify(
    one?.body ?? '',
    one?.headers as Record<string, string>,
  );
  expect(event).toMatchObject({ id: one?.headers['webhook-id'], type: 'payment_link.created', sequence: 1 });
  expect(got).toHaveLength(1);
  expect(await triesOf(house)).toEqual([
    { number: 1, status: 200, error: null, answer: 'paid with ••••••••••••••••' },
  ]);
});

test('a failed delivery is tried again on the schedule, with the same bytes under the same id', async () => {
  let broken = true;
  const { house, got } = await scene({
    a: (response) => response.writeHead(broken ? 500 : 204).end(),
  });
  startLane(house);
  await newLink(house);
  await until(settled(house, 'retrying'));
  const [first] = await rows(house);
  expect(first?.wait).toBeGreaterThan(3);
  expect(first?.wait).toBeLessThan(6.1);
  await setClock(house.services.db, 7);
  await until(async () => (await rows(house))[0]?.tries === 2);
  const [second] = await rows(house);
  expect(second?.wait).toBeGreaterThan(235);
  expect(second?.wait).toBeLessThan(361);
  broken = false;
  await setClock(house.services.db, 400);
  await until(settled(house, 'succeeded'));
  expect(new Set(got.map((one) => `${one.headers['webhook-id']} ${one.body}`)).size).toBe(1);
  expect((await triesOf(house)).map((one) => one.status)).toEqual([500, 500, 204]);
});

test('a redirect is a failure', async () => {
  const { house } = await scene({ a: (response) => response.writeHead(302, { location: '/b' }).end() });
  startLane(house);
  await newLink(house);
  await until(settled(house, 'retrying'));
  expect(await triesOf(house)).toMatchObject([{ status: 302 }]);
});

test('Retry-After is honoured where it is longer than the schedule', async () => {
  const { house } = await scene({
    a: (response) => response.writeHead(503, { 'retry-after': '3600' }).end(),
  });
  startLane(house);
  await newLink(house);
  await until(settled(house, 'retrying'));
  expect(Math.round(((await rows(house))[0]?.wait ?? 0) / 60)).toBe(60);
});

test('a delivery is signed at the database’s time, which also counts a date in Retry-After', async () => {
  const ahead = 3 * 86_400;
  const inAnHour = new Date(Date.now() + (ahead + 3_600) * 1000).toUTCString();
  const { house, got } = await scene({
    a: (response) => response.writeHead(503, { 'retry-after': inAnHour }).end(),
  });
  await setClock(house.services.db, ahead);
  startLane(house);
  await newLink(house);
  await until(settled(house, 'retrying'));
  const late = Number(got[0]?.headers['webhook-timestamp']) - Date.now() / 1000;
  expect(Math.abs(late - ahead)).toBeLessThan(30);
  expect(Math.round(((await rows(house))[0]?.wait ?? 0) / 60)).toBe(60);
});

test('410 switches the endpoint off, and the merchant’s other endpoint is told', async () => {
  const { house, got } = await scene({ a: (response) => response.writeHead(410).end(), b: (r) => r.end() });
  startLane(house);
  await newLink(house);
  await until(() => got.some((one) => one.path === '/b' && one.body.includes('webhook_endpoint.disabled')));
  const states = await house.database
    .sql`select disabled_at is not null as off from webhook_endpoints order by id`;
  expect(states.map((row) => row.off)).toEqual([true, false]);
  await newLink(house);
  await until(async () => (await rows(house)).filter((row) => row.state === 'succeeded').length === 3);
  expect(got.filter((one) => one.path === '/a')).toHaveLength(1);
  expect((await rows(house))[0]).toMatchObject({ state: 'disabled', tries: 1 });
});

test('an endpoint whose every try fails for five days is switched off; one success starts the count again', async () => {
  let status = 500;
  const { house } = await scene({ a: (response) => response.writeHead(status).end() });
  startLane(house, { breaker: { failures: 1_000 } });
  const off = async () =>
    (await house.database.sql`select disabled_at from webhook_endpoints`)[0]?.disabled_at !== null;
  const tryAt = async (days: number) => {
    await setClock(house.services.db, days * 86_400);
    const before = (await triesOf(house)).length;
    await newLink(house);
    await until(async () => (await triesOf(house)).length > before);
    await until(calm(house));
  };
  await tryAt(0);
  await tryAt(4);
  status = 200;
  await tryAt(4.5);
  await until(settled(house, 'succeeded'));
  status = 500;
  await tryAt(6);
  await tryAt(10.9);
  expect(await off()).toBe(false);
  await tryAt(11.1);
  await until(off);
  await until(async () =>
    (await rows(house)).every((row) => row.state !== 'pending' && row.state !== 'retrying'),
  );
});

test('a worker that died or froze with a delivery loses it to another when its lease ends, and can no longer write', async () => {
  const { house, got } = await scene({ a: (response) => response.end() });
  await newLink(house);
  const [held] = await claimDue(house);
  if (!held) throw new Error('nothing to claim');
  expect(await claimDue(house)).toEqual([]);
  startLane(house);
  await setClock(house.services.db, 61);
  await until(settled(house, 'succeeded'));
  expect(got).toHaveLength(1);
  const late = await deliver(house.services.config, { ...held, url: 'http://127.0.0.1:9/' });
  expect(await settle(house.services, [late])).toEqual({ fenced: 1 });
  expect((await rows(house))[0]).toMatchObject({ state: 'succeeded', tries: 1, fence: 2 });
  expect(await triesOf(house)).toHaveLength(1);
});

test('an outcome that is written twice counts once', async () => {
  const { house } = await scene({ a: (response) => response.writeHead(500).end() });
  await newLink(house);
  const [held] = await claimDue(house);
  if (!held) throw new Error('nothing to claim');
  const outcome = await deliver(house.services.config, held);
  expect(await settle(house.services, [outcome])).toEqual({ fenced: 0 });
  expect(await settle(house.services, [outcome])).toEqual({ fenced: 1 });
  expect((await rows(house))[0]).toMatchObject({ state: 'retrying', tries: 1 });
});

test('two workers share the work without sending anything twice', async () => {
  const { house, got } = await scene({ a: (response) => response.end(), b: (response) => response.end() });
  for (let i = 0; i < 20; i++) await newLink(house);
  startLane(house);
  startLane(house);
  await until(settled(house, 'succeeded'));
  expect(got).toHaveLength(40);
  expect(new Set(got.map((one) => `${one.path} ${one.headers['webhook-id']}`)).size).toBe(40);
});

test('an endpoint that hangs holds five places at the most and delays nobody else', async () => {
  const { house, got } = await scene({ hang: () => {}, quick: (response) => response.end() });
  for (let i = 0; i < 12; i++) await newLink(house);
  const budgets = { connectMs: 500, headersMs: 3_000, totalMs: 3_000, readBytes: 1_000, keepBytes: 100 };
  startLane(house, { budgets });
  await until(() => got.filter((one) => one.path === '/quick').length === 12);
  expect(got.filter((one) => one.path === '/hang')).toHaveLength(5);
});
