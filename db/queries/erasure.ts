import { and, eq, ne, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Executor } from '../client';
import {
  challenges,
  events,
  idempotencyKeys,
  linkRequests,
  messages,
  paymentAttempts,
  paymentLinkBatchRejects,
  paymentLinks,
  paymentSessions,
  refunds,
  webhookDeliveries,
  webhookTries,
} from '../schema';

type Key = { merchantId: number; id: string };
const p = paymentLinks;
const [d, t] = [webhookDeliveries, webhookTries];

/** Links of one address, an e-mail address or a telephone number; `except` is left out. */
const ofAddress = (merchantId: number, address: string, except: string): SQL | undefined =>
  and(
    eq(p.merchantId, merchantId),
    ne(p.id, except),
    address.includes('@')
      ? sql`lower(${p.customerEmail}) = ${address.toLowerCase()}`
      : eq(p.customerPhone, address),
  );

/** The other links of the same customer, oldest first. */
export async function listLinksOfAddress(tx: Executor, { merchantId, id }: Key, address: string) {
  const rows = await tx
    .select({ id: p.id })
    .from(p)
    .where(ofAddress(merchantId, address, id))
    .orderBy(p.id);
  return rows.map((row) => row.id);
}

/** True where another link has this address. */
export async function isAddressHeld(tx: Executor, { merchantId, id }: Key, address: string) {
  const rows = await tx
    .select({ id: p.id })
    .from(p)
    .where(ofAddress(merchantId, address, id))
    .limit(1);
  return rows.length > 0;
}

type OfLink = PgTable & { merchantId: PgColumn; paymentLinkId: PgColumn };
const ofLink = (t: OfLink, { merchantId, id }: Key) =>
  and(eq(t.merchantId, merchantId), eq(t.paymentLinkId, id));

/** Empties what stands about a link beside it: where messages went, what was asked, from where it was paid. */
export async function emptyAround(tx: Executor, key: Key): Promise<void> {
  await tx.update(messages).set({ recipient: '', reason: null }).where(ofLink(messages, key));
  await tx.update(challenges).set({ postcode: null, channel: null }).where(ofLink(challenges, key));
  await tx.update(paymentAttempts).set({ network: null }).where(ofLink(paymentAttempts, key));
  await tx.update(linkRequests).set({ network: null }).where(ofLink(linkRequests, key));
  await tx.delete(idempotencyKeys).where(ofLink(idempotencyKeys, key));
}

/** What came with the session of a link from a system of another API. */
export async function findCompatible(tx: Executor, key: Key): Promise<Record<string, string>> {
  const s = paymentSessions;
  const rows = await tx.select({ compatible: s.compatible }).from(s).where(ofLink(s, key));
  return rows[0]?.compatible ?? {};
}

export async function setCompatible(tx: Executor, key: Key, compatible: Record<string, string>) {
  await tx.update(paymentSessions).set({ compatible }).where(ofLink(paymentSessions, key));
}

/** Rows of a link with a text of their own, and how one of them is written anew. */
export const listRefundTexts = (tx: Executor, key: Key) =>
  tx
    .select({ id: refunds.id, reason: refunds.reason, failure: refunds.failure })
    .from(refunds)
    .where(ofLink(refunds, key));

export async function setRefundText(
  tx: Executor,
  { merchantId, id }: Key,
  set: Partial<Pick<typeof refunds.$inferSelect, 'reason' | 'failure'>>,
): Promise<void> {
  await tx
    .update(refunds)
    .set(set)
    .where(and(eq(refunds.merchantId, merchantId), eq(refunds.id, id)));
}

export const listEventTexts = (tx: Executor, key: Key) =>
  tx
    .select({ id: events.id, payload: events.payload, detail: events.detail })
    .from(events)
    .where(ofLink(events, key));

export async function setEventText(
  tx: Executor,
  { merchantId, id }: Key,
  set: Pick<typeof events.$inferSelect, 'payload' | 'detail'>,
): Promise<void> {
  await tx
    .update(events)
    .set(set)
    .where(and(eq(events.merchantId, merchantId), eq(events.id, id)));
}

const deliveriesOf = (key: Key): SQL | undefined =>
  and(
    eq(d.merchantId, key.merchantId),
    sql`${d.eventId} in (select ${events.id} from ${events} where ${ofLink(events, key)})`,
  );

/** Deliveries of a link's events that have a body or an address of their own. */
export const listDeliveryTexts = (tx: Executor, key: Key) =>
  tx
    .select({ id: d.id, body: d.body, url: d.url })
    .from(d)
    .where(and(deliveriesOf(key), sql`(${d.body} is not null or ${d.url} is not null)`));

export async function setDeliveryText(
  tx: Executor,
  { merchantId, id }: Key,
  { body, url }: Pick<typeof d.$inferSelect, 'body' | 'url'>,
): Promise<void> {
  await tx
    .update(d)
    .set({ body, url })
    .where(and(eq(d.merchantId, merchantId), eq(d.id, id)));
  if (url === null) return;
  await tx
    .update(t)
    .set({ url })
    .where(and(eq(t.merchantId, merchantId), eq(t.deliveryId, id)));
}

/** What receivers answered to the events of a link may say back what they were told. */
export async function dropDeliveryAnswers(tx: Executor, key: Key): Promise<void> {
  await tx
    .update(t)
    .set({ answer: null, answerHeaders: null })
    .where(
      and(
        eq(t.merchantId, key.merchantId),
        sql`${t.deliveryId} in (select ${d.id} from ${d} where ${deliveriesOf(key)})`,
      ),
    );
}

/** Refused rows of batches that hold one of these texts. */
export async function dropRejectsWith(tx: Executor, merchantId: number, texts: readonly string[]) {
  const r = paymentLinkBatchRejects;
  const holds = texts.map((text) => sql`position(lower(${text}) in lower(${r.value})) > 0`);
  if (holds.length > 0) await tx.delete(r).where(and(eq(r.merchantId, merchantId), or(...holds)));
}
