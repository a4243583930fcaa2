import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../testing';
import {
  deleteWebhookEndpoint,
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  pingWebhookEndpoint,
  readWebhookEndpoint,
  redeliverEvent,
  replayWebhookEvents,
  rotateWebhookSecret,
} from '.';
import { EndpointTales, HOOK } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const tales = new EndpointTales(() => house);
const owner = tales.owner;

test('a new secret signs beside the one before until the overlap is over, and only for so long', async () => {
  const one = await tales.made();
  const rotate = async (input: object) => {
    const outcome = await rotateWebhookSecret(owner(), one.id, input);
    if (!outcome.ok) throw new Error(outcome.error.message);
    return outcome.value;
  };
  const second = await rotate({ overlapSeconds: 3600 });
  expect(second.secret).not.toBe(one.secret);
  expect(Date.parse(second.previousSecretUntil ?? '') - Date.now()).toBeGreaterThan(3_500_000);
  expect((await rotate({ overlapSeconds: 0 })).previousSecretUntil).toBeNull();
  expect(await rotateWebhookSecret(owner(), one.id, { overlapSeconds: 604_801 })).toMatchObject({
    error: { code: 'invalid' },
  });
  await tales.removed(one.id);
});

test('a ping goes to this endpoint alone, whatever types it wants', async () => {
  const one = await tales.made({ types: ['payment_link.paid'] });
  const other = await tales.made();
  const pinged = await pingWebhookEndpoint(owner(), one.id);
  expect(pinged).toMatchObject({
    value: { eventType: 'test.ping', webhookEndpoint: one.id, state: 'pending' },
  });
  const got = await tales.due();
  expect(got.map((each) => each.endpointId)).toEqual([one.id]);
  const body = JSON.parse(got[0]?.payload ?? '');
  expect(body).toMatchObject({ type: 'test.ping', paymentLink: null, sequence: null, data: { id: one.id } });
  await tales.removed(one.id, other.id);
});

test('a ping is sent again to the endpoint that was pinged and to no other, by name or without; a replay leaves it out', async () => {
  const one = await tales.made({ types: ['payment_link.paid', 'test.ping'] });
  const other = await tales.made();
  const pinged = await pingWebhookEndpoint(owner(), one.id);
  const ping = pinged.ok ? pinged.value : null;
  const again = (body: object) => redeliverEvent(owner(), ping?.event ?? '', body);
  for (const body of [{}, { endpoint: one.id }]) {
    expect((await tales.due()).map((each) => [each.id, each.endpointId])).toEqual([[ping?.id, one.id]]);
    await house.database.sql`update webhook_deliveries set state = 'succeeded', ended_at = cf_now()`;
    const outcome = await again(body);
    expect(outcome.ok && outcome.value.deliveries).toMatchObject([{ id: ping?.id, state: 'pending' }]);
  }
  const elsewhere = await again({ endpoint: other.id });
  expect(elsewhere).toMatchObject({
    error: { code: 'conflict', message: 'This ping was for another endpoint. Ping this one itself.' },
  });
  const since = new Date(Date.now() - 60_000).toISOString();
  for (const [id, types] of [[one.id], [other.id, ['test.ping']]] as const)
    expect(await replayWebhookEvents(owner(), id, { since, types })).toMatchObject({ value: { queued: 0 } });
  await disableWebhookEndpoint(owner(), one.id);
  expect(await again({})).toMatchObject({
    error: { code: 'conflict', message: 'This endpoint is disabled. Enable it first.' },
  });
  await tales.removed(one.id, other.id);
  expect(await again({})).toMatchObject({
    error: { code: 'conflict', message: 'The endpoint that was pinged is there no more.' },
  });
});

