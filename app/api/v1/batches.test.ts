import { afterAll, beforeAll, expect, test } from 'vitest';
import { runPaymentLinkBatch } from '@/lib/payment-link-batches';
import { ApiHouse, routeModule } from '../../_server/testing';

let api: ApiHouse;
beforeAll(async () => {
  api = await ApiHouse.open();
});
afterAll(() => api.close());

const rows = (name: string) =>
  [1, 2, 3].map((n) => ({ amountMinor: n, currency: 'GBP', reference: `${name}-${n}` }));
const send = (name: string, key: string, more: object = {}) =>
  api.call('POST', '/payment-link-batches', {
    body: rows(name),
    headers: { 'idempotency-key': key, ...more },
  });
const csv = { 'content-type': 'text/csv; charset=UTF-8' };
const kept = async () => {
  const [row] = await api.house.database.sql`select count(*)::int as batches from payment_link_batches`;
  return row?.batches as number;
};
const run = (id: unknown) =>
  runPaymentLinkBatch(api.house.services, { merchantId: api.house.merchantId, id: String(id) }, 5_000);

test('the same batch under the same key is one batch, answered byte for byte; another body is refused, and kept nowhere', async () => {
  const first = await send('once', 'b1');
  const again = await send('once', 'b1');
  expect([first.status, again.status, again.text]).toEqual([202, 202, first.text]);
  expect([first, again].map((told) => told.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
  const other = await send('other', 'b1');
  expect([other.status, other.json.code]).toEqual([422, 'idempotency_mismatch']);
  const rule = await api.call('POST', '/payment-link-batches?onError=refuse', {
    body: rows('once'),
    headers: { 'idempotency-key': 'b1' },
  });
  expect([rule.status, rule.json.code]).toEqual([422, 'idempotency_mismatch']);
  expect(await kept()).toBe(1);
  await run(first.json.id);
  const list = await api.call('GET', `/payment-links?batch=${first.json.id}`);
  expect((list.json.data as unknown[]).length).toBe(3);
});

test('ten at once under one key are one batch', async () => {
  const before = await kept();
  const told = await Promise.all(Array.from({ length: 10 }, () => send('ten', 'b2')));
  for (const { status } of told) expect([202, 409]).toContain(status);
  expect(new Set(told.filter(({ status }) => status === 202).map(({ text }) => text)).size).toBe(1);
  expect(await kept()).toBe(before + 1);
});

test('CSV is taken by its media type, in UTF-8 only', async () => {
  const body = 'amountMinor,currency,customer.name\n12,GBP,Ädä\n';
  const told = await api.call('POST', '/payment-link-batches', { body, headers: csv });
  expect([told.status, told.json.format, told.json.rows]).toEqual([202, 'csv', 1]);
  const latin = { 'content-type': 'text/csv; charset=iso-8859-1' };
  const refused = await api.call('POST', '/payment-link-batches', { body, headers: latin });
  expect(refused.json.code).toBe('unsupported_media_type');
});

test('the export holds what the list holds, defused, and nothing of another merchant', async () => {
  const names = ['=1+1', '+x', '-x', '@x', 'plain "quoted", name'];
  for (const name of names)
    await api.call('POST', '/payment-links', {
      body: {
        amountMinor: 1240,
        currency: 'GBP',
        reference: 'exported',
        customer: { name, phone: '+44 7700 900123' },
      },
    });
  const told = await api.call('GET', '/exports/payment-links.csv?reference=exported');
  expect(told.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
  const lines = told.text.split('\r\n');
  expect(lines[0]).toMatch(/^id,url,status,reference,/);
  expect(lines).toHaveLength(names.length + 2);
  expect(lines[5]).toContain(`"'=1+1",`);
  expect(lines[2]).toContain(`"'@x",,"'+447700900123",`);
  expect(lines[1]).toContain('"plain ""quoted"", name",');
  for (const line of lines.slice(1)) expect(line).not.toMatch(/(^|,)"?[=+\-@]/);
  const list = await api.call('GET', '/payment-links?reference=exported');
  const ids = (list.json.data as { id: string }[]).map(({ id }) => id);
  expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(ids);
  const strangers = await api.call('GET', '/exports/payment-links.csv', { key: api.strangerKey });
  expect(strangers.text.split('\r\n')).toHaveLength(2);
  const [noted] = await api.house.database.sql`select actor_kind, data from audit_entries
    where action = 'payment_link.export' and merchant_id = ${api.house.merchantId}`;
  expect(noted).toEqual({ actor_kind: 'api_client', data: { filters: ['reference'] } });
});

test('an export of many pages has every link once', async () => {
  const many = Array.from({ length: 700 }, (_, n) => ({
    amountMinor: 5,
    currency: 'GBP',
    reference: `many-${n}`,
  }));
  const batch = await api.call('POST', '/payment-link-batches', { body: many });
  await run(batch.json.id);
  const told = await api.call('GET', `/exports/payment-links.csv?batch=${batch.json.id}`);
  const references = told.text
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[3]);
  expect(references).toHaveLength(700);
  expect(new Set(references).size).toBe(700);
});

test('an export is made as fast as it is taken, and of one that nobody takes any more nothing further is read', async () => {
  const read: string[] = [];
  const own = await ApiHouse.open({ onStatement: (text) => read.push(text) });
  try {
    const many = Array.from({ length: 1_500 }, (_, n) => ({ amountMinor: n + 1, currency: 'GBP' }));
    const batch = await own.call('POST', '/payment-link-batches', { body: many });
    const at = { merchantId: own.house.merchantId, id: String(batch.json.id) };
    await runPaymentLinkBatch(own.house.services, at, 20_000);
    const pages = () => read.filter((text) => /from "payment_links".*limit/is.test(text)).length;
    const before = pages();
    const request = new Request(`http://localhost:3000/api/v1/exports/payment-links.csv?batch=${at.id}`, {
      headers: { authorization: `Bearer ${own.key}`, 'x-forwarded-for': '192.0.2.7' },
    });
    const { GET } = await routeModule('app/api/v1/exports/payment-links.csv/route.ts');
    const answer = await GET?.(request, { params: Promise.resolve({}) });
    const taken = answer?.body?.getReader();
    for (let i = 0; i < 2; i++) await taken?.read();
    await new Promise((resolve) => setTimeout(resolve, 200));
    // Of eight: two are taken, and one is read ahead.
    expect(pages() - before).toBeLessThanOrEqual(3);
    await taken?.cancel();
    const then = pages();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(pages()).toBe(then);
    expect(then).toBeGreaterThan(before);
  } finally {
    await own.close();
  }
});
