import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { uuidFromId } from '@/core/ids';
import { insertLinkRequest } from '@/db/queries/link-requests';
import { setPayOrigin } from '@/db/queries/merchants';
import { setClock } from '@/db/testing';
import type { PaymentLink } from '../contracts/payment-links';
import { newId } from '../ids';
import { requestNewLink } from '../link-requests';
import { type TestHouse, testHouse } from '../testing';
import {
  cancelPaymentLink,
  type DeskLink,
  listDeskLinks,
  listPaymentLinks,
  reissuePaymentLink,
} from './index';
import { LinkTales } from './testing';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeEach(async () => {
  house = await testHouse();
});
afterEach(() => house.close());

const run = (statement: ReturnType<typeof sql>) => house.services.db.execute(statement);
const uuidOf = (id: string) => uuidFromId('paymentLink', id);
const refunding = (id: string, minor: number) =>
  run(sql`update payment_attempts set refunding_minor = ${minor} where payment_link_id = ${uuidOf(id)}`);

async function listed(ctx = house.as('viewer')): Promise<DeskLink[]> {
  const page = await listDeskLinks(ctx, {});
  if (!page.ok) throw new Error(page.error.message);
  return page.value.data;
}

/** What the API tells of what the desk is told. */
function asTold(link: PaymentLink, desk: DeskLink): object {
  const { underWay, refundingMinor, asksAnew, customer, createdBy, ...same } = desk;
  const { name, email, phone } = link.customer;
  const told = Object.keys(same).map((key) => [key, link[key as keyof PaymentLink]]);
  return {
    ...Object.fromEntries(told),
    customer: { name, email, phone },
    createdBy: { name: link.createdBy.name },
    ...{ underWay, refundingMinor, asksAnew },
  };
}

test('the desk’s list tells of each link what the API tells, and what is under way, whatever became of it', async () => {
  await run(sql`update payment_profiles set new_link_rule = 'approval'`);
  const ada = { name: 'Ada', email: 'ada@example.test', phone: '+44 7700 900123' };
  const [paid, partial, canceled, reissued, open] = [
    await tales.issued({ reference: 'A-1', customer: ada }),
    await tales.issued({ amountType: 'partial', minAmountMinor: 100 }),
    await tales.issued({ description: undefined, customer: {} }),
    await tales.issued(),
    await tales.issued({ ...{ amountMinor: undefined, amountType: 'open' }, ...{ minAmountMinor: 100 } }),
  ];
  await tales.pay(paid.id);
  await refunding(paid.id, 200);
  await tales.pay(partial.id, 300);
  await setClock(house.services.db, 10);
  await tales.submitted(partial.id, undefined, 400);
  await cancelPaymentLink(house.as('owner'), canceled.id);
  await setPayOrigin(house.services.db, house.merchantId, 'http://pay.localhost:3000');
  const asking = await tales.issued({ expiresInSeconds: 60 });
  await setClock(house.services.db, 71);
  expect(await requestNewLink(house.as('payer'), asking.id)).toMatchObject({ ok: true });
  await reissuePaymentLink(house.as('owner'), reissued.id, {});

  const [page, desk] = [await listPaymentLinks(house.as('viewer'), {}), await listed()];
  if (!page.ok) throw new Error(page.error.message);
  expect(desk).toEqual(page.value.data.map((link, n) => asTold(link, desk[n] as DeskLink)));
  const of = (id: string) => desk.find((one) => one.id === id);
  const none = { underWay: null, refundingMinor: 0, asksAnew: false };
  const at = expect.stringMatching(/Z$/);
  expect(of(paid.id)).toMatchObject({ ...none, status: 'paid', paidAt: at, refundingMinor: 200 });
  expect(of(partial.id)).toMatchObject({ ...none, status: 'processing', underWay: 'submitted' });
  expect(of(canceled.id)).toMatchObject({ ...none, status: 'canceled', canceledAt: at });
  expect(of(open.id)).toMatchObject({ ...none, status: 'active', amountMinor: null, url: open.url });
  expect(of(asking.id)).toMatchObject({ ...none, status: 'expired', asksAnew: true, url: asking.url });
  expect(of(reissued.id)).toMatchObject({ ...none, status: 'active' });
  for (const { id } of [asking, reissued])
    expect(of(id)?.url).toMatch(/^http:\/\/pay\.localhost:3000\/pay\//);
  expect(of(reissued.id)?.url).not.toBe(reissued.url);
  expect(await tales.stateOf(of(reissued.id)?.url ?? '')).toBe('ready');
});

/** Gives a link of the other merchant the id that one of ours has, which no verb does. */
const renamed = (from: string, to: string): Promise<void> =>
  house.services.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const table of ['link_tokens', 'payment_attempts'])
      await tx.execute(
        sql`update ${sql.identifier(table)} set payment_link_id = ${uuidOf(to)} where payment_link_id = ${uuidOf(from)}`,
      );
    await tx.execute(sql`update payment_links set id = ${uuidOf(to)} where id = ${uuidOf(from)}`);
  });

test('what stands beside a link is its own merchant’s, even where another’s link has the same id', async () => {
  const { stranger, merchantId } = house;
  const theirs = new LinkTales(() => ({
    ...house,
    as: (who) => (who === 'payer' ? { ...stranger, actor: { kind: who } } : stranger),
  }));
  const [own, other] = [await tales.issued(), await theirs.issued({ description: 'Theirs' })];
  const request = { id: newId('linkRequest'), paymentLinkId: own.id, state: 'pending' } as const;
  await insertLinkRequest(house.services.db, { merchantId, ...request });
  await tales.submitted(own.id);
  await theirs.pay(other.id);
  await refunding(other.id, 200);
  await renamed(other.id, own.id);
  const { id } = own;
  expect([await listed(), await listed(stranger)]).toMatchObject([
    [{ id, url: own.url, status: 'processing', underWay: 'submitted', refundingMinor: 0, asksAnew: true }],
    [{ id, url: other.url, status: 'paid', underWay: null, refundingMinor: 200, asksAnew: false }],
  ]);
});
