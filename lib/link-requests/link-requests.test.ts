import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import { noteOptOut } from '../opt-outs';
import { cancelPaymentLink, listLinkMessages, reissuePaymentLink, sendPaymentLink } from '../payment-links';
import { DAY, LinkTales, VISA } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { decideLinkRequest, listLinkRequests, requestNewLink } from '.';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const rule = (name: 'automatic' | 'approval' | 'off') =>
  house.services.db.execute(sql`update payment_profiles set new_link_rule = ${name}`);
const ask = (id: string) => requestNewLink(house.as('payer'), id);
const REFUSED = { error: { code: 'rate_limited' } };

/** A link that has just expired, and the seconds until then. */
async function expired(more: object = {}) {
  const link = await tales.issued({ expiresInSeconds: 60, ...more });
  await setClock(house.services.db, 61);
  return link;
}
async function messagesOf(id: string) {
  const page = await listLinkMessages(house.as('viewer'), id);
  return page.ok ? page.value.data.map(({ channel, to }) => [channel, to]) : [];
}
async function pending() {
  const page = await listLinkRequests(house.as('agent'));
  if (!page.ok) throw new Error(page.error.code);
  return page.value.data;
}

describe('automatic', () => {
  test('a new link goes to the addresses on file; the old page never holds its address', async () => {
    const link = await expired();
    expect(await tales.page(link.url)).toMatchObject({ state: 'expired', asking: { kind: 'offered' } });
    expect(await ask(link.id)).toEqual({ ok: true, value: 'sent' });
    expect(await messagesOf(link.id)).toEqual([
      ['email', 'ada@example.test'],
      ['sms', '+447700900123'],
    ]);
    const after = await tales.read(link.id);
    expect(after.status).toBe('active');
    expect(await tales.page(link.url)).toMatchObject({
      state: 'replaced',
      sentTo: [
        { channel: 'email', address: 'ada@example.test' },
        { channel: 'sms', address: '+447700900123' },
      ],
    });
    expect(await tales.stateOf(after.url)).toBe('ready');
    await tales.pay(link.id);
    expect((await tales.events(link.id)).map((event) => event.type)).toContain('payment_link.reissued');
  });

  test('it takes the way the link was sent by', async () => {
    const link = await tales.issued({ expiresInSeconds: 60 });
    await sendPaymentLink(house.as('agent'), link.id, { channel: 'sms' });
    await setClock(house.services.db, 61);
    await ask(link.id);
    expect(await messagesOf(link.id)).toEqual([
      ['sms', '+447700900123'],
      ['sms', '+447700900123'],
    ]);
  });

  test('it goes past a number that wants no SMS, and is not offered where nothing is left', async () => {
    const link = await tales.issued({ expiresInSeconds: 60, send: { channel: 'sms' } });
    const other = await tales.issued({ expiresInSeconds: 60, customer: { phone: '+447700900123' } });
    await noteOptOut(house.as('agent'), { paymentLink: link.id, channel: 'sms' });
    await setClock(house.services.db, 61);
    await ask(link.id);
    expect((await messagesOf(link.id)).at(-1)).toEqual(['email', 'ada@example.test']);
    expect(await ask(other.id)).toMatchObject(REFUSED);
    expect(await tales.page(other.url)).toMatchObject({ asking: { kind: 'closed' } });
  });

  test('two presses at once make one new link', async () => {
    const link = await expired();
    const both = await Promise.all([ask(link.id), ask(link.id)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const types = await tales.typesOf(link.id);
    expect(types.filter((type) => type === 'payment_link.reissued')).toHaveLength(1);
  });

  test('once an hour and three times a link, not a fourth time', async () => {
    const link = await expired();
    for (let i = 0; i < 3; i++) {
      await setClock(house.services.db, 61 + i * 4 * DAY);
      expect(await ask(link.id)).toEqual({ ok: true, value: 'sent' });
    }
    await setClock(house.services.db, 61 + 12 * DAY);
    expect(await ask(link.id)).toMatchObject(REFUSED);
    const { url } = await tales.read(link.id);
    expect(await tales.page(url)).toMatchObject({ state: 'expired', asking: { kind: 'closed' } });
    const other = await tales.issued({ expiresInSeconds: 60 });
    await setClock(house.services.db, 61 + 12 * DAY + 61);
    await ask(other.id);
    await house.services.db.execute(
      sql`update payment_links set expires_at = cf_now() where reissues > 0 and access = 'active'`,
    );
    expect(await ask(other.id)).toMatchObject(REFUSED);
    await setClock(house.services.db, 61 + 12 * DAY + 3700);
    expect(await ask(other.id)).toEqual({ ok: true, value: 'sent' });
  });

  test('what staff did with the link does not count; a wish that they refused does', async () => {
    const link = await expired();
    for (let i = 1; i <= 4; i++) {
      await reissuePaymentLink(house.as('agent'), link.id, {});
      await setClock(house.services.db, 61 + i * 4 * DAY);
    }
    const { url, version } = await tales.read(link.id);
    expect(await tales.page(url)).toMatchObject({ state: 'expired', asking: { kind: 'offered' } });
    await rule('approval');
    for (let i = 0; i < 3; i++) {
      await setClock(house.services.db, 61 + (17 + i) * DAY);
      expect(await ask(link.id)).toEqual({ ok: true, value: 'pending' });
      const [request] = await pending();
      await decideLinkRequest(house.as('agent'), request?.id ?? '', { decision: 'refuse' });
    }
    await setClock(house.services.db, 61 + 30 * DAY);
    expect(await ask(link.id)).toMatchObject(REFUSED);
    expect((await tales.read(link.id)).version).toBe(version);
  });

  test('with no address on file, and for what is open, paid, canceled or being paid, nothing is sent', async () => {
    const [open, paid, canceled, busy, bare] = [
      await tales.issued(),
      await tales.issued(),
      await tales.issued(),
      await tales.issued({ expiresInSeconds: 60 }),
      await tales.issued({ expiresInSeconds: 60, customer: {} }),
    ];
    await tales.pay(paid.id);
    await cancelPaymentLink(house.as('owner'), canceled.id);
    await tales.submitted(busy.id);
    await setClock(house.services.db, 61);
    expect(await ask(open.id)).toMatchObject({ error: { code: 'link_not_expired' } });
    expect(await ask(paid.id)).toMatchObject({ error: { code: 'link_paid' } });
    expect(await ask(canceled.id)).toMatchObject({ error: { code: 'link_canceled' } });
    expect(await ask(busy.id)).toMatchObject({ error: { code: 'being_paid' } });
    expect(await ask(bare.id)).toMatchObject(REFUSED);
    expect((await tales.page(bare.url)).asking).toEqual({ kind: 'closed' });
    expect(await requestNewLink({ ...house.stranger, actor: { kind: 'payer' } }, bare.id)).toMatchObject({
      error: { code: 'not_found' },
    });
  });

  test('after too many tries staff must agree first, and their yes lets the tries start anew', async () => {
    const link = await tales.issued({ expiresInSeconds: 600 });
    await tales.lock(link.id);
    await setClock(house.services.db, 601);
    expect(await ask(link.id)).toEqual({ ok: true, value: 'pending' });
    const [request] = await pending();
    await decideLinkRequest(house.as('agent'), request?.id ?? '', { decision: 'approve' });
    await setClock(house.services.db, 700);
    await tales.pay(link.id);
    expect((await tales.read(link.id)).status).toBe('paid');
  });
});

test('after three cards staff must agree first too, though tries are left', async () => {
  const link = await tales.issued({ expiresInSeconds: 600 });
  for (const [i, last4] of ['4242', '4343', '4444'].entries()) {
    await setClock(house.services.db, i * 10);
    const card = { ...VISA, last4 };
    const declined = { kind: 'declined', declineCode: 'do_not_honor', card } as const;
    await tales.answer(await tales.submitted(link.id, card), declined);
  }
  await setClock(house.services.db, 601);
  expect(await ask(link.id)).toEqual({ ok: true, value: 'pending' });
  const [request] = await pending();
  await decideLinkRequest(house.as('agent'), request?.id ?? '', { decision: 'approve' });
  await setClock(house.services.db, 700);
  await tales.submitted(link.id, { ...VISA, last4: '4545' });
});

describe('with approval', () => {
  beforeEach(() => rule('approval'));

  test('the wish waits, told on the timeline; granted, the link goes out, refused, the page says whom to ask', async () => {
    for (const decision of ['approve', 'refuse'] as const) {
      const link = await expired({ reference: decision });
      await setClock(house.services.db, 200);
      expect(await ask(link.id)).toEqual({ ok: true, value: 'pending' });
      expect(await ask(link.id)).toMatchObject(REFUSED);
      expect((await tales.page(link.url)).asking).toMatchObject({ kind: 'pending' });
      const [request, ...others] = await pending();
      expect(others).toEqual([]);
      expect(request).toMatchObject({ paymentLink: link.id, reference: decision });
      const decide = () => decideLinkRequest(house.as('agent'), request?.id ?? '', { decision });
      expect(await decide()).toMatchObject({ ok: true });
      expect(await pending()).toEqual([]);
      const granted = decision === 'approve';
      expect((await tales.read(link.id)).status).toBe(granted ? 'active' : 'expired');
      expect(await messagesOf(link.id)).toHaveLength(granted ? 2 : 0);
      expect(await tales.stateOf(link.url)).toBe(granted ? 'replaced' : 'expired');
      expect((await tales.page(link.url)).asking).toEqual(granted ? null : { kind: 'closed' });
      expect(await decide()).toMatchObject({ error: { code: 'conflict' } });
      await setClock(house.services.db, 0);
    }
  });

  test('a viewer and another merchant neither decide nor see; what is no decision is refused', async () => {
    const link = await expired();
    await ask(link.id);
    const [request] = await pending();
    const decide = (ctx: Parameters<typeof decideLinkRequest>[0], input: unknown = { decision: 'approve' }) =>
      decideLinkRequest(ctx, request?.id ?? '', input);
    for (const ctx of [house.as('viewer'), house.as('payer'), house.as('api', ['payment_links:read'])])
      expect(await decide(ctx)).toMatchObject({ error: { code: 'forbidden' } });
    expect(await decide(house.stranger)).toMatchObject({ error: { code: 'not_found' } });
    expect(await decide(house.as('owner'), { decision: 'maybe' })).toMatchObject({
      error: { code: 'invalid' },
    });
    expect(await decideLinkRequest(house.as('owner'), 'nonsense', { decision: 'refuse' })).toMatchObject({
      error: { code: 'not_found' },
    });
    expect(await listLinkRequests(house.stranger)).toMatchObject({ value: { data: [] } });
    expect(await listLinkRequests(house.as('payer'))).toMatchObject({ error: { code: 'forbidden' } });
    expect(await pending()).toHaveLength(1);
  });

  test('a reissue by staff grants the wish; money or a cancel in between ends it', async () => {
    const [renewed, gone] = [await tales.issued({ expiresInSeconds: 60 }), await expired()];
    for (const { id } of [renewed, gone]) await ask(id);
    const [, second] = await pending();
    await reissuePaymentLink(house.as('agent'), renewed.id, {});
    expect((await pending()).map((one) => one.paymentLink)).toEqual([gone.id]);
    await house.services.db.execute(
      sql`update payment_links set access = 'canceled' where access = 'active' and reissues = 0`,
    );
    expect(await pending()).toEqual([]);
    expect(
      await decideLinkRequest(house.as('agent'), second?.id ?? '', { decision: 'approve' }),
    ).toMatchObject({ error: { code: 'link_canceled' } });
  });
});

test('where it is switched off nothing is offered and nothing is sent', async () => {
  await rule('off');
  const link = await expired();
  expect((await tales.page(link.url)).asking).toEqual({ kind: 'closed' });
  expect(await ask(link.id)).toMatchObject(REFUSED);
  expect(await messagesOf(link.id)).toEqual([]);
});