test('switched off, what waits ends and the others are told; switched on, it is as new', async () => {
  const one = await tales.made();
  const other = await tales.made({ types: ['webhook_endpoint.disabled'] });
  await tales.newLink();
  const off = await disableWebhookEndpoint(owner(), one.id);
  expect(off).toMatchObject({ value: { state: 'disabled', disabledReason: 'switched off by hand' } });
  expect(await disableWebhookEndpoint(owner(), one.id)).toEqual(off);
  await tales.newLink();
  const told = await tales.due();
  expect(told.map((each) => each.endpointId)).toEqual([other.id]);
  for (const act of [pingWebhookEndpoint(owner(), one.id), replay(one.id)])
    expect(await act).toMatchObject({ error: { code: 'conflict' } });
  const on = await enableWebhookEndpoint(owner(), one.id);
  expect(on).toMatchObject({ value: { state: 'enabled', disabledAt: null, disabledReason: null } });
  expect(await enableWebhookEndpoint(owner(), one.id)).toEqual(on);
  expect(await tales.waitingFor(one.id)).toEqual([]);
  await tales.removed(one.id, other.id);
});

test('several that are switched off at once tell each other, and none stands in another’s way', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => tales.made()));
  const off = await Promise.all(all.map(({ id }) => disableWebhookEndpoint(owner(), id)));
  expect(off.map(({ ok }) => ok)).toEqual(all.map(() => true));
  await tales.removed(...all.map(({ id }) => id));
});

const replay = (id: string, more: object = {}) =>
  replayWebhookEvents(owner(), id, { since: new Date(Date.now() - 60_000).toISOString(), ...more });

test('a replay sends a range again with the same bytes, by type, and never twice what still waits', async () => {
  const before = new Date();
  const [first, second] = [await tales.newLink(), await tales.newLink()];
  const one = await tales.made();
  const since = before.toISOString();
  const replayed = await replay(one.id, { since });
  expect(replayed).toMatchObject({ value: { object: 'webhook_replay', queued: 2 } });
  expect(await replay(one.id, { since })).toMatchObject({ value: { queued: 0 } });
  const got = await tales.waitingFor(one.id);
  expect(got.map((each) => JSON.parse(each.payload).paymentLink).sort()).toEqual(
    [first.id, second.id].sort(),
  );
  const [event] = await house.database.sql`select payload from events where payload like ${`%${first.id}%`}`;
  expect(got.map((each) => each.payload)).toContain(event?.payload);
  const other = await tales.made();
  expect(await replay(other.id, { since, types: ['payment_link.paid'] })).toMatchObject({
    value: { queued: 0 },
  });
  expect(await replay(other.id, { since, until: since })).toMatchObject({ error: { code: 'invalid' } });
  const tooOld = new Date(Date.now() - 31 * 86_400_000).toISOString();
  expect(await replay(other.id, { since: tooOld })).toMatchObject({ error: { errors: [{ path: 'since' }] } });
  await tales.removed(one.id, other.id);
});

test('what was delivered is replayed on a fresh schedule, its tries counting on', async () => {
  const one = await tales.made();
  await tales.newLink();
  await house.database.sql`update webhook_deliveries set state = 'succeeded', tries = 3, ended_at = cf_now()
    where state = 'pending'`;
  expect(await replay(one.id, { types: ['payment_link.created'] })).toMatchObject({
    value: { queued: expect.any(Number) },
  });
  const again = (await tales.waitingFor(one.id)).find((each) => each.tries === 3);
  expect(again).toMatchObject({ scheduleTries: 0 });
  expect(again?.scheduleMs).toBeLessThan(10_000);
  await tales.removed(one.id);
});

test('a deleted endpoint is not there, its secrets are gone, and the log of its deliveries stays', async () => {
  const one = await tales.made({ headers: { 'X-Key': 'hush' } });
  await tales.newLink();
  await tales.removed(one.id);
  expect(await readWebhookEndpoint(owner(), one.id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await deleteWebhookEndpoint(owner(), one.id)).toMatchObject({ error: { code: 'not_found' } });
  await tales.newLink();
  const [row] = await house.database.sql`select w.secret, w.headers, w.id, count(*)::int as deliveries
    from webhook_endpoints w join webhook_deliveries d on d.endpoint_id = w.id
    where d.state = 'disabled' and w.url = ${HOOK} group by 1, 2, 3 order by w.id desc limit 1`;
  expect(row).toMatchObject({ secret: '', headers: null, deliveries: 1 });
});
