import { afterAll, beforeAll, expect, test } from 'vitest';
import { ID_PREFIXES, type IdKind } from '@/core/ids';
import { SCOPES } from '@/core/permissions';
import { OPERATIONS, type Operation } from '@/lib/contracts/operations';
import { newId } from '@/lib/ids';
import { LinkTales } from '@/lib/payment-links/testing';
import { requestLog } from '../../_server/request-log';
import { ApiHouse, newEndpoint, type Told } from '../../_server/testing';

let api: ApiHouse;
const tales = new LinkTales(() => api.house);
/** An object of this merchant of each kind whose id stands in a path; a kind without one fails the matrix. */
const own: Partial<Record<IdKind, string>> = {};
let paid = '';

beforeAll(async () => {
  api = await ApiHouse.open();
  own.paymentLink = (await tales.issued()).id;
  paid = (await tales.issued()).id;
  await tales.pay(paid);
  const refund = await api.call('POST', '/refunds', { body: { paymentLink: paid, amountMinor: 1 } });
  own.refund = refund.json.id as string;
  const batch = await api.call('POST', '/payment-link-batches', { body: [{}] });
  own.paymentLinkBatch = batch.json.id as string;
  const body = {
    kind: 'digital',
    agent: 'Sam',
    amountMinor: 1,
    currency: 'GBP',
    customer: { email: 'a@b.example' },
  };
  own.paymentSession = (await api.call('POST', '/payment-sessions', { body })).json.id as string;
  own.webhookEndpoint = await newEndpoint(api);
  const ping = await api.call('POST', `/webhook-endpoints/${own.webhookEndpoint}/ping`);
  own.delivery = ping.json.id as string;
  own.event = ping.json.event as string;
  own.request = ping.headers.get('request-id') ?? '';
  await requestLog().flush();
});
afterAll(() => api.close());

const scoped = OPERATIONS.filter(({ scope }) => scope !== null);
const asCase = (operation: Operation): [string, Operation] => [operation.id, operation];
const withIds = OPERATIONS.filter(({ ids }) => ids !== undefined).map(asCase);

/** The request that the document shows, of this key, on this id. */
function ask({ method, path, example, ifMatch }: Operation, id: string, key: string): Promise<Told> {
  const body = example?.request as Record<string, unknown> | undefined;
  return api.call(method, path.replace('{id}', id), {
    key,
    ...(body && { body: 'paymentLink' in body ? { ...body, paymentLink: paid } : body }),
    ...(ifMatch && { headers: { 'if-match': '"1"' } }),
  });
}

test.each(withIds)(
  "%s: another merchant's id is 404, and so is one that nobody has",
  async (id, operation) => {
    const kind = operation.ids;
    const mine = kind && own[kind];
    expect(mine, `${id} has no object to try it on`).toMatch(new RegExp(`^${kind && ID_PREFIXES[kind]}_`));
    if (!kind || !mine) return;
    const before = await api.call('GET', `/payment-links/${own.paymentLink}`);
    const strangers = await ask(operation, mine, api.strangerKey);
    const nobodys = await ask(operation, newId(kind), api.key);
    const garbage = await ask(operation, 'nothing', api.key);
    for (const told of [strangers, nobodys, garbage])
      expect([told.status, told.json.code]).toEqual([404, 'not_found']);
    expect(strangers.json.detail).toBe(nobodys.json.detail);
    expect((await api.call('GET', `/payment-links/${own.paymentLink}`)).text).toBe(before.text);
  },
);

test("another merchant's object named in a body is 404, and its lists hold nothing of it", async () => {
  const refund = await api.call('POST', '/refunds', { key: api.strangerKey, body: { paymentLink: paid } });
  expect(refund.status).toBe(404);
  // The log of a merchant tells of its own calls, which are made here: it has a test of its own.
  const lists = scoped.filter(
    ({ id, method, ids, answer }) =>
      method === 'GET' && !ids && !answer.mediaType && id !== 'listApiRequests',
  );
  expect(lists.length).toBeGreaterThan(1);
  for (const { path } of lists)
    expect((await api.call('GET', path, { key: api.strangerKey })).json.data).toEqual([]);
});

test.each(scoped.map(asCase))('%s: needs its scope, and no other', async (_id, operation) => {
  const { scope, ids } = operation;
  if (!scope) return;
  const { merchantId } = api.house;
  const id = (ids && own[ids]) ?? '';
  const without = await api.newKey(
    merchantId,
    SCOPES.filter((one) => one !== scope),
  );
  const refused = await ask(operation, id, without);
  expect([refused.status, refused.json.code]).toEqual([403, 'forbidden']);
  expect(refused.json.detail).toContain(scope);
  const told = await ask(operation, id, await api.newKey(merchantId, [scope]));
  expect(told.status).not.toBe(403);
  expect(told.status).toBeLessThan(500);
});

// RFC 6749 has a token endpoint ignore what it does not know.
const all = OPERATIONS.filter(({ oauth }) => !oauth).map(asCase);

test.each(all)(
  '%s: a parameter that it does not take is refused by name, and nothing is done',
  async (_id, operation) => {
    const acts = async () => (await api.house.database.sql`select count(*) from audit_entries`)[0]?.count;
    const before = await acts();
    const id = (operation.ids && own[operation.ids]) ?? '';
    const told = await ask({ ...operation, path: `${operation.path}?surprise=1` }, id, api.key);
    expect([told.status, told.json.code, told.json.errors]).toEqual([
      422,
      'invalid',
      [{ path: 'surprise', message: 'is not a known field' }],
    ]);
    expect(await acts()).toBe(before);
  },
);
