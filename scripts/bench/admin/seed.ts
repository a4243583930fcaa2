/** Links as a busy installation has them, written by statements over sets: no verb is asked. */
import type postgres from 'postgres';

const OTHER_MERCHANTS = 40;
const AGENTS = 40;
/** What the home page counts: events and messages of the last days; older days would be kept as numbers. */
const DAYS_WITH_EVENTS = 7;

/** A merchant of more than the year of its links; each beside is as that one, with its profile, and that one has three more. */
const merchants = (own: number): string => `
  update merchants set created_at = cf_now() - interval '400 days' where id = ${own};
  insert into merchants overriding system value
    select (jsonb_populate_record(m, jsonb_build_object('id', ${own} + 1000 + n))).*
    from merchants m, generate_series(1, ${OTHER_MERCHANTS}) n where m.id = ${own};
  insert into gateway_accounts
    select (jsonb_populate_record(g, jsonb_build_object('merchant_id', ${own} + 1000 + n))).*
    from gateway_accounts g, generate_series(1, ${OTHER_MERCHANTS}) n where g.merchant_id = ${own};
  insert into payment_profiles
    select (jsonb_populate_record(f, jsonb_build_object('merchant_id', ${own} + 1000 + n))).*
    from payment_profiles f, generate_series(1, ${OTHER_MERCHANTS}) n where f.merchant_id = ${own} and f.is_default;
  insert into payment_profiles
    select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid(), 'name', 'profile ' || n, 'is_default', false))).*
    from payment_profiles f, generate_series(1, 3) n where f.merchant_id = ${own} and f.is_default;`;

/** A year of links, the last of this minute: what is older than three days has ended, in the shares of real life. */
const links = (own: number, count: number): string => `
  select setseed(0.5);
  create temporary table dice as
    select n, random() status, random() who, random() agent, random() profile, random() channel, random() currency,
      random() amount, random() name, cf_now() - interval '1 year' * (${count} - n) / ${count} - interval '1 second' made
    from generate_series(1, ${count}) n;
  create temporary table profiles as select merchant_id, id, is_default,
    row_number() over (partition by merchant_id order by is_default desc, name) as place from payment_profiles;
  insert into payment_links (merchant_id, id, profile_id, access, amount_type, amount_minor, ceiling_minor, currency,
    captured_minor, refunded_minor, disputed_minor, description, reference, customer_name, customer_email, customer_phone,
    locale, channels, phrase, livemode, created_by_kind, created_by_id, created_by_name, created_at, updated_at, expires_at, paid_at)
  select merchant, (lpad(to_hex((extract(epoch from made) * 1000)::bigint), 12, '0') || '7' || substr(dust, 1, 3) || '8' || substr(dust, 4, 15))::uuid,
    profile_id, case when status < 0.7 and (is_paid or not old) then 'active' when status < 0.92 and old then 'expired' when status between 0.7 and 0.75 then 'locked'
      when status < 0.92 then 'active' else 'canceled' end,
    'fixed', owed, owed, code, case when is_paid then owed else 0 end,
    case when is_paid and status < 0.03 then owed when is_paid and status < 0.05 then 1 else 0 end,
    case when is_paid and status between 0.05 and 0.053 then owed else 0 end,
    'Order ' || n, 'INV-' || 100000 + n, first || ' ' || last, lower(first || '.' || last) || n % 97 || '@example.test',
    '+4477009' || lpad((n % 100000)::text, 5, '0'), 'en', channels, 'amber river', false, 'user',
    'agent-' || agent_number, 'Agent ' || agent_number, made, made, made + interval '72 hours',
    case when is_paid then made + interval '1 hour' * (1 + n % 60) end
  from (
    select d.*, made < cf_now() - interval '72 hours' old, case when who < 0.1 then ${own} else ${own} + 1001 + floor((who - 0.1) / 0.9 * ${OTHER_MERCHANTS})::int end merchant,
      floor(${AGENTS} * agent ^ 3)::int agent_number, ceil(exp(4 + 7 * amount))::bigint owed, md5(n::text) dust,
      (array['GBP', 'EUR', 'USD', 'JPY'])[case when currency < 0.8 then 1 when currency < 0.95 then 2 when currency < 0.99 then 3 else 4 end] code,
      case when channel < 0.6 then '{email}' when channel < 0.85 then '{sms}' when channel < 0.9 then '{email,sms}' else '{}' end::text[] channels,
      (array['Ada','Grace','Alan','Edsger','Barbara','Donald','Leslie','Niklaus','Tony','John','Zoë','Quentin'])[1 + floor(12 * name ^ 1.5)] first,
      (array['Lovelace','Hopper','Turing','Dijkstra','Liskov','Knuth','Lamport','Wirth','Hoare','McCarthy','Backus','Xu'])[1 + n % 12] || substr(md5((n % 5000)::text), 1, 4) last,
      status < 0.7 and made < cf_now() - case when status < 0.6 then interval '70 hours' else interval '72 hours' end is_paid
    from dice d
  ) x join lateral (
    select id profile_id from profiles f where f.merchant_id = merchant and f.place = case when merchant <> ${own} or x.profile < 0.85 then 1
      when x.profile < 0.95 then 2 when x.profile < 0.99 then 3 else 4 end
  ) f on true;
  insert into link_tokens (merchant_id, id, payment_link_id, key_id, expires_at, created_at)
    select merchant_id, gen_random_uuid(), id, 1, expires_at, created_at from payment_links;
  insert into payment_link_texts
    select merchant_id, id, cf_link_text(l), right(replace(id::text, '-', ''), 15) from payment_links l;
  insert into payment_attempts (merchant_id, id, payment_link_id, state, amount_minor, currency, channel, gateway,
    gateway_account_id, brand, last4, captured_minor, refunded_minor, disputed_minor, created_at, submitted_at, ended_at)
    select l.merchant_id, gen_random_uuid(), l.id, 'succeeded', l.captured_minor, l.currency, 'ecommerce', 'sandbox', f.gateway_account_id, 'visa',
      lpad((extract(milliseconds from l.created_at)::int % 10000)::text, 4, '0'), l.captured_minor, 0, 0, l.created_at, l.paid_at, l.paid_at
    from payment_links l join payment_profiles f on f.merchant_id = l.merchant_id and f.id = l.profile_id where l.paid_at is not null;
  insert into events (merchant_id, id, type, payment_link_id, sequence, payload, actor_name, occurred_at)
    select l.merchant_id, gen_random_uuid(), type, l.id, place, '{}', 'Bench', e.at
    from payment_links l, lateral (values ('payment_link.created', 1, l.created_at),
      ('payment_link.sent', 2, l.created_at + interval '2 seconds'), ('payment_link.opened', 3, l.created_at + interval '9 minutes'),
      ('payment_attempt.started', 4, l.paid_at - interval '1 minute'), ('payment_link.paid', 5, l.paid_at)) as e(type, place, at)
    where l.created_at > cf_now() - interval '${DAYS_WITH_EVENTS} days' and e.at < cf_now();
  insert into messages (merchant_id, id, payment_link_id, channel, recipient, template, state, created_at, sent_at, ended_at)
    select merchant_id, gen_random_uuid(), id, channels[1], customer_email, 'payment_request',
      case when right(id::text, 1) = '0' then 'undelivered' else 'delivered' end, created_at, created_at, created_at + interval '5 seconds'
    from payment_links where created_at > cf_now() - interval '${DAYS_WITH_EVENTS} days' and channels <> '{}';
  drop table dice, profiles;`;

