import {
  and,
  eq,
  getTableName,
  gte,
  isNotNull,
  lt,
  lte,
  or,
  type SQL,
  type SQLWrapper,
  Subquery,
  sql,
} from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { type AmountType, type Channel, CLOCKED, type LinkSort, type LinkStatus } from '@/core/payment-link';
import type { Executor } from '../client';
import { paymentLinks as p, paymentLinkTexts } from '../schema';
import { isOneOf, linkColumns, type PaymentLinkRow } from './payment-links';
import { written } from './written';

export type LinkFilter = {
  status?: LinkStatus | undefined;
  amountType?: AmountType | undefined;
  reference?: string | undefined;
  /** E-mail, phone or part of the name. */
  customer?: string | undefined;
  createdBy?: string | undefined;
  profileId?: string | undefined;
  batch?: string | undefined;
  channel?: Channel | 'none' | undefined;
  currency?: string | undefined;
  minAmountMinor?: number | undefined;
  maxAmountMinor?: number | undefined;
  createdFrom?: Date | undefined;
  createdTo?: Date | undefined;
  expiresFrom?: Date | undefined;
  expiresBefore?: Date | undefined;
  paidFrom?: Date | undefined;
  paidTo?: Date | undefined;
  /** In the words of a link, as a pattern, or one of these links. */
  says?: { pattern: string; or: readonly string[] } | undefined;
};

/** A place in a list: the link there, and by what it is sorted before its id; null where that is its id alone. */
export type Place = { value: number | null; id: string };
/** `back`: what stands before the place, nearest first. */
export type Walk = { sort: LinkSort; from?: Place | undefined; back: boolean; limit: number };
/** `reached`: how far was looked where more may follow that was not looked at; null at the end of the list. */
export type Stretch<Row> = { rows: Row[]; reached: Place | null };

/** So many links are looked at by one statement, whatever the filters let through: it takes as long at any size. */
export const LOOKED_AT = 750;
const lookedAtMost = sql`limit ${written(LOOKED_AT)}`;

/** Rows that are read in the place of a table's, under its name. */
export const asTable = (rows: SQL, table: PgTable): Subquery => new Subquery(rows, {}, getTableName(table));

/** Read once a statement, so that indexes can be entered by it. */
const now = sql`(select cf_now())`;
export const isClocked = sql`${p.standing} in (${written(CLOCKED)})`;

/** The status of a link: `hasStatus` the other way round, and held against `statusOf` with it. */
export const statusNow = sql<LinkStatus>`case when ${isClocked} and ${p.expiresAt} <= cf_now() then 'expired' else ${p.standing} end`;

/** The SQL of core's `statusOf`; a test holds the two against each other. */
export function hasStatus(status: LinkStatus): SQL | undefined {
  const stands = sql`${p.standing} = ${written([status])}`;
  if (status === 'expired') return or(stands, and(isClocked, lte(p.expiresAt, now)));
  return CLOCKED.some((one) => one === status) ? and(stands, sql`${p.expiresAt} > ${now}`) : stands;
}

/** The ranges of indexes that make up a status. */
export const waysTo = (status: LinkStatus): (SQL | undefined)[] =>
  status === 'expired'
    ? [sql`${p.standing} = ${written([status])}`, and(isClocked, lte(p.expiresAt, now))]
    : [hasStatus(status)];

