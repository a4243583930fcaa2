import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm';
import {
  MAX_AUTOMATIC_PER_MERCHANT,
  MAX_REQUESTS_SHARED,
  REQUESTS_WINDOW_SECONDS,
  type RequestFacts,
} from '@/core/link-requests';
import type { LinkRequestState } from '@/core/reconciliation';
import type { Executor } from '../client';
import { linkRequests, paymentLinks } from '../schema';
import type { Given } from '../statement';

export type LinkRequestRow = typeof linkRequests.$inferSelect;
type Key = { merchantId: number; id: string };
const r = linkRequests;
const keyed = ({ merchantId, id }: Key) => and(eq(r.merchantId, merchantId), eq(r.id, id));

export async function insertLinkRequest(tx: Executor, values: typeof r.$inferInsert): Promise<void> {
  await tx.insert(r).values(values);
}

export async function findLinkRequest(tx: Executor, key: Key): Promise<LinkRequestRow | undefined> {
  return (await tx.select().from(r).where(keyed(key)))[0];
}

/** The wish of a link's customer that waits to be decided, if any. */
export async function findPendingRequest(
  tx: Executor,
  merchantId: number,
  link: string,
): Promise<LinkRequestRow | undefined> {
  const rows = await tx
    .select()
    .from(r)
    .where(and(eq(r.merchantId, merchantId), eq(r.paymentLinkId, link), eq(r.state, 'pending')))
    .orderBy(asc(r.createdAt));
  return rows[0];
}

/** Every wish for a new link of one link, newest first; `ageSeconds` by the database's clock. */
export async function listRequestsOf(tx: Executor, merchantId: number, link: string) {
  return tx
    .select({
      state: r.state,
      ageSeconds: sql<string>`extract(epoch from cf_now() - ${r.createdAt})`.mapWith(Number),
    })
    .from(r)
    .where(and(eq(r.merchantId, merchantId), eq(r.paymentLinkId, link)))
    .orderBy(desc(r.createdAt));
}

/** What a network asked for at all merchants, and a merchant granted without a person, within the window: two short index ranges. */
export async function findRequestFacts(
  tx: Executor,
  merchantId: number,
  network: string | null,
): Promise<RequestFacts> {
  const since = sql`(select cf_now()) - make_interval(secs => ${REQUESTS_WINDOW_SECONDS})`;
  const rows = await tx.execute<{ requests: string; automatic: string }>(sql`
    select
      (select count(*) from (select 1 from link_requests where network = ${network}::text and created_at > ${since}
        limit ${MAX_REQUESTS_SHARED}) n) as requests,
      (select count(*) from (select 1 from link_requests where merchant_id = ${merchantId} and created_at > ${since}
        and state = 'sent' and decided_at is null limit ${MAX_AUTOMATIC_PER_MERCHANT}) m) as automatic`);
  const { requests = 0, automatic = 0 } = rows[0] ?? {};
  return { network: { name: network, requests: Number(requests) }, automatic: Number(automatic) };
}

const ofItsLink = and(eq(paymentLinks.merchantId, r.merchantId), eq(paymentLinks.id, r.paymentLinkId));
/** Waits for a member of staff and concerns what is still owed. */
const waits = (merchantId: Given<number>) =>
  and(
    eq(r.merchantId, merchantId),
    eq(r.state, 'pending'),
    isNull(paymentLinks.paidAt),
    ne(paymentLinks.access, 'canceled'),
  );

/** Wishes that wait for a member of staff and concern what is still owed, oldest first, after `after`, each with what its link is about. */
export async function listPendingRequests(tx: Executor, merchantId: number, limit: number, after?: string) {
  const rest =
    after &&
    sql`(${r.createdAt}, ${r.id}) > (select b.created_at, b.id from link_requests b where b.merchant_id = ${merchantId}
      and b.id = ${sql.param(after, r.id)})`;
  return tx
    .select({
      request: r,
      reference: paymentLinks.reference,
      description: paymentLinks.description,
      customerName: paymentLinks.customerName,
      expiresAt: paymentLinks.expiresAt,
    })
    .from(r)
    .innerJoin(paymentLinks, ofItsLink)
    .where(and(waits(merchantId), rest || undefined))
    .orderBy(asc(r.createdAt), asc(r.id))
    .limit(limit);
}

/** The same, up to `most`. */
export const pendingRequests = (tx: Executor, merchantId: Given<number>, most: number) =>
  tx
    .select({ id: r.id })
    .from(r)
    .innerJoin(paymentLinks, ofItsLink)
    .where(waits(merchantId))
    .limit(most)
    .as('waiting');

/** Compare-and-set: decides a pending wish; the new row, or undefined when it was decided already. */
export async function decideRequest(
  tx: Executor,
  key: Key,
  to: Exclude<LinkRequestState, 'pending'>,
  by: string,
): Promise<LinkRequestRow | undefined> {
  const rows = await tx
    .update(r)
    .set({ state: to, decidedByName: by, decidedAt: sql`cf_now()` })
    .where(and(keyed(key), eq(r.state, 'pending')))
    .returning();
  return rows[0];
}

/** The link was issued anew by other means: what still waited for that is granted with it. */
export async function settleRequests(tx: Executor, { merchantId, id }: Key, by: string): Promise<void> {
  await tx
    .update(r)
    .set({ state: 'sent', decidedByName: by, decidedAt: sql`cf_now()` })
    .where(and(eq(r.merchantId, merchantId), eq(r.paymentLinkId, id), eq(r.state, 'pending')));
}
