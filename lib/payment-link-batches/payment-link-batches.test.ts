import { afterAll, beforeAll, expect, test } from 'vitest';
import { setClock } from '@/db/testing';
import type { PaymentLink } from '../contracts/payment-links';
import { createPaymentLink, listPaymentLinks } from '../payment-links';
import { LinkTales } from '../payment-links/testing';
import { purge } from '../retention';
import { reviveBatches } from '../sweep';
import { type TestHouse, testHouse } from '../testing';
import { EndpointTales } from '../webhooks/testing';
import {
  dropPaymentLinkBatch,
  listBatchErrors,
  readPaymentLinkBatch,
  receivePaymentLinkBatch,
  startPaymentLinkBatch,
} from '.';
import { asCsv, asJson, BatchTales } from './testing';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());
const tales = new BatchTales(() => house);
const links = new LinkTales(() => house);
const hooks = new EndpointTales(() => house);

const row = (n: number | string, more: object = {}) => ({
  amountMinor: 1240,
  currency: 'GBP',
  reference: `R-${n}`,
  ...more,
});
const many = (count: number, name: string) => Array.from({ length: count }, (_, n) => row(`${name}-${n}`));

async function linksOf(batch: string): Promise<PaymentLink[]> {
  const all: PaymentLink[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listPaymentLinks(house.as('viewer'), {
      batch,
      limit: '100',
      ...(cursor && { cursor }),
    });
    if (!page.ok) throw new Error(page.error.message);
    all.push(...page.value.data);
    cursor = page.value.nextCursor;
  }
  return all.reverse();
}
test('every row becomes a link, in order, that is payable, told of and noted as one issued by itself', async () => {
  const wanted = many(620, 'all');
  const batch = await tales.started(asJson(wanted));
  expect(batch).toMatchObject({ status: 'issuing', rows: 620, issuedRows: 0, format: 'json', endedAt: null });
  expect(await tales.ended(batch.id)).toMatchObject({
    ...{ status: 'completed', rows: 620, checkedRows: 620, issuedRows: 620, refusedRows: 0 },
    endedAt: expect.any(String),
  });
  const made = await linksOf(batch.id);
  expect(made.map((link) => link.reference).sort()).toEqual(wanted.map((one) => one.reference).sort());
  const [first] = made;
  expect(await links.stateOf(first?.url ?? '')).toBe('ready');
  await links.pay(first?.id ?? '');
  expect((await links.read(first?.id ?? '')).status).toBe('paid');
  expect(await links.typesOf(made[1]?.id ?? '')).toEqual(['payment_link.created']);
  expect(await tales.errors(batch.id)).toEqual([]);
});

/** What differs from link to link, and what says where it came from. */
const own = (link: PaymentLink) => {
  const { id, url, phrase, createdAt, updatedAt, expiresAt, ...rest } = link;
  return rest;
};

test('a link of a batch is in every row and event as one that was issued alone, with all that can be asked for', async () => {
  const ctx = house.as('api');
  const full = row('same', {
    ...{ amountType: 'partial', minAmountMinor: 200, description: ' Two\u200b sticks ', locale: 'de' },
    customer: { name: 'Ada', email: 'ada@example.test', phone: '+44 7700 900123', timeZone: 'Europe/Berlin' },
    lineItems: [{ description: 'Stick "long", oak\\ash', quantity: 2, unitAmountMinor: 620 }],
    ...{ expiresInSeconds: 7_200, send: ['email', 'sms'].map((channel) => ({ channel })) },
    ...{ metadata: { shelf: 'B4', note: 'null', empty: '', 'a,b{"}': '{1,2}\n' } },
    callbackUrl: 'http://127.0.0.1:9/callback',
  });
  await house.database.sql`update merchants set return_urls = '{https://shop.example/thanks}'`;
  const wanted = { ...full, returnUrl: 'https://shop.example/thanks' };
  const alone = await createPaymentLink(ctx, wanted);
  if (!alone.ok) throw new Error(alone.error.message);
  const [listed] = await linksOf((await tales.done(asJson([wanted]))).id);
  if (!listed) throw new Error('no link');
  expect({ ...own(listed), createdBy: null }).toEqual({ ...own(alone.value), createdBy: null });
  const rows = await house.database.sql`select * from payment_links where id in (
    select payment_link_id from events where payload like ${`%${alone.value.id}%`} or payload like ${`%${listed.id}%`})
    order by batch_id nulls first`;
  const plain = rows.map(
    ({ id, batch_id, phrase, created_at, updated_at, expires_at, created_by_id, ...rest }) => rest,
  );
  expect(plain[1]).toEqual(plain[0]);
  const [one, other] = [await links.events(alone.value.id), await links.events(listed.id)];
  expect(one.map(({ type, sequence, previous }) => [type, sequence, previous])).toEqual(
    other.map(({ type, sequence, previous }) => [type, sequence, previous]),
  );
  expect(await links.read(listed.id)).toEqual(listed);
  const [told] = other;
  expect(told?.data).toEqual(listed);
  const sent = await house.database
    .sql`select channel, recipient, state from messages where payment_link_id in (
    select payment_link_id from events where payload like ${`%${listed.id}%`}) order by channel`;
  expect(sent.map((message) => [message.channel, message.recipient])).toEqual([
    ['email', 'ada@example.test'],
    ['sms', '+447700900123'],
  ]);
});

