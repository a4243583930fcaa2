import { afterAll, beforeAll, expect, test } from 'vitest';
import { idFromUuid } from '@/core/ids';
import { GATEWAY_WHSEC } from '@/sandbox/testing';
import { type MoneyHouse, moneyHouse } from '../gateways/testing';
import { newId } from '../ids';
import { testHouse } from '../testing';
import { newWebhookSecret, webhookHeaders } from '../webhooks/sign';
import { receiveNotification } from '.';

let house: MoneyHouse;
beforeAll(async () => {
  house = await moneyHouse();
});
afterAll(() => house.close());

const bodyOf = (id: string, type = 'payment.captured', data: unknown = {}) =>
  JSON.stringify({ id, type, createdAt: new Date().toISOString(), data });
const aged = (seconds: number) => new Date(Date.now() + seconds * 1000);
const send = (id: string, more: { secret?: string; at?: Date; body?: string; profile?: string } = {}) => {
  const { secret = GATEWAY_WHSEC, at = new Date(), body = bodyOf(id), profile = house.profile } = more;
  const headers = webhookHeaders(secret, id, body, at);
  return receiveNotification(house.services, 'req_test', { profile, headers, body });
};
const stored = async (id: string) =>
  (await house.database.sql`select state, payload from gateway_notifications where gateway_id = ${id}`)[0];
const UNAUTHENTICATED = { ok: false, error: { code: 'unauthenticated' } };

test('a notification is stored with its job before it is acknowledged, and once however often it comes', async () => {
  expect(await send('n1')).toEqual({ ok: true, value: 'stored' });
  for (let i = 0; i < 3; i++) expect(await send('n1')).toEqual({ ok: true, value: 'known' });
  expect(await stored('n1')).toMatchObject({ state: 'received' });
  const jobs = await house.database.sql`select 1 from graphile_worker.jobs where key like ${'%:n1'}`;
  expect(jobs).toHaveLength(1);
});

test('forged, changed, old, too new, for nobody or for another profile: refused alike, and nothing is kept', async () => {
  const refused = [
    send('n2', { secret: newWebhookSecret() }),
    send('n2', { at: aged(-310) }),
    send('n2', { at: aged(310) }),
    send('n2', { profile: newId('profile') }),
    send('n2', { profile: 'prof_nonsense' }),
    receiveNotification(house.services, 'req_test', {
      profile: house.profile,
      headers: {},
      body: bodyOf('n2'),
    }),
    receiveNotification(house.services, 'req_test', {
      profile: house.profile,
      headers: webhookHeaders(GATEWAY_WHSEC, 'n2', bodyOf('n2'), new Date()),
      body: `${bodyOf('n2')} `,
    }),
  ];
  const outcomes = await Promise.all(refused);
  for (const outcome of outcomes) expect(outcome).toMatchObject(UNAUTHENTICATED);
  expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  expect(await stored('n2')).toBeUndefined();
  expect(await send('n2', { at: aged(-290) })).toMatchObject({ ok: true });
});

test('while a secret is replaced, both are good; a profile without one takes nothing', async () => {
  const next = newWebhookSecret();
  const own = await testHouse({ notificationSecrets: `${GATEWAY_WHSEC} ${next}` });
  const bare = await testHouse();
  try {
    for (const [at, secret, taken] of [
      [own, GATEWAY_WHSEC, true],
      [own, next, true],
      [own, newWebhookSecret(), false],
      [bare, GATEWAY_WHSEC, false],
    ] as const) {
      const [row] = await at.database
        .sql`select id from payment_profiles where merchant_id = ${at.merchantId}`;
      const id = newId('event');
      const body = bodyOf(id);
      const headers = webhookHeaders(secret, id, body, new Date());
      const message = { profile: idFromUuid('profile', row?.id), headers, body };
      expect((await receiveNotification(at.services, 'req_test', message)).ok).toBe(taken);
    }
  } finally {
    await own.close();
    await bare.close();
  }
});

test('of a payment only what may be known is kept: not the body, nothing that we do not read', async () => {
  const data = {
    id: 'gw_1',
    reference: newId('paymentAttempt'),
    amountMinor: 1240,
    currency: 'GBP',
    status: 'captured',
    brand: 'visa',
    last4: '4242',
    expMonth: 12,
    expYear: 2034,
    note: 'card 4242424242424242',
  };
  await send('n3', { body: bodyOf('n3', 'payment.captured', data) });
  const payload = String((await stored('n3'))?.payload);
  expect(JSON.parse(payload)).toMatchObject({ kind: 'payment', amountMinor: 1240 });
  expect(payload).not.toContain('4242424242424242');
});