export const escaped = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`);

const amountsIn = ({ minAmountMinor, maxAmountMinor }: LinkFilter): (SQL | undefined)[] => [
  minAmountMinor === undefined ? undefined : gte(p.amountMinor, minAmountMinor),
  maxAmountMinor === undefined ? undefined : lte(p.amountMinor, maxAmountMinor),
];

/** What of a filter is looked at link by link. */
export function passes(filter: LinkFilter): SQL | undefined {
  const { customer, channel, says } = filter;
  const t = paymentLinkTexts;
  return and(
    filter.status && hasStatus(filter.status),
    filter.amountType && eq(p.amountType, filter.amountType),
    filter.reference ? eq(p.reference, filter.reference) : undefined,
    filter.createdBy ? eq(p.createdById, filter.createdBy) : undefined,
    filter.profileId ? eq(p.profileId, filter.profileId) : undefined,
    filter.batch ? eq(p.batchId, filter.batch) : undefined,
    filter.currency ? eq(p.currency, filter.currency) : undefined,
    ...amountsIn(filter),
    channel && (channel === 'none' ? sql`${p.channels} = '{}'` : sql`${channel} = any(${p.channels})`),
    filter.createdFrom && gte(p.createdAt, filter.createdFrom),
    filter.createdTo && lt(p.createdAt, filter.createdTo),
    filter.expiresFrom && gte(p.expiresAt, filter.expiresFrom),
    filter.expiresBefore && lt(p.expiresAt, filter.expiresBefore),
    customer
      ? or(
          eq(p.customerEmail, customer),
          eq(p.customerPhone, customer),
          sql`${p.customerName} ilike ${`%${escaped(customer)}%`}`,
        )
      : undefined,
    says &&
      or(
        // A value, not `exists`: that might be joined the other way round, which reads the words of all links.
        sql`(select ${t.text} from ${t} where ${t.merchantId} = ${p.merchantId} and ${t.paymentLinkId} = ${p.id})
          like lower(${says.pattern})`,
        says.or.length > 0 ? isOneOf(p.id, says.or) : undefined,
      ),
  );
}

/** The host that made an id may be so far from the database's clock before a period of creation misses its link. */
const CLOCKS_APART_MS = 86_400_000;
const firstIdAt = (ms: number): SQL => {
  const hex = Math.max(ms, 0).toString(16).padStart(12, '0');
  return sql`${`${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`}::uuid`;
};

/** Ids begin with the time of their making: a period is a range of them. Whatever ends before an instant was made before it. */
function idsWithin({ createdFrom, createdTo, expiresBefore }: LinkFilter): (SQL | undefined)[] {
  const before = Math.min(createdTo?.getTime() ?? Infinity, expiresBefore?.getTime() ?? Infinity);
  return [
    createdFrom && sql`${p.id} >= ${firstIdAt(createdFrom.getTime() - CLOCKS_APART_MS)}`,
    before < Infinity ? sql`${p.id} < ${firstIdAt(before + CLOCKS_APART_MS)}` : undefined,
  ];
}

const COMMON: readonly LinkStatus[] = ['active', 'paid', 'expired'];

/** The ways into the newest links by an index of their own: of those that a filter gives, the one that leaves the fewest. */
function entriesOf(filter: LinkFilter): (SQL | undefined)[] {
  const { status } = filter;
  const byStatus = status && waysTo(status);
  if (filter.batch) return [eq(p.batchId, filter.batch)];
  if (filter.reference) return [eq(p.reference, filter.reference)];
  if (byStatus && status && !COMMON.includes(status)) return byStatus;
  if (filter.createdBy) return [eq(p.createdById, filter.createdBy)];
  return byStatus ?? [filter.profileId ? eq(p.profileId, filter.profileId) : undefined];
}

type Order = {
  by: typeof p.expiresAt | typeof p.amountMinor | typeof p.paidAt | null;
  ascending: boolean;
  within: (filter: LinkFilter) => (SQL | undefined)[];
  valueOf: (row: PaymentLinkRow) => number | null;
};
const ORDERS: Record<LinkSort, Order> = {
  newest: { by: null, ascending: false, within: idsWithin, valueOf: () => null },
  expiring: {
    by: p.expiresAt,
    ascending: true,
    within: ({ expiresFrom, expiresBefore }) => [
      and(isClocked, sql`${p.expiresAt} > ${now}`),
      expiresFrom && gte(p.expiresAt, expiresFrom),
      expiresBefore && lt(p.expiresAt, expiresBefore),
    ],
    valueOf: (row) => row.expiresAt.getTime(),
  },
  amount: {
    by: p.amountMinor,
    ascending: false,
    within: (filter) => [
      filter.currency ? eq(p.currency, filter.currency) : undefined,
      isNotNull(p.amountMinor),
      ...amountsIn(filter),
    ],
    valueOf: (row) => row.amountMinor,
  },
  paid: {
    by: p.paidAt,
    ascending: false,
    within: ({ paidFrom, paidTo }) => [
      isNotNull(p.paidAt),
      paidFrom && gte(p.paidAt, paidFrom),
      paidTo && lt(p.paidAt, paidTo),
    ],
    valueOf: (row) => row.paidAt?.getTime() ?? null,
  },
};

export const placeOf = (sort: LinkSort, row: PaymentLinkRow): Place => ({
  value: ORDERS[sort].valueOf(row),
  id: row.id,
});

const sortedBy = (by: Order['by'], up: boolean): SQL => {
  const way = sql.raw(up ? 'asc' : 'desc');
  return by ? sql`${by} ${way}, ${p.id} ${way}` : sql`${p.id} ${way}`;
};

function beyond(by: Order['by'], up: boolean, { value, id }: Place): SQL {
  const way = sql.raw(up ? '>' : '<');
  if (!by) return sql`${p.id} ${way} ${sql.param(id, p.id)}`;
  const at = by === p.amountMinor ? value : new Date(value ?? 0);
  return sql`(${by}, ${p.id}) ${way} (${sql.param(at, by)}, ${sql.param(id, p.id)})`;
}

/** These columns of the next links in the order of an index, before what else they are asked for is looked at. */
function lookedAt(merchantId: number, filter: LinkFilter, { sort, from, back }: Walk, columns: SQL) {
  const { by, ascending, within } = ORDERS[sort];
  const up = ascending !== back;
  const ways =
    sort === 'newest' ? entriesOf(filter) : sort === 'amount' ? waysTo(filter.status ?? 'paid') : [undefined];
  const arms = ways.map((way) => {
    const where = and(eq(p.merchantId, merchantId), way, ...within(filter), from && beyond(by, up, from));
    return sql`(select ${columns} from ${p} where ${where} order by ${sortedBy(by, up)} ${lookedAtMost})`;
  });
  const all = sql.join(arms, sql` union all `);
  const one = sql`select * from (${all}) as ${p} order by ${sortedBy(by, up)} ${lookedAtMost}`;
  return asTable(arms.length === 1 ? all : one, p);
}

/** No index leads to fewer of the newest links than their own. */
const isUnentered = (filter: LinkFilter): boolean => entriesOf(filter).every((entry) => entry === undefined);

/** As `lookedAt` for the newest links, by their words: these are read in order, and of the links only those that say it. */
function saidIn(
  merchantId: number,
  { says: _says, ...rest }: LinkFilter,
  { pattern, or: also }: NonNullable<LinkFilter['says']>,
  { from, back, limit }: Walk,
) {
  const t = paymentLinkTexts;
  const words = sql`(select ${t.merchantId}, ${t.paymentLinkId} as id, ${t.text} from ${t}) as ${p}`;
  const says = or(sql`text like lower(${pattern})`, also.length > 0 ? isOneOf(p.id, also) : undefined);
  const where = and(eq(p.merchantId, merchantId), ...idsWithin(rest), from && beyond(null, back, from));
  const read = sql`select ${p.id}, ${says} as says from ${words} where ${where} order by ${sortedBy(null, back)} ${lookedAtMost}`;
  // The limit keeps the database to asking link by link, by index.
  const link = sql`select * from ${p} where ${and(eq(p.merchantId, merchantId), sql`${p.id} = seen.id`, passes(rest))} limit 1`;
  const order = sql.raw(back ? 'asc' : 'desc');
  return asTable(
    sql`(select found.* from (${read}) as seen, lateral (${link}) as found where seen.says order by seen.id ${order} limit ${limit})`,
    p,
  );
}

/** What is read of the links of a stretch, in their order; `value` is what they are sorted by before their ids. */
export type Read<Row> = (
  tx: Executor,
  links: { from: Subquery; where: SQL | undefined; order: SQL; limit: number; value: SQL },
) => Promise<Row[]>;
export const readRows: Read<PaymentLinkRow> = (tx, { from, where, order, limit }) =>
  tx.select(linkColumns).from(from).where(where).orderBy(order).limit(limit);

/** Of an instant, its milliseconds. */
export const ms = (at: SQLWrapper): SQL => sql`(extract(epoch from ${at}) * 1000)::float8`;

const valueBy = (by: Order['by']): SQL => (!by || by === p.amountMinor ? sql`${by}::float8` : ms(by));

/** The next links of a list, in its order: of those that one statement looks at, what passes the filter. */
export async function listPaymentLinks<Row>(
  tx: Executor,
  merchantId: number,
  filter: LinkFilter,
  walk: Walk,
  read: Read<Row>,
): Promise<Stretch<Row>> {
  const { by, ascending } = ORDERS[walk.sort];
  const [order, value, { limit }] = [sortedBy(by, ascending !== walk.back), valueBy(by), walk];
  const from =
    filter.says && isUnentered(filter)
      ? saidIn(merchantId, filter, filter.says, walk)
      : lookedAt(merchantId, filter, walk, sql`*`);
  const rows = await read(tx, { from, where: passes(filter), order, limit, value });
  if (rows.length >= limit) return { rows, reached: null };
  const place = (what: SQLWrapper) => sql`(array_agg(${what} order by ${order}))[${written(LOOKED_AT)}]`;
  const [last] = await tx
    .select({
      id: place(p.id).mapWith(p.id),
      value: sql<number | null>`${by ? place(value) : value}`,
    })
    // No more of a row than its place: that is in the index.
    .from(lookedAt(merchantId, filter, walk, by ? sql`${p.id}, ${by}` : sql`${p.id}`));
  return { rows, reached: last?.id ? { value: last.value, id: last.id } : null };
}
