import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listAllProfiles } from '@/db/queries/merchants';
import { eraseCustomer } from '@/lib/erasure';
import { idempotently } from '@/lib/idempotency';
import { noteOptOut } from '@/lib/opt-outs';
import { optOutOf } from '@/lib/opt-outs/internal';
import { sendPaymentLink } from '@/lib/payment-links';
import { LinkTales } from '@/lib/payment-links/testing';
import { createPaymentSession } from '@/lib/payment-sessions';
import { createRefund } from '@/lib/refunds';
import { type TestHouse, testHouse } from '@/lib/testing';
import { EndpointTales } from '@/lib/webhooks/testing';
import { saveWriteBack } from '@/lib/write-backs';
import { scanTables } from './database';
import { needle, Scanner } from './scanner';

let house: TestHouse;
const tales = new LinkTales(() => house);
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const [email, phone] = ['rosalind.quill@example.test', '+447700900461'];
const customer = { name: 'Rosalind Quillfeather', email, phone };
/** Whatever tells who it is, and what was noted of her. */
const TELLING = ['Quillfeather', 'rosalind.quill', '7700900461', '07700 900461', '…461', 'left-handed harp'];

async function whereFound(): Promise<string[]> {
  const texts = TELLING.flatMap((text) => [text, text.toLowerCase(), encodeURIComponent(text)]);
  const needles = [...new Set(texts)].map((text) =>
    needle(text, { spelling: 'plain', bytes: Buffer.from(text), example: Buffer.from(text) }),
  );
  const scanner = new Scanner(needles);
  await scanTables(scanner, house.database.url, ({ schema, name }) => `${schema}.${name}`);
  return [...new Set(scanner.hits.map(({ sink }) => sink.replace('public.', '')))].sort();
}

/** A link with all that the product ever keeps of a customer, paid and partly refunded. */
async function fullLife(): Promise<string> {
  const { db } = house.services;
  await new EndpointTales(() => house).made();
  const profile = (await listAllProfiles(db, house.merchantId))[0]?.id;
  const places = ['name', 'email', 'phone'].map((name) => `{{link.customer.${name}}}`);
  const template = JSON.stringify({ who: places, text: 'About {{link.description}}' });
  const url = 'https://crm.example.com/back';
  const set = { profile, version: null, url, template, credentials: { kind: 'signature' } };
  const saved = await saveWriteBack(house.as('admin'), set, async () => [
    { address: '93.184.215.14', family: 4 },
  ]);
  if (!saved.ok) throw new Error(saved.error.message);
  const wish = {
    ...{
      kind: 'digital',
      agent: 'desk 7',
      amountMinor: 1240,
      currency: 'GBP',
      reference: 'ORD-77',
      customer,
    },
    description: 'Strings for a left-handed harp',
    lineItems: [{ description: 'Rosalind Quillfeather’s strings', quantity: 1, unitAmountMinor: 1240 }],
    metadata: { note: 'left-handed harp', owner: 'Rosalind Quillfeather' },
    challenge: { kind: 'phone_ending' },
  };
  const compatible = { FirstName: 'Rosalind', Surname: 'Quillfeather', Amount: '12.40', Email: email };
  const made = await createPaymentSession(house.as('api'), wish, { compatible });
  if (!made.ok) throw new Error(made.error.message);
  const { paymentLink: link } = made.value;
  const request = { path: '/api/v1/payment-sessions', key: 'k', body: '' };
  await idempotently(house.as('api'), request, async () => ({
    status: 201,
    body: JSON.stringify(made.value),
  }));
  await noteOptOut(house.as('agent'), { paymentLink: link, channel: 'email' });
  await tales.pay(link);
  const reason = 'Rosalind Quillfeather (07700 900461) sent it back';
  expect(await createRefund(house.as('owner'), { paymentLink: link, amountMinor: 40, reason })).toMatchObject(
    {
      ok: true,
    },
  );
  await db.execute(sql`insert into webhook_tries (merchant_id, delivery_id, number, duration_ms, status, answer, answer_headers)
    select merchant_id, id, 1, 5, 200, 'hello Rosalind Quillfeather', '{"x-for":"Quillfeather"}' from webhook_deliveries`);
  await db.execute(sql`with b as (insert into payment_link_batches (merchant_id, id, state, on_error, format,
      created_by_kind, created_by_name, request_id)
      values (${house.merchantId}, gen_random_uuid(), 'completed', 'skip', 'csv', 'user', 'Test', 'req') returning merchant_id, id)
    insert into payment_link_batch_rejects (merchant_id, batch_id, "row", value)
    select merchant_id, id, 1, ${JSON.stringify({ customer })} from b`);
  return link;
}

const books = async () => {
  const { db } = house.services;
  const ledger = await db.execute(sql`select * from ledger_entries order by id`);
  const links =
    await db.execute(sql`select id, reference, amount_minor, captured_minor, refunded_minor, paid_at, created_at
    from payment_links where paid_at is not null order by id`);
  const attempts = await db.execute(sql`select id, state, captured_minor, brand, last4, gateway_reference
    from payment_attempts where captured_minor > 0 order by id`);
  return { ledger: [...ledger], links: [...links], attempts: [...attempts] };
};

test('once a customer is erased the whole database names them nowhere, and the books are as before', async () => {
  const { db } = house.services;
  const link = await fullLife();
  const other = await tales.issued({ customer: { ...customer, phone: '+44 7700 900999' } });
  expect(await sendPaymentLink(house.as('agent'), other.id, { channel: 'email' })).toMatchObject({
    ok: true,
  });
  const bystander = await tales.issued({ customer: { name: 'Ada Pell', email: 'ada@example.test' } });
  const before = await books();
  expect(await whereFound()).toEqual([
    ...[
      'events',
      'messages',
      'opt_outs',
      'payment_link_batch_rejects',
      'payment_link_texts',
      'payment_links',
    ],
    ...['payment_sessions', 'refunds', 'webhook_deliveries', 'webhook_tries'],
  ]);

  const erase = () => eraseCustomer(house.as('admin'), { paymentLink: link, of: 'email' });
  expect(await erase()).toMatchObject({ error: { code: 'link_not_expired' } });
  expect(await whereFound()).toContain('payment_sessions');
  await db.execute(sql`update payment_links set access = 'canceled', canceled_at = cf_now()
    where customer_phone = '+447700900999'`);
  expect(await erase()).toEqual({ ok: true, value: { links: 2 } });

  expect(await whereFound()).toEqual([]);
  expect(await books()).toEqual(before);
  expect(before.ledger).not.toHaveLength(0);
  expect(await db.execute(sql`select 1 from idempotency_keys`)).toHaveLength(0);
  expect(await tales.read(bystander.id)).toMatchObject({ customer: { name: 'Ada Pell' } });
  const wish = await optOutOf(house.services, db, house.merchantId, { channel: 'email', recipient: email });
  expect(wish).toMatchObject({ how: 'staff' });
  const audited = await db.execute(
    sql`select action, data from audit_entries where action = 'customer.erase'`,
  );
  expect(audited).toMatchObject([{ data: { of: 'email' } }, { data: { of: 'email' } }]);
});