test('links of a batch go to the endpoints that want them, and to their own callback', async () => {
  await hooks.due();
  const endpoint = await hooks.made({ types: ['payment_link.created'] });
  const url = 'http://127.0.0.1:9/mine';
  await tales.done(asJson([row('hook-1'), row('hook-2', { callbackUrl: url })]));
  const due = await hooks.due();
  await hooks.removed(endpoint.id);
  expect(due.filter(({ endpointId }) => endpointId === endpoint.id)).toHaveLength(2);
  expect(due.filter((one) => one.url === url)).toHaveLength(1);
  expect(due).toHaveLength(3);
});

test('wrong rows are listed with number, field and the code of the single act; the others are issued', async () => {
  const rows: unknown[] = [
    row('ok-1'),
    row('x', { amountMinor: 0 }),
    row('x', { surprise: 1, currency: 'GBX' }),
    row('x', { description: 'card 4242 4242 4242 4242' }),
    row('x', { amountMinor: 4242424242424242 }),
    row('x', { profile: 'secret' }),
    row('x', { returnUrl: 'https://evil.example/' }),
    row('x', { callbackUrl: 'https://10.0.0.1/hook' }),
    row('x', { customer: {}, send: { channel: 'sms' } }),
    row('x', { description: 'a\u0000b' }),
    'not a row',
    null,
    row('x', { locale: 'xx' }),
    row('ok-2', { expiresInSeconds: 60 }),
  ];
  const batch = await tales.done(asJson(rows));
  expect(batch).toMatchObject({
    status: 'completed',
    rows: 14,
    issuedRows: 2,
    refusedRows: 12,
    checkedRows: 14,
  });
  expect((await linksOf(batch.id)).map((link) => link.reference)).toEqual(['R-ok-1', 'R-ok-2']);
  const errors = await tales.errors(batch.id);
  expect(errors.map(({ row: number, path, code }) => `${number} ${path} ${code}`)).toEqual([
    '2 amountMinor invalid',
    '3 currency invalid',
    '3 surprise invalid',
    '4 description card_number_refused',
    '5 amountMinor card_number_refused',
    '6 profile invalid',
    '7 returnUrl invalid',
    '8 callbackUrl invalid',
    '9 customer.phone invalid',
    '10 description invalid',
    '11  invalid',
    '12  invalid',
    '13 locale invalid',
  ]);
  for (const [i, raw] of rows.entries()) {
    const alone = await createPaymentLink(house.as('api'), raw);
    const listed = errors.filter((error) => error.row === i + 1);
    if (alone.ok) expect(listed).toEqual([]);
    else expect(listed.map(({ path }) => path)).toEqual(alone.error.errors?.map(({ path }) => path));
  }
  expect(await tales.errors(batch.id, 1)).toEqual(errors);
});

test('a row that wants a form lookup is listed: a batch asks no other system', async () => {
  const batch = await tales.done(
    asJson([row('look', { lookup: true }), row('who', { lookup: {} }), row('no', { lookup: false })]),
  );
  expect(batch).toMatchObject({ rows: 3, issuedRows: 1, refusedRows: 2 });
  expect((await linksOf(batch.id)).map((link) => link.reference)).toEqual(['R-no']);
  expect((await tales.errors(batch.id)).map(({ row: number, path, code }) => [number, path, code])).toEqual([
    [1, 'lookup', 'invalid'],
    [2, 'lookup', 'invalid'],
  ]);
});

test('with onError=refuse one wrong row issues nothing and all are listed; without one all are issued', async () => {
  const rows = [...many(300, 'whole'), row('x', { amountMinor: -1 }), row('y', { currency: 'XXX' })];
  const refused = await tales.started(asJson(rows), { onError: 'refuse' });
  expect(refused.status).toBe('checking');
  expect(await tales.ended(refused.id)).toMatchObject({
    ...{ status: 'refused', rows: 302, checkedRows: 302, issuedRows: 0, refusedRows: 2 },
  });
  expect(await linksOf(refused.id)).toEqual([]);
  expect((await tales.errors(refused.id)).map((error) => error.row)).toEqual([301, 302]);
  const left = await house.database.sql`select 1 from payment_link_batch_parts`;
  expect(left).toHaveLength(0);
  const whole = await tales.done(asJson(many(300, 'clean')), { onError: 'refuse' });
  expect(whole).toMatchObject({ status: 'completed', checkedRows: 300, issuedRows: 300, refusedRows: 0 });
});

