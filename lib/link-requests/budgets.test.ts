import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SHARED_NETWORK } from '@/core/card-testing';
import {
  MAX_AUTOMATIC_PER_MERCHANT,
  MAX_REQUESTS_PER_NETWORK,
  MAX_REQUESTS_SHARED,
} from '@/core/link-requests';
import { listOpenAlerts } from '@/db/queries/alerts';
import { setClock } from '@/db/testing';
import type { Ctx } from '../context';
import { openPayPage } from '../pay-page';
import { createPaymentLink, listLinkMessages } from '../payment-links';
import { tokenOf } from '../payment-links/testing';
import { type TestHouse, testHouse } from '../testing';
import { decideLinkRequest, listLinkRequests, requestNewLink } from '.';

let house: TestHouse;
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const HOME = '81.2.69.142';
const REFUSED = { error: { code: 'rate_limited' } };
type At = { merchantId?: number; address?: string };

/** Links that have just expired. */
async function expired(count: number, { merchantId = house.merchantId }: At = {}) {
  const links = [];
  for (let i = 0; i < count; i++) {
    const link = await createPaymentLink(
      { ...house.as('owner'), merchantId },
      { amountMinor: 1240, currency: 'GBP', customer: { email: `ada${i}@example.test` } },
    );
    if (!link.ok) throw new Error(link.error.message);
    links.push(link.value);
  }
  await house.services.db.execute(
    sql`update payment_links set expires_at = cf_now() - interval '1 second' where merchant_id = ${merchantId} and reissues = 0`,
  );
  return links;
}
const payer = ({ merchantId = house.merchantId, address = HOME }: At = {}): Ctx => ({
  ...house.as('payer'),
  merchantId,
  address,
});
const ask = async (id: string | undefined, at: At = {}) => {
  const asked = await requestNewLink(payer(at), id ?? '');
  return asked.ok ? asked.value : asked.error.code;
};
/** Requests as they would stand, a moment ago, on the newest link. */
const plant = (count: number, of: { network?: string; state?: 'sent' | 'refused'; by?: string } = {}) =>
  house.services.db.execute(sql`
    insert into link_requests (merchant_id, id, payment_link_id, state, network, decided_by_name, decided_at, created_at)
    select p.merchant_id, gen_random_uuid(), p.id, ${of.state ?? 'sent'}, ${of.network ?? null}, ${of.by ?? null}::text,
      case when ${of.by ?? null}::text is not null then cf_now() end, cf_now() - interval '1 second'
    from generate_series(1, ${count}) n,
      (select * from payment_links where merchant_id = ${house.merchantId} order by id limit 1) p`);
const alerts = () => listOpenAlerts(house.services.db, house.merchantId, 10);

test('a network asks ten times an hour over all merchants; then its pages say whom to ask, other networks go on', async () => {
  const { merchantId } = house.stranger;
  const [here, there] = [await expired(7), await expired(6, { merchantId })];
  for (const link of here.slice(0, 5)) expect(await ask(link.id)).toBe('sent');
  for (const link of there.slice(0, 5)) expect(await ask(link.id, { merchantId })).toBe('sent');
  const [last, other] = here.slice(5);
  const page = (address?: string) =>
    openPayPage(house.services, tokenOf(last?.url ?? ''), address ? { address } : {});
  expect(await page(HOME)).toMatchObject({ page: { state: 'expired', asking: { kind: 'closed' } } });
  expect(await page('81.2.69.143')).toMatchObject({ page: { asking: { kind: 'offered' } } });
  expect(await ask(last?.id)).toBe('rate_limited');
  expect(await ask(there[5]?.id, { merchantId })).toBe('rate_limited');
  const messages = await listLinkMessages(house.as('viewer'), last?.id ?? '');
  expect(messages).toMatchObject({ value: { data: [] } });
  expect(await ask(last?.id, { address: '81.2.69.143' })).toBe('sent');
  await setClock(house.services.db, 3601);
  expect(await ask(other?.id)).toBe('sent');
  expect(await alerts()).toEqual([]);
});

