import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { remindAfter } from '@/lib/opt-outs/testing';
import { LinkTales } from '@/lib/payment-links/testing';
import { type TestHouse, testHouse } from '@/lib/testing';
import { paymentLinks } from '../schema';
import { setClock } from '../testing';
import { ownColumns } from '../testing/own-columns';
import { plansOf } from '../testing/plan';
import { listDueReminders } from './reminders';

const LINKS = 10_000;
/** One in so many is still open: the others were paid. */
const OPEN = 100;

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await remindAfter(house, [60, 120]);
  const tales = new LinkTales(() => house);
  await tales.pay((await tales.issued()).id);
  await tales.issued();
  const { db } = house.services;
  await db.execute(sql`create temp table made as select n, gen_random_uuid() as link, gen_random_uuid() as token,
    gen_random_uuid() as attempt from generate_series(1, ${LINKS}::int) n`);
  const columns = sql.raw(ownColumns(paymentLinks));
  await db.execute(sql`insert into payment_links (${columns}) select ${columns} from (select r.* from payment_links l, made m, jsonb_populate_record(l,
    jsonb_build_object('id', m.link, 'paid_at', case when m.n % ${OPEN}::int > 0 then cf_now() end)) r where l.paid_at is null) r`);
  await db.execute(sql`insert into link_tokens select r.* from link_tokens t, made m, jsonb_populate_record(t,
    jsonb_build_object('id', m.token, 'payment_link_id', m.link)) r
    where t.payment_link_id = (select payment_link_id from payment_attempts)`);
  await db.execute(sql`insert into payment_attempts select r.* from payment_attempts a, made m, jsonb_populate_record(a,
    jsonb_build_object('id', m.attempt, 'payment_link_id', m.link)) r`);
  await db.execute(sql`insert into reminders select t.merchant_id, m.token, 'issue', 60, 'queued', cf_now()
    from (select * from link_tokens limit 1) t, made m`);
  for (const table of ['payment_links', 'link_tokens', 'reminders', 'payment_attempts', 'payment_profiles'])
    await db.execute(sql`analyze ${sql.identifier(table)}`);
  await setClock(db, 7205);
});
afterAll(() => house.close());

const TABLES = ['payment_links', 'link_tokens', 'reminders', 'payment_attempts'];

test('what is due is found among the links that are open, not by reading all that ever were', async () => {
  const { db } = house.services;
  const nodes = await plansOf(db, (tx) => listDueReminders(tx, 100));
  expect(nodes.flatMap((node) => node['Index Name'] ?? [])).toContain('payment_links_expiry');
  const whole = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
  expect(whole.filter((table) => table && TABLES.includes(table))).toEqual([]);
  const due = await listDueReminders(db, 1000);
  expect(new Set(due.map(({ id }) => id)).size).toBe(LINKS / OPEN + 1);
});

test('of one link it is found by its key', async () => {
  const { db } = house.services;
  const [one] = await listDueReminders(db, 1);
  const nodes = await plansOf(db, (tx) => listDueReminders(tx, 5, one?.id));
  const links = nodes.filter((node) => node['Relation Name'] === 'payment_links');
  // Its primary key, or one that has the profile before the id: by either it is one row.
  expect(links.map((node) => node['Index Name'])).toEqual([
    expect.stringMatching(/^payment_links_(merchant_id_id_pk|profile)$/),
  ]);
});
