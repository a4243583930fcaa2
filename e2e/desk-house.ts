import type postgres from 'postgres';
import { withDatabase } from './database';
import {
  auditOf,
  bulkOf,
  clientsOf,
  importsOf,
  peopleOf,
  sessionsOf,
  viewsOf,
  webhooksOf,
} from './desk-logs';
import { moneyOf } from './desk-money';
import {
  attemptsOf,
  eventsOf,
  type House,
  idAt,
  type Kind,
  ledgerOf,
  linksOf,
  messagesOf,
  publicId,
  type Row,
  type Rows,
  refundsOf,
  tokensOf,
} from './desk-rows';
import { run } from './support';

const AT_ONCE = 2_000;

async function put(sql: postgres.Sql, tables: Rows): Promise<void> {
  for (const [table, rows] of Object.entries(tables))
    for (let from = 0; from < rows.length; from += AT_ONCE) {
      const columns = Object.keys(rows[0] ?? {}).join(', ');
      await sql.unsafe(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [sql.json(rows.slice(from, from + AT_ONCE) as never)],
      );
    }
}

/** A merchant as the demo's, of an owner of its own, with nothing in it yet. */
async function found(sql: postgres.Sql, name: string, size: number): Promise<House & { email: string }> {
  const email = `${crypto.randomUUID()}@pictures.example`;
  const [profileId, accountId, owner] = [idAt(Date.now()), idAt(Date.now()), idAt(Date.now())];
  const [theirs] = await sql<
    { merchant_id: string }[]
  >`select merchant_id from users where email = ${run.owner.email}`;
  const of = theirs?.merchant_id ?? '';
  const [made] = await sql<{ id: string }[]>`
    insert into merchants (name, contact_email, time_zone, created_at)
    select ${name}, contact_email, 'Europe/London', cf_now() - interval '300 days' from merchants where id = ${of} returning id`;
  const merchantId = Number(made?.id);
  const asTheirs = (table: string, more: Row, where: string) =>
    sql.unsafe(
      `insert into ${table} select (jsonb_populate_record(t, $1)).* from ${table} t where merchant_id = $2 and ${where}`,
      [sql.json({ merchant_id: merchantId, ...more } as never), of],
    );
  await asTheirs(
    'gateway_accounts',
    { id: accountId, profile_id: profileId, notification_secret: null },
    `id = (select gateway_account_id
    from payment_profiles where merchant_id = t.merchant_id and is_default)`,
  );
  await asTheirs(
    'payment_profiles',
    { id: profileId, gateway_account_id: accountId, vcc_configuration_id: null },
    'is_default',
  );
  await asTheirs('users', { id: owner, email, name: 'Nora Keane' }, `email = '${run.owner.email}'`);
  return { merchantId, profileId, accountId, owner, size, email };
}

export type Furnished = {
  name: string;
  who: { email: string; password: string };
  ids: Record<string, string>;
};

/** A merchant in which there are so many links, and of all else that is listed as many as there would be. */
export function furnish(name: string, size: number): Promise<Furnished> {
  return withDatabase(async (sql) => {
    const house = await found(
      sql,
      size > 1_000 ? 'North Western Outdoor Pursuits Limited' : 'Juniper Outfitters',
      size,
    );
    const links = linksOf(house);
    const [attempts, events] = [attemptsOf(house, links), eventsOf(links)];
    const refunds = refundsOf(links, attempts);
    const [endpoint] = await sql<
      { secret: string }[]
    >`select secret from webhook_endpoints where kind = 'events' limit 1`;
    const tables: Rows = {
      payment_links: links,
      link_tokens: tokensOf(links),
      payment_attempts: attempts,
      refunds,
      ledger_entries: ledgerOf(attempts, refunds),
      events,
      messages: messagesOf(links),
      users: peopleOf(house),
      sessions: sessionsOf(house),
      saved_views: viewsOf(house),
      ...webhooksOf(house, events, endpoint?.secret ?? ''),
      ...clientsOf(house),
      ...moneyOf(house, links, attempts),
      audit_entries: auditOf(house, links),
      ...importsOf(house),
      ...bulkOf(house, links),
    };
    await put(sql, tables);
    const who = { email: house.email, password: run.owner.password };
    return { name, who, ids: idsOf({ ...tables, profiles: [{ id: house.profileId }] }) };
  });
}

/** Of each kind one that has something to tell; an empty house has none, and its addresses lead nowhere. */
function idsOf(tables: Rows): Furnished['ids'] {
  const of = (kind: Kind, table: string, tells: (row: Row) => boolean = () => true) => {
    const found = tables[table]?.find(tells) ?? tables[table]?.[0];
    return publicId(kind, String(found?.id ?? idAt(Date.now())));
  };
  const paid = (row: Row) => Number(row.refunded_minor) > 0;
  return {
    '/admin/links/[id]': of('paymentLink', 'payment_links', paid),
    open: of('paymentLink', 'payment_links', (row) => row.access === 'active' && row.paid_at === null),
    '/admin/webhooks/[id]': of('webhookEndpoint', 'webhook_endpoints', (row) => row.failing_since !== null),
    '/admin/webhooks/deliveries/[id]': of(
      'delivery',
      'webhook_deliveries',
      (row) => row.state === 'exhausted',
    ),
    '/admin/developers/requests/[id]': of('request', 'api_requests', (row) => row.code !== null),
    '/admin/audit/[id]': of('audit', 'audit_entries', (row) => row.action === 'refund.create'),
    '/admin/bulk/[id]': of('bulkAct', 'bulk_acts'),
    '/admin/import/[id]': of('paymentLinkBatch', 'payment_link_batches'),
    '/admin/money/balance/[id]': of('balanceReport', 'balance_reports', (row) => row.gap_count === 1),
    '/admin/profiles/[id]': of('profile', 'profiles'),
  };
}
