import { and, type Column, desc, eq, getTableColumns, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { LookupOutcome } from '@/core/crm';
import { LINK_TRANSITIONS, type LinkAccess, TOKEN_TRANSITIONS } from '@/core/payment-link';
import { canMove, sourcesOf } from '@/core/transitions';
import type { Executor } from '../client';
import { linkTokens, paymentLinks } from '../schema';
import { builtOnce, type Given } from '../statement';
import type { Rows } from './rows';

/** A link as the database tells it now: `expired` and `now` are of its clock. */
const { standing: _told, ...own } = getTableColumns(paymentLinks);
export const linkColumns = {
  ...own,
  expired: sql<boolean>`${paymentLinks.expiresAt} <= cf_now()`,
  now: sql<Date>`cf_now()`.mapWith(paymentLinks.createdAt),
};
export type PaymentLinkRow = Omit<typeof paymentLinks.$inferSelect, 'standing'> & {
  expired: boolean;
  now: Date;
};
export type LinkTokenRow = typeof linkTokens.$inferSelect;

type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) =>
  and(eq(paymentLinks.merchantId, merchantId), eq(paymentLinks.id, id));

/** New links, each with a token that opens it. The rows say all of themselves; `now` and `expired` are no columns. */
export const paymentLinkRows = (
  links: readonly PaymentLinkRow[],
  tokens: readonly LinkTokenRow[],
): Rows[] => [
  { table: paymentLinks, rows: links },
  { table: linkTokens, rows: tokens },
];

export async function insertLinkToken(
  tx: Executor,
  values: typeof linkTokens.$inferInsert,
): Promise<LinkTokenRow | undefined> {
  return (await tx.insert(linkTokens).values(values).returning())[0];
}

/** This moment on the database's clock, to the whole second: the instant of an issue. */
export async function instantOfIssue(tx: Executor): Promise<Date> {
  const rows = await tx.execute<{ at: string }>(
    sql`select to_char(cf_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at`,
  );
  return new Date(rows[0]?.at ?? Number.NaN);
}

export async function findPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  return (await tx.select(linkColumns).from(paymentLinks).where(keyed(key)))[0];
}

/**
 * The link with its row locked until the transaction ends: money and attempts are decided under this lock. Its clock is
 * read once the lock is had: a statement that waits for a row has computed what it selects before.
 */
export async function lockPaymentLink(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  await tx.select({ id: paymentLinks.id }).from(paymentLinks).where(keyed(key)).for('update');
  return findPaymentLink(tx, key);
}

/** Those of these links that are this merchant's. */
export const findPaymentLinks = async (
  tx: Executor,
  merchantId: number,
  ids: readonly string[],
): Promise<PaymentLinkRow[]> =>
  tx
    .select(linkColumns)
    .from(paymentLinks)
    .where(and(eq(paymentLinks.merchantId, merchantId), isOneOf(paymentLinks.id, ids)));

/** One parameter, however many there are, so that the statement stays prepared. */
export const isOneOf = (column: Column, links: readonly string[]): SQL => isIn(column, listOf(column, links));
export const isIn = (column: Column, list: Given<string>): SQL => sql`${column} = any(${list}::uuid[])`;
export const listOf = (column: Column, links: readonly string[]): string =>
  `{${links.map((id) => column.mapToDriverValue(id)).join()}}`;

/** Of the token that `findNewestTokens` gives, these columns, read beside a link. */
export const newestTokenBeside = (columns: SQL): SQL => {
  const { merchantId, paymentLinkId, state, createdAt } = linkTokens;
  const own = and(eq(merchantId, paymentLinks.merchantId), eq(paymentLinkId, paymentLinks.id));
  return sql`select ${columns} from ${linkTokens} where ${own} order by ${state} = 'live' desc, ${createdAt} desc limit 1`;
};

/** The token that opens each link: the live one or, where there is none, the newest. */
export async function findNewestTokens(
  tx: Executor,
  merchantId: number,
  links: string[],
): Promise<LinkTokenRow[]> {
  return links.length === 0
    ? []
    : newestTokens(tx, { merchantId, links: listOf(linkTokens.paymentLinkId, links) });
}
const newestTokens = builtOnce((tx) =>
  tx
    .selectDistinctOn([linkTokens.paymentLinkId])
    .from(linkTokens)
    .where(
      and(
        eq(linkTokens.merchantId, sql.placeholder('merchantId')),
        isIn(linkTokens.paymentLinkId, sql.placeholder('links')),
      ),
    )
    .orderBy(linkTokens.paymentLinkId, desc(eq(linkTokens.state, 'live')), desc(linkTokens.createdAt)),
);

/** Puts an end to the tokens of a link, for a new one: pages under them say that they were replaced. */
export async function supersedeTokens(tx: Executor, merchantId: number, link: string): Promise<void> {
  const from = inArray(linkTokens.state, sourcesOf(TOKEN_TRANSITIONS, 'superseded'));
  await tx
    .update(linkTokens)
    .set({ state: 'superseded' })
    .where(and(eq(linkTokens.merchantId, merchantId), eq(linkTokens.paymentLinkId, link), from));
}

export type LinkChange = Omit<
  PgUpdateSetSource<typeof paymentLinks>,
  'merchantId' | 'id' | 'version' | 'updatedAt' | 'sequence' | 'access'
> & { access?: LinkAccess };

/**
 * Compare-and-set: changes the link if its access is still one of `from`, and may move to the new one, where there is one;
 * returns the new row, or undefined.
 */
export async function changePaymentLink(
  tx: Executor,
  key: Key,
  from: readonly LinkAccess[],
  change: LinkChange,
): Promise<PaymentLinkRow | undefined> {
  const to = change.access;
  const movable = from.filter((access) => !to || to === access || canMove(LINK_TRANSITIONS, access, to));
  const rows = await tx
    .update(paymentLinks)
    .set({ ...change, version: sql`${paymentLinks.version} + 1`, updatedAt: sql`cf_now()` })
    .where(and(keyed(key), inArray(paymentLinks.access, movable)))
    .returning(linkColumns);
  return rows[0];
}

/** Compare-and-set: the one lookup of a link that a payer's press may ask for is begun. True for whoever has it. */
export async function beginLookup(tx: Executor, key: Key): Promise<boolean> {
  const rows = await tx
    .update(paymentLinks)
    .set({ lookedUpAt: sql`cf_now()` })
    .where(and(keyed(key), isNull(paymentLinks.lookedUpAt)))
    .returning({ id: paymentLinks.id });
  return rows.length > 0;
}

/** How the lookup of a link ended, where it changed nothing: bookkeeping, which leaves the link's version as it is. */
export async function endLookup(tx: Executor, key: Key, outcome: LookupOutcome): Promise<void> {
  await tx.update(paymentLinks).set({ lookupOutcome: outcome }).where(keyed(key));
}

/** Takes the next event number of a link; the row stays locked, so numbers are committed in order. */
export async function takeSequence(tx: Executor, key: Key): Promise<PaymentLinkRow | undefined> {
  const rows = await tx
    .update(paymentLinks)
    .set({ sequence: sql`${paymentLinks.sequence} + 1` })
    .where(keyed(key))
    .returning(linkColumns);
  return rows[0];
}

const p = paymentLinks;

/** What names these links to people. */
export async function findLinkNames(tx: Executor, merchantId: number, ids: string[]) {
  if (ids.length === 0) return [];
  const { id, reference, description, customerName } = p;
  return tx
    .select({ id, reference, description, customerName })
    .from(p)
    .where(and(eq(p.merchantId, merchantId), inArray(id, ids)));
}