const TABLES = "('payment_links', 'link_tokens', 'payment_link_texts', 'payment_attempts')";
type Definition = { name: string; on: string; definition: string };

/** What would be kept true row by row: foreign keys and indexes, but not the keys that others refer to. */
const keysOf = (sql: postgres.Sql): Promise<Definition[]> =>
  sql.unsafe<Definition[]>(
    `select conname as name, conrelid::regclass::text as on, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and conrelid::regclass::text in ${TABLES}`,
  );
const indexesOf = (sql: postgres.Sql): Promise<Definition[]> =>
  sql.unsafe<Definition[]>(
    `select indexname as name, tablename as on, indexdef as definition from pg_indexes
     where tablename in ${TABLES} and indexname not in (select conname from pg_constraint)`,
  );

/** Gives the merchant a tenth of `count` links; foreign keys and indexes are made anew behind them. */
export async function seedLinks(sql: postgres.Sql, own: number, count: number): Promise<void> {
  const [keys, indexes] = [await keysOf(sql), await indexesOf(sql)];
  await sql.begin(async (tx) => {
    for (const key of keys) await tx.unsafe(`alter table ${key.on} drop constraint ${key.name}`);
    for (const index of indexes) await tx.unsafe(`drop index ${index.name}`);
    await tx.unsafe('alter table payment_links disable trigger texts_insert');
    await tx.unsafe(merchants(own) + links(own, count));
    await tx.unsafe("set local maintenance_work_mem = '512MB'");
    for (const index of indexes) await tx.unsafe(index.definition);
    await tx.unsafe('alter table payment_links enable trigger texts_insert');
    for (const key of keys)
      await tx.unsafe(`alter table ${key.on} add constraint ${key.name} ${key.definition}`);
  });
  for (const table of [
    'payment_links',
    'link_tokens',
    'payment_link_texts',
    'payment_attempts',
    'events',
    'messages',
  ])
    await sql.unsafe(`vacuum analyze ${table}`);
}
