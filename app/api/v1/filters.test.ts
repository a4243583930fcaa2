import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertProfile } from '@/db/queries/installation';
import { listAllProfiles } from '@/db/queries/merchants';
import { setClock } from '@/db/testing';
import { OPERATIONS, type Operation } from '@/lib/contracts/operations';
import { newId } from '@/lib/ids';
import { runPaymentLinkBatch } from '@/lib/payment-link-batches';
import { LinkTales } from '@/lib/payment-links/testing';
import { requestLog } from '../../_server/request-log';
import { ApiHouse, newEndpoint } from '../../_server/testing';

type Item = { id: string } & Record<string, unknown>;
/** A value of a filter, the items that it keeps and those that it drops. */
type Case = [value: unknown, kept: Item[], dropped: Item[]];

let api: ApiHouse;
const tales = new LinkTales(() => api.house);
/** By operation and filter: every value is tried alone, so that one that is not looked at keeps what it must drop. */
const cases: Record<string, Record<string, Case[]>> = {};

const at = (item: Item | undefined, field = 'createdAt', later = 0): string =>
  new Date(Date.parse(String(item?.[field])) + later).toISOString();
/** A span that begins or ends at the instant of `later`, to the millisecond. */
const span = (earlier: Item, later: Item, field?: string) => ({
  from: [
    [at(later, field), [later], [earlier]],
    [at(later, field, 1), [], [earlier, later]],
  ] satisfies Case[],
  to: [
    [at(later, field), [earlier], [later]],
    [at(later, field, 1), [earlier, later], []],
  ] satisfies Case[],
});
const list = async (where: string): Promise<Item[]> => {
  const told = await api.call('GET', where);
  return told.json.data as Item[];
};
const clock = (seconds: number) => setClock(api.house.services.db, seconds);

beforeAll(async () => {
  api = await ApiHouse.open();
  const { early, late } = await links();
  await events(early, late);
  await deliveries();
  await ledger(early);
  await requests();
});
afterAll(() => api.close());

async function links(): Promise<{ early: Item; late: Item }> {
  const { services, merchantId } = api.house;
  const [standard] = await listAllProfiles(services.db, merchantId);
  const profile = newId('profile');
  const gatewayAccountId = standard?.gatewayAccountId ?? '';
  await insertProfile(services.db, {
    merchantId,
    id: profile,
    name: 'late',
    isDefault: false,
    gatewayAccountId,
  });
  const early: Item = await tales.issued({ reference: 'R-1', description: 'Walking stick' });
  await clock(100);
  const body = {
    ...{ amountMinor: 900, currency: 'GBP', amountType: 'partial', reference: 'R-12', profile },
    ...{ description: 'Umbrella', customer: { name: 'Grace Hopper', email: 'grace@example.test' } },
  };
  const made = await api.call('POST', '/payment-links', { body });
  const late = (await api.call('POST', `/payment-links/${made.json.id}/cancel`)).json as Item;
  const rows = [{ amountMinor: 500, currency: 'EUR', expiresInSeconds: 600 }];
  const batch = (await api.call('POST', '/payment-link-batches', { body: rows })).json as Item;
  await runPaymentLinkBatch(services, { merchantId, id: batch.id }, 5_000);
  const [short] = await list('/payment-links?limit=1');
  if (!short) throw new Error('the batch has no link');
  const texted: Item = await tales.issued({ send: [{ channel: 'sms' }] });
  const created = span(early, late);
  const makerOf = ({ createdBy }: Item) => (createdBy as Item).id;
  const filters: Record<string, Case[]> = {
    status: [['canceled', [late], [early, short]]],
    amountType: [['partial', [late], [early, short]]],
    reference: [['R-1', [early], [late, short]]],
    customer: [
      ['ada@example.test', [early], [late, short]],
      ['+447700900123', [early], [late, short]],
      ['hopper', [late], [early, short]],
      ['@example.test', [], [early, late]],
    ],
    agent: [
      [makerOf(early), [early], [late]],
      [makerOf(late), [late, short], [early]],
    ],
    profile: [
      [profile, [late], [early, short]],
      ['standard', [early, short], [late]],
      ['nobody', [], [early, late, short]],
    ],
    batch: [[batch.id, [short], [early, late]]],
    channel: [
      ['sms', [texted], [early, late, short]],
      ['none', [early, late, short], [texted]],
    ],
    currency: [['EUR', [short], [early, late, texted]]],
    minAmountMinor: [
      ['1240&sort=amount&currency=GBP&status=active', [texted], [early, late]],
      ['1241&sort=amount&currency=GBP&status=active', [], [early, late]],
    ],
    maxAmountMinor: [
      ['900&sort=amount&currency=GBP&status=canceled', [late], [early, texted]],
      ['899&sort=amount&currency=GBP&status=canceled', [], [early, late]],
    ],
    expiresFrom: [[`${at(texted, 'expiresAt')}&sort=expiring`, [texted], [early, short]]],
    createdFrom: created.from,
    createdTo: created.to,
    expiresBefore: [
      [at(early, 'expiresAt'), [short], [early, late]],
      [at(early, 'expiresAt', 1), [short, early], [late]],
    ],
    q: ['R-12', 'GRACE', 'umbrella', 'grace@', 'um', '9.00'].map(
      (text): Case => [text, [late], [early, short]],
    ),
  };
  Object.assign(cases, { listPaymentLinks: filters, exportPaymentLinks: filters });
  return { early, late };
}