test('CSV says the same as JSON, in dotted columns', async () => {
  const text = [
    'amountMinor,currency,reference,description,customer.name,customer.email,metadata.shelf,send,expiresInSeconds',
    '1240,GBP,C-1,"Two ""long"" sticks, oak",Ädä 💶,ada@example.test,B4,email,3600',
    '990,GBP,C-2,,,,,,',
    '12.40,GBP,C-3,,,,,,',
    '990,GBP,C-4',
    '990,GBP,C-5,,,,,fax,',
    '',
  ].join('\r\n');
  const batch = await tales.done(asCsv(`\ufeff${text}`));
  expect(batch).toMatchObject({ format: 'csv', rows: 5, issuedRows: 2, refusedRows: 3 });
  const [first, second] = await linksOf(batch.id);
  expect(first).toMatchObject({
    ...{
      amountMinor: 1240,
      reference: 'C-1',
      description: 'Two "long" sticks, oak',
      metadata: { shelf: 'B4' },
    },
    customer: { name: 'Ädä 💶', email: 'ada@example.test' },
  });
  expect(Date.parse(first?.expiresAt ?? '') - Date.parse(first?.createdAt ?? '')).toBeLessThanOrEqual(
    3_600_000,
  );
  expect(second).toMatchObject({ reference: 'C-2', description: null, metadata: {} });
  const errors = await tales.errors(batch.id);
  expect(errors.map(({ row: number, path }) => [number, path])).toEqual([
    [3, 'amountMinor'],
    [4, ''],
    [5, expect.stringMatching(/^send/)],
  ]);
});

const keptRows = async () => {
  const [kept] = await house.database
    .sql`select (select count(*) from payment_link_batch_parts)::int as parts,
    (select count(*) from payment_link_batches where state = 'receiving')::int as batches`;
  return kept;
};

test('settings that change meanwhile count: what may no longer be issued is listed', async () => {
  const batch = await tales.started(asJson(many(3, 'off')));
  await house.database.sql`update merchants set api_enabled = false where id = ${house.merchantId}`;
  const ended = await tales.ended(batch.id);
  await house.database.sql`update merchants set api_enabled = true`;
  expect(ended).toMatchObject({ status: 'completed', issuedRows: 0, refusedRows: 3 });
  expect((await tales.errors(batch.id))[0]).toMatchObject({ row: 1, path: '', code: 'forbidden' });
});

test('nobody knows of a batch before it is begun; one that never is is deleted after an hour', async () => {
  const received = await receivePaymentLinkBatch(house.as('api'), {}, asJson(many(2, 'lost')));
  const id = received.ok ? received.value.id : '';
  expect(await readPaymentLinkBatch(house.as('owner'), id)).toMatchObject({ error: { code: 'not_found' } });
  await purge(house.services, 1_000);
  expect(await keptRows()).toMatchObject({ batches: 1 });
  await setClock(house.services.db, 3_700);
  await purge(house.services, 1_000);
  await setClock(house.services.db, 0);
  expect(await keptRows()).toEqual({ parts: 0, batches: 0 });
  expect(await startPaymentLinkBatch(house.as('api'), id)).toMatchObject({ error: { code: 'not_found' } });
});

test('a batch whose job was lost gets one again', async () => {
  const batch = await tales.started(asJson(many(2, 'revived')));
  expect(await reviveBatches(house.services)).toBe(0);
  await house.database.sql`delete from graphile_worker._private_jobs where key = ${`batch:${batch.id}`}`;
  expect(await reviveBatches(house.services)).toBe(1);
  expect(await tales.ended(batch.id)).toMatchObject({ issuedRows: 2 });
});

test('who may not issue links may not in a batch, and another merchant sees nothing of it', async () => {
  const batch = await tales.done(asJson([row('mine'), row('x', { amountMinor: 0 })]));
  for (const ctx of [house.as('viewer'), house.as('api', ['payment_links:read']), house.as('payer')]) {
    expect(await receivePaymentLinkBatch(ctx, {}, asJson([row(1)]))).toMatchObject({
      error: { code: 'forbidden' },
    });
    expect(await startPaymentLinkBatch(ctx, batch.id)).toMatchObject({ error: { code: 'forbidden' } });
  }
  const unread = house.as('api', ['payment_links:create']);
  expect(await readPaymentLinkBatch(unread, batch.id)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await listBatchErrors(unread, batch.id, {})).toMatchObject({ error: { code: 'forbidden' } });
  for (const id of [batch.id, 'nothing']) {
    expect(await readPaymentLinkBatch(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
    expect(await listBatchErrors(house.stranger, id, {})).toMatchObject({ error: { code: 'not_found' } });
  }
  expect(await listPaymentLinks(house.stranger, { batch: batch.id })).toMatchObject({ value: { data: [] } });
  expect(await startPaymentLinkBatch(house.stranger, batch.id)).toMatchObject({
    error: { code: 'not_found' },
  });
  const received = await receivePaymentLinkBatch(house.as('api'), {}, asJson([row('kept')]));
  const id = received.ok ? received.value.id : '';
  await dropPaymentLinkBatch(house.stranger, id);
  expect(await startPaymentLinkBatch(house.stranger, id)).toMatchObject({ error: { code: 'not_found' } });
  expect(await startPaymentLinkBatch(house.as('api'), id)).toMatchObject({ ok: true });
});
