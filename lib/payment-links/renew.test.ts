import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { startPaymentAttempt, submitPaymentAttempt } from '../payment-attempts';
import { type TestHouse, testHouse } from '../testing';
import { expirePaymentLinks } from './expire';
import {
  cancelPaymentLink,
  listLinkMessages,
  readPaymentLink,
  reissuePaymentLink,
  unlockPaymentLink,
  updatePaymentLink,
} from './index';
import { DAY, DECLINED, LinkTales, VISA } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterEach(() => setClock(house.services.db, 0));
afterAll(() => house.close());

type Act = (ctx: Parameters<typeof cancelPaymentLink>[0], id: string) => Promise<{ ok: boolean }>;
const ACTS: [string, Act][] = [
  ['reissue', (ctx, id) => reissuePaymentLink(ctx, id, {})],
  ['unlock', unlockPaymentLink],
  ['update', (ctx, id) => updatePaymentLink(ctx, id, { description: 'x' }, 1)],
];

describe.each(ACTS)('%s', (_name, act) => {
  test('is refused to a viewer, a payer and a key without the scope, and another merchant sees no link', async () => {
    const { id } = await tales.issued();
    for (const ctx of [house.as('viewer'), house.as('payer'), house.as('api', ['payment_links:read'])])
      expect(await act(ctx, id)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await act(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
    expect(await act(house.as('owner'), 'nonsense')).toMatchObject({ error: { code: 'not_found' } });
    expect(await tales.typesOf(id)).toEqual(['payment_link.created']);
  });
});

describe('reissue', () => {
  test('gives another address and 72 hours from now; the old page says that it was replaced', async () => {
    const before = await tales.issued({ expiresInSeconds: 60 });
    await setClock(house.services.db, 61);
    await expirePaymentLinks(house.services, 'req_test', 10);
    expect(await tales.stateOf(before.url)).toBe('expired');
    const after = await reissuePaymentLink(house.as('agent'), before.id, { send: { channel: 'sms' } });
    if (!after.ok) throw new Error(after.error.code);
    expect(after.value).toMatchObject({ id: before.id, status: 'active', version: 3 });
    expect(after.value.url).not.toBe(before.url);
    const life = Date.parse(after.value.expiresAt) - Date.now() - 61_000;
    expect(Math.abs(life - 3 * DAY * 1000)).toBeLessThan(2_000);
    expect([await tales.stateOf(before.url), await tales.stateOf(after.value.url)]).toEqual([
      'replaced',
      'ready',
    ]);
    const [told] = (await tales.events(before.id)).filter((event) => event.type === 'payment_link.reissued');
    expect(told?.previous).toEqual({ status: 'expired', url: before.url, expiresAt: before.expiresAt });
    const messages = await listLinkMessages(house.as('viewer'), before.id);
    expect(messages).toMatchObject({ value: { data: [{ channel: 'sms', state: 'queued' }] } });
  });

  test('a ticket of the old page is good no more, and the new page can be paid', async () => {
    const link = await tales.issued();
    const old = await startPaymentAttempt(house.as('payer'), link.id);
    await reissuePaymentLink(house.as('owner'), link.id, {});
    const call = { attempt: old.ok ? old.value.attempt : '', amountMinor: 1240, currency: 'GBP', card: VISA };
    expect(await submitPaymentAttempt(house.as('payer'), call)).toMatchObject({
      error: { code: 'attempt_superseded' },
    });
    await tales.pay(link.id);
    expect((await tales.read(link.id)).status).toBe('paid');
    expect(await tales.stateOf(link.url)).toBe('paid');
  });

  test('lifts a lock, and the tries start anew', async () => {
    const link = await tales.issued();
    await tales.lock(link.id);
    expect(await tales.stateOf(link.url)).toBe('locked');
    const after = await reissuePaymentLink(house.as('agent'), link.id, {});
    expect(after).toMatchObject({ value: { status: 'active' } });
    await setClock(house.services.db, 60);
    await tales.pay(link.id);
    expect((await tales.read(link.id)).status).toBe('paid');
  });

  test('is refused for what is paid, being paid or canceled, and to an address that is not on file', async () => {
    const [paid, busy, canceled] = [
      await tales.issued(),
      await tales.issued(),
      await tales.issued({ customer: {} }),
    ];
    await tales.pay(paid.id);
    await tales.submitted(busy.id);
    await cancelPaymentLink(house.as('owner'), canceled.id);
    const bare = await tales.issued({ customer: {} });
    const reissue = (id: string, input: unknown = {}) => reissuePaymentLink(house.as('owner'), id, input);
    expect(await reissue(paid.id)).toMatchObject({ error: { code: 'link_paid' } });
    expect(await reissue(busy.id)).toMatchObject({ error: { code: 'being_paid' } });
    expect(await reissue(canceled.id)).toMatchObject({ error: { code: 'link_canceled' } });
    for (const input of [{ send: { channel: 'sms' } }, { send: { channel: 'fax' } }, { surprise: 1 }])
      expect(await reissue(bare.id, input)).toMatchObject({ error: { code: 'invalid' } });
    expect(await tales.typesOf(bare.id)).toEqual(['payment_link.created']);
  });
});

describe('unlock', () => {
  test('lifts the lock once, again is fine, and the tries start anew', async () => {
    const link = await tales.issued();
    await tales.lock(link.id);
    for (let i = 0; i < 2; i++)
      expect(await unlockPaymentLink(house.as('agent'), link.id)).toMatchObject({
        value: { status: 'active' },
      });
    expect((await tales.typesOf(link.id)).filter((type) => type === 'payment_link.unlocked')).toHaveLength(1);
    const told = (await tales.events(link.id)).at(-1);
    expect(told).toMatchObject({ type: 'payment_link.unlocked', previous: { status: 'locked' } });
    await setClock(house.services.db, 60);
    await tales.pay(link.id);
    expect((await tales.read(link.id)).status).toBe('paid');
  });

  test('what is not locked, or is over, is not unlocked', async () => {
    const [open, over] = [await tales.issued(), await tales.issued({ expiresInSeconds: 600 })];
    expect(await unlockPaymentLink(house.as('owner'), open.id)).toMatchObject({
      error: { code: 'link_not_locked' },
    });
    await tales.lock(over.id);
    await setClock(house.services.db, 601);
    expect(await unlockPaymentLink(house.as('owner'), over.id)).toMatchObject({
      error: { code: 'link_expired' },
    });
  });

  test('a fourth card locks the link softly, and says so on the timeline', async () => {
    const link = await tales.issued();
    for (let i = 0; i < 3; i++) {
      await setClock(house.services.db, i * 10);
      const attempt = await tales.submitted(link.id, { ...VISA, last4: `000${i}` });
      await tales.answer(attempt, DECLINED);
    }
    await setClock(house.services.db, 40);
    await expect(tales.submitted(link.id, { ...VISA, last4: '0009' })).rejects.toThrow('too_many_cards');
    expect(await tales.stateOf(link.url)).toBe('locked');
    expect((await tales.typesOf(link.id)).slice(-2)).toEqual([
      'payment_attempt.abandoned',
      'payment_link.locked',
    ]);
    await unlockPaymentLink(house.as('admin'), link.id);
    await setClock(house.services.db, 60);
    expect(await tales.submitted(link.id, { ...VISA, last4: '0009' })).toBeTruthy();
  });
});

describe('canceling while somebody pays', () => {
  test('takes the link back at once; money that comes all the same is a fact, flagged as late', async () => {
    const link = await tales.issued();
    const attempt = await tales.submitted(link.id);
    for (let i = 0; i < 2; i++)
      expect(await cancelPaymentLink(house.as('agent'), link.id)).toMatchObject({
        value: { status: 'processing', canceledAt: expect.any(String) },
      });
    expect(await startPaymentAttempt(house.as('payer'), link.id)).toMatchObject({
      error: { code: 'being_paid' },
    });
    await tales.answer(attempt, {
      kind: 'authorized',
      captured: true,
      gatewayReference: 'gw_late',
      card: VISA,
    });
    expect(await readPaymentLink(house.as('viewer'), link.id)).toMatchObject({ value: { status: 'paid' } });
    const types = await tales.typesOf(link.id);
    expect(types.filter((type) => type === 'payment_link.canceled')).toHaveLength(1);
    expect(types.slice(-2)).toEqual(['payment_link.paid', 'payment_link.late_payment']);
    expect(await cancelPaymentLink(house.as('agent'), link.id)).toMatchObject({
      error: { code: 'link_paid' },
    });
  });

  test('a try that ends without money leaves a canceled link', async () => {
    const link = await tales.issued();
    const attempt = await tales.submitted(link.id);
    await cancelPaymentLink(house.as('agent'), link.id);
    expect(await tales.stateOf(link.url)).toBe('processing');
    await tales.answer(attempt, DECLINED);
    expect(await tales.stateOf(link.url)).toBe('canceled');
    expect(await startPaymentAttempt(house.as('payer'), link.id)).toMatchObject({
      error: { code: 'link_canceled' },
    });
  });

  test('what waits for the bank is to be taken back at the gateway at once; what was just sent is not', async () => {
    const jobs = async (attempt: string) =>
      house.services.db.execute(
        sql`select 1 from graphile_worker._private_jobs where key = ${`reverse:${attempt}`}`,
      );
    const [waiting, sent] = [await tales.issued(), await tales.issued()];
    const [atBank, underWay] = [await tales.submitted(waiting.id), await tales.submitted(sent.id)];
    const challenge = { kind: 'requires_action', gatewayReference: 'gw_1', card: VISA } as const;
    await tales.answer(atBank, { ...challenge, challengeUrl: 'http://bank/acs/1' });
    for (const { id } of [waiting, sent]) await cancelPaymentLink(house.as('agent'), id);
    expect([await jobs(atBank.attempt), await jobs(underWay.attempt)].map((found) => found.length)).toEqual([
      1, 0,
    ]);
  });

  test('an expired link has nothing to cancel, by the clock and by the sweep', async () => {
    const link = await tales.issued({ expiresInSeconds: 60 });
    await setClock(house.services.db, 61);
    const cancel = () => cancelPaymentLink(house.as('owner'), link.id);
    expect(await cancel()).toMatchObject({ error: { code: 'link_expired' } });
    await expirePaymentLinks(house.services, 'req_test', 100);
    expect(await cancel()).toMatchObject({ error: { code: 'link_expired' } });
  });
});
