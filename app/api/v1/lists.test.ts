import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { setClock } from '@/db/testing';
import { OPERATIONS, type Operation } from '@/lib/contracts/operations';
import { runPaymentLinkBatch } from '@/lib/payment-link-batches';
import { LinkTales } from '@/lib/payment-links/testing';
import { requestLog } from '../../_server/request-log';
import { ApiHouse, newEndpoint } from '../../_server/testing';

let api: ApiHouse;
const tales = new LinkTales(() => api.house);
/** Where each list is that has three items and more: its id in the path, and what is asked beside the page. */
const place: Record<string, { id?: string; query?: string }> = {};

beforeAll(async () => {
  api = await ApiHouse.open();
  const send = ['email', 'sms'].map((channel) => ({ channel }));
  const { id } = await tales.issued({ amountType: 'partial', amountMinor: 900, send });
  for (let i = 0; i < 3; i++) {
    await setClock(api.house.services.db, i * 100);
    await tales.pay(id, 100);
  }
  await api.call('POST', `/payment-links/${id}/reissue`, { body: { send: { channel: 'sms' } } });
  const attempts = await api.call('GET', `/payment-links/${id}/attempts`);
  for (const attempt of attempts.json.data as { id: string }[])
    await api.call('POST', '/refunds', { body: { paymentLink: id, paymentAttempt: attempt.id } });
  for (const list of ['listLinkEvents', 'listPaymentAttempts', 'listLinkMessages', 'listLinkRefunds'])
    place[list] = { id };
  const batch = await api.call('POST', '/payment-link-batches', { body: [{}, {}, {}] });
  const key = { merchantId: api.house.merchantId, id: batch.json.id as string };
  await runPaymentLinkBatch(api.house.services, key, 5_000);
  place.listBatchErrors = { id: key.id };
  for (let i = 0; i < 3; i++) {
    await tales.issued();
    await api.call('POST', `/webhook-endpoints/${await newEndpoint(api)}/ping`);
  }
  await requestLog().flush();
  for (const list of ['listPaymentLinks', 'listWebhookEndpoints', 'listEvents', 'listWebhookDeliveries'])
    place[list] = {};
  place.listLedger = {};
  // The log grows by each call of this test.
  place.listApiRequests = { query: 'operation=createWebhookEndpoint' };
});
afterAll(() => api.close());

const isList = ({ answer: { schema } }: Operation): boolean =>
  schema instanceof z.ZodObject && 'nextCursor' in schema.shape;
const lists = OPERATIONS.filter(isList).map((one): [string, Operation] => [one.id, one]);

const read = (operation: Operation, query: string) => {
  const { id = '', query: beside = '' } = place[operation.id] ?? {};
  return api.call('GET', `${operation.path.replace('{id}', id)}?${beside}&${query}`);
};

test('every list is one that is tried here', () => {
  expect(lists.map(([id]) => id).sort()).toEqual(Object.keys(place).sort());
});

test.each(lists)('%s: pages of one are the list, item by item', async (_id, operation) => {
  const whole = (await read(operation, 'limit=100')).json;
  expect((whole.data as unknown[]).length).toBeGreaterThan(2);
  expect(whole.nextCursor).toBeNull();
  const walked: unknown[] = [];
  for (let cursor: unknown = ''; cursor !== null; ) {
    const page = (await read(operation, `limit=1${cursor && `&cursor=${cursor}`}`)).json;
    expect(page.data).toHaveLength(1);
    walked.push(...(page.data as unknown[]));
    cursor = page.nextCursor;
  }
  expect(walked).toEqual(whole.data);
});

test.each(lists)(
  '%s: a limit beyond 1 to 100 and a cursor that it never gave are refused by name',
  async (_id, operation) => {
    for (const [query, path] of [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['limit=ten', 'limit'],
      ['cursor=nonsense', 'cursor'],
      ['cursor=', 'cursor'],
    ]) {
      const told = await read(operation, query ?? '');
      expect([told.status, told.json.errors], query).toEqual([422, [expect.objectContaining({ path })]]);
    }
  },
);