test('every address of an IPv6 /64 spends one budget, and a refused request spends nothing', async () => {
  const links = await expired(MAX_REQUESTS_PER_NETWORK + 2);
  for (const [i, link] of links.slice(0, MAX_REQUESTS_PER_NETWORK).entries())
    expect(await ask(link.id, { address: `2a00:1450:0:7::${(i + 1).toString(16)}` })).toBe('sent');
  const [late] = links.slice(-2);
  for (let i = 0; i < 3; i++)
    expect(await ask(late?.id, { address: '2a00:1450:0:7:ffff::1' })).toBe('rate_limited');
  expect(await ask(late?.id, { address: '2a00:1450:0:8::1' })).toBe('sent');
  const rows = await house.services.db.execute(sql`select network, count(*)::int as n from link_requests
    group by network order by network`);
  expect([...rows]).toEqual([
    { network: '2a00:1450:0:7::/64', n: MAX_REQUESTS_PER_NETWORK },
    { network: '2a00:1450:0:8::/64', n: 1 },
  ]);
});

test('in production, payers whose network is not known share a budget for many', async () => {
  const [, link, next] = await expired(3);
  const unknown: Ctx = {
    ...payer({ address: '10.0.0.4' }),
    config: { ...house.services.config, mode: 'production' },
  };
  await plant(MAX_REQUESTS_SHARED - 1, { network: SHARED_NETWORK, state: 'refused' });
  expect(await requestNewLink(unknown, link?.id ?? '')).toEqual({ ok: true, value: 'sent' });
  expect(await requestNewLink(unknown, next?.id ?? '')).toMatchObject(REFUSED);
  expect(await ask(next?.id)).toBe('sent');
});

test('after 60 an hour a merchant sends no more by itself: requests wait for staff, who are told once', async () => {
  const [, link, next, later] = await expired(4);
  await plant(MAX_AUTOMATIC_PER_MERCHANT - 1);
  await plant(40, { by: 'Test agent' });
  await plant(40, { state: 'refused', by: 'Test agent' });
  expect(await ask(link?.id)).toBe('sent');
  expect(await alerts()).toEqual([]);
  const opened = await openPayPage(house.services, tokenOf(next?.url ?? ''));
  expect(opened).toMatchObject({ page: { asking: { kind: 'offered', needsApproval: true } } });
  expect(await ask(next?.id)).toBe('pending');
  expect(await listLinkMessages(house.as('viewer'), next?.id ?? '')).toMatchObject({ value: { data: [] } });
  expect(await alerts()).toMatchObject([{ kind: 'link_requests', subject: 'merchant' }]);
  const listed = await listLinkRequests(house.as('agent'));
  const [request] = listed.ok ? listed.value.data : [];
  expect(request).toMatchObject({ paymentLink: next?.id });
  expect(
    await decideLinkRequest(house.as('agent'), request?.id ?? '', { decision: 'approve' }),
  ).toMatchObject({
    ok: true,
  });
  await setClock(house.services.db, 3605);
  expect(await ask(later?.id)).toBe('sent');
});

test('another merchant is not held up by it, and pressed at once no more goes out than the budget and what is under way', async () => {
  const { merchantId } = house.stranger;
  const [own, other] = [await expired(20), await expired(1, { merchantId })];
  await plant(MAX_AUTOMATIC_PER_MERCHANT - 5);
  const outcomes = await Promise.all(
    own.slice(1).map((link, i) => ask(link.id, { address: `81.2.69.${i}` })),
  );
  const CONNECTIONS = 10;
  expect(outcomes.filter((one) => one === 'sent').length).toBeLessThanOrEqual(5 + CONNECTIONS);
  expect(outcomes.filter((one) => one === 'pending').length).toBeGreaterThanOrEqual(19 - 5 - CONNECTIONS);
  expect(await ask(other[0]?.id, { merchantId })).toBe('sent');
});