async function events(early: Item, late: Item): Promise<void> {
  const [canceled, issued] = await list(`/events?paymentLink=${late.id}`);
  const [first] = await list(`/events?paymentLink=${early.id}`);
  if (!canceled || !issued || !first) throw new Error('an event is missing');
  const occurred = span(first, issued, 'occurredAt');
  cases.listEvents = {
    types: [
      ['payment_link.canceled', [canceled], [issued, first]],
      ['payment_link.canceled,payment_link.created', [canceled, issued, first], []],
    ],
    paymentLink: [[late.id, [canceled, issued], [first]]],
    afterSequence: [[`1&paymentLink=${late.id}`, [canceled], [issued, first]]],
    createdFrom: occurred.from,
    createdTo: occurred.to,
  };
  cases.listLinkEvents = { afterSequence: [[1, [canceled], [issued]]] };
  ids.listLinkEvents = late.id;
}

async function deliveries(): Promise<void> {
  const [one, other] = [await newEndpoint(api), await newEndpoint(api)];
  const ping = async (id: string) => (await api.call('POST', `/webhook-endpoints/${id}/ping`)).json as Item;
  const [first, second] = [await ping(one), await ping(other)];
  await api.call('POST', `/webhook-endpoints/${one}/disable`);
  const told = (await list(`/webhook-deliveries?endpoint=${other}`)).find(({ id }) => id !== second.id);
  if (!told) throw new Error('the other endpoint was not told');
  cases.listWebhookDeliveries = {
    endpoint: [[one, [first], [second, told]]],
    event: [[first.event, [first], [second, told]]],
    status: [['disabled', [first], [second, told]]],
    types: [['webhook_endpoint.disabled', [told], [first, second]]],
  };
}

async function ledger(early: Item): Promise<void> {
  await clock(200);
  await tales.pay(early.id);
  await clock(300);
  const euros = await tales.issued({ currency: 'EUR' });
  await tales.pay(euros.id);
  const links = span({ ...(await tales.read(early.id)) }, { ...(await tales.read(euros.id)) }, 'paidAt');
  const byPaid = (of: Case[]) => of.map(([value, ...rest]): Case => [`${value}&sort=paid`, ...rest]);
  const own = { paidFrom: byPaid(links.from), paidTo: byPaid(links.to) };
  for (const id of ['listPaymentLinks', 'exportPaymentLinks']) Object.assign(cases[id] ?? {}, own);
  const [paid, later] = await list('/ledger');
  if (!paid || !later) throw new Error('a payment is missing');
  const { from, to } = span(paid, later, 'at');
  cases.listLedger = {
    ...{ from, to },
    kind: [
      ['payment', [paid, later], []],
      ['refund', [], [paid, later]],
    ],
    currency: [['EUR', [later], [paid]]],
    paymentLink: [[early.id, [paid], [later]]],
  };
}

async function requests(): Promise<void> {
  const key = await api.newKey(api.house.merchantId);
  await api.call('GET', '/refunds/nothing', { key });
  await api.call('GET', '/events', { key });
  await api.call('GET', '/ledger', { key: await api.newKey(api.house.merchantId) });
  await requestLog().flush();
  const [other, good, bad] = await list('/api-requests?limit=3');
  if (!other || !good || !bad) throw new Error('a request is missing');
  const client = (bad.client as Item).id;
  cases.listApiRequests = {
    client: [[client, [bad, good], [other]]],
    operation: [['readRefund', [bad], [good, other]]],
    status: [[404, [bad], [good, other]]],
    failed: [
      [`true&client=${client}`, [bad], [good]],
      [`false&client=${client}`, [good], [bad]],
    ],
  };
}

const ids: Record<string, string> = {};
const PAGING = ['limit', 'cursor', 'order', 'sort'];
const filtersOf = ({ query }: Operation): string[] =>
  Object.keys(query?.shape ?? {}).filter((name) => !PAGING.includes(name));
const filtered = OPERATIONS.filter((one) => one.method === 'GET' && filtersOf(one).length > 0);

test.each(
  filtered.flatMap((one) => filtersOf(one).map((name): [string, string, Operation] => [one.id, name, one])),
)('%s: %s keeps what it says and drops the rest', async (id, name, { path }) => {
  const own = cases[id]?.[name] ?? [];
  for (const which of [1, 2] as const)
    expect(own.flatMap((one) => one[which]).length, `${id} ${name} is not tried`).toBeGreaterThan(0);
  for (const [value, kept, dropped] of own) {
    const escaped = String(value).replaceAll('+', '%2B');
    const told = await api.call('GET', `${path.replace('{id}', ids[id] ?? '')}?${name}=${escaped}`);
    expect(told.status, told.text).toBe(200);
    const has = (item: Item) => told.text.includes(item.id);
    expect([kept.map(has), dropped.map(has)], `${name}=${value}`).toEqual([
      kept.map(() => true),
      dropped.map(() => false),
    ]);
  }
});

test.each([
  'payment-links?limit=0x10',
  'payment-links?limit=1e1',
  'payment-links?limit=',
  'payment-links?limit=%2B5',
  'api-requests?status=2e2',
  'events?paymentLink=mine',
  'events?paymentLink=evt_01kb1v3q5sezqv4x0c9w6y2m8n',
  'webhook-deliveries?endpoint=mine',
  'webhook-deliveries?event=plink_01kb1v3q5sezqv4x0c9w6y2m8n',
  'ledger?paymentLink=mine',
])('what is no number, or no id of its kind, is refused by name: %s', async (where) => {
  const told = await api.call('GET', `/${where}`);
  expect(told.status).toBe(422);
  expect(told.json.errors).toMatchObject([{ path: /\?(\w+)/.exec(where)?.[1] }]);
});
