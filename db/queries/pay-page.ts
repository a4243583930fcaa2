import { type Column, getTableColumns, type InferSelectModel, sql, type Table } from 'drizzle-orm';
import type { Executor } from '../client';
import {
  formLookups,
  type ledgerEntries,
  linkTokens,
  merchants,
  paymentAttempts,
  paymentLinks,
  type paymentProfiles,
} from '../schema';
import type { FormLookupRow } from './form-lookups';
import type { MerchantRow } from './merchants';
import type { PaymentAttemptRow } from './payment-attempts';
import type { LinkTokenRow, PaymentLinkRow } from './payment-links';

/** Money of a link that came, or was given back by the merchant: what its receipt tells. */
export type ReceiptEntry = Pick<
  typeof ledgerEntries.$inferSelect,
  'kind' | 'amountMinor' | 'at' | 'paymentAttemptId'
>;

/** What receipts say of the merchant besides its name. */
export type Issuer = Pick<typeof paymentProfiles.$inferSelect, 'postalAddress' | 'taxNumber'>;

/** All that the page of a link tells. `lookup`: how its profile asks the merchant's system, where it does. */
export type PayPageRows = {
  token: LinkTokenRow;
  link: PaymentLinkRow;
  merchant: MerchantRow;
  issuer: Issuer;
  /** Oldest first, as are the entries. */
  attempts: PaymentAttemptRow[];
  entries: ReceiptEntry[];
  lookup: FormLookupRow | null;
};

type Json = Record<string, unknown>;

/** A row that came as JSON, as the query builder would have given it. */
function rowOf<T extends Table>(table: T, json: Json): InferSelectModel<T> {
  const row: Json = {};
  for (const [name, column] of columnsOf(table)) {
    const value = json[column.name] ?? null;
    row[name] = value === null ? null : column.mapFromDriverValue(value);
  }
  return row as InferSelectModel<T>;
}

const columns = new Map<Table, [name: string, column: Column][]>();

/** Every page asks for the same five tables. */
function columnsOf(table: Table): [name: string, column: Column][] {
  const kept = columns.get(table) ?? Object.entries<Column>(getTableColumns(table));
  columns.set(table, kept);
  return kept;
}

type Told = {
  token: Json;
  link: Json;
  merchant: Json;
  issuer: Issuer;
  attempts: Json[];
  entries: Json[];
  lookup: Json | null;
};

/**
 * Reads what an address of a merchant's leads to; undefined where there is no such address. One statement, so that all of it is of one
 * moment: a link and its attempts change together.
 */
export async function readPayPageRows(
  tx: Executor,
  merchantId: number,
  tokenId: string,
): Promise<PayPageRows | undefined> {
  const rows = await tx.execute<Told>(sql`
    select to_jsonb(t) as token,
      to_jsonb(l) || jsonb_build_object('expired', l.expires_at <= cf_now(), 'now', cf_now()) as link,
      to_jsonb(m) as merchant, to_jsonb(f) as lookup,
      (select jsonb_build_object('postalAddress', p.postal_address, 'taxNumber', p.tax_number) from payment_profiles p
        where p.merchant_id = l.merchant_id and p.id = l.profile_id) as issuer,
      (select coalesce(jsonb_agg(to_jsonb(a) order by a.id), '[]') from payment_attempts a
        where a.merchant_id = l.merchant_id and a.payment_link_id = l.id) as attempts,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'amountMinor', e.amount_minor, 'at', e.at,
          'paymentAttemptId', e.payment_attempt_id) order by e.id), '[]') from ledger_entries e
        where e.merchant_id = l.merchant_id and e.payment_link_id = l.id and e.kind in ('payment', 'refund')) as entries
    from link_tokens t
      join payment_links l on l.merchant_id = t.merchant_id and l.id = t.payment_link_id
      join merchants m on m.id = t.merchant_id
      left join form_lookups f on f.merchant_id = l.merchant_id and f.profile_id = l.profile_id
    where t.merchant_id = ${merchantId} and t.id = ${tokenId}`);
  const [row] = rows;
  if (!row) return undefined;
  const { link } = row;
  const now = new Date(String(link.now));
  return {
    token: rowOf(linkTokens, row.token),
    link: { ...rowOf(paymentLinks, link), expired: link.expired === true, now },
    merchant: rowOf(merchants, row.merchant),
    issuer: row.issuer,
    attempts: row.attempts.map((one) => rowOf(paymentAttempts, one)),
    entries: row.entries.map(entryOf),
    lookup: row.lookup && rowOf(formLookups, row.lookup),
  };
}

function entryOf({ kind, amountMinor, at, paymentAttemptId }: Json): ReceiptEntry {
  return {
    kind: kind as ReceiptEntry['kind'],
    amountMinor: Number(amountMinor),
    at: new Date(String(at)),
    paymentAttemptId: paymentAttempts.id.mapFromDriverValue(paymentAttemptId) as string,
  };
}
