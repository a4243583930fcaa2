import { and, asc, desc, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { EventType } from '@/core/events';
import type { Executor } from '../client';
import { auditEntries, events, webhookDeliveries, webhookEndpoints } from '../schema';

export type EventRow = typeof events.$inferSelect;

export async function insertEvent(tx: Executor, values: typeof events.$inferInsert): Promise<void> {
  await tx.insert(events).values(values);
}

/** The endpoints of a merchant that want events of this type now. */
export async function findEndpointsFor(tx: Executor, merchantId: number, type: EventType): Promise<string[]> {
  const rows = await tx
    .select({ id: webhookEndpoints.id })
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.merchantId, merchantId),
        isNull(webhookEndpoints.disabledAt),
        or(isNull(webhookEndpoints.types), sql`${type} = any(${webhookEndpoints.types})`),
      ),
    );
  return rows.map((row) => row.id);
}

export async function insertDeliveries(
  tx: Executor,
  rows: { merchantId: number; id: string; eventId: string; endpointId: string }[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(webhookDeliveries).values(rows);
}

export async function listLinkEvents(
  tx: Executor,
  merchantId: number,
  paymentLinkId: string,
  afterSequence = 0,
): Promise<EventRow[]> {
  return tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.merchantId, merchantId),
        eq(events.paymentLinkId, paymentLinkId),
        gt(events.sequence, afterSequence),
      ),
    )
    .orderBy(asc(events.sequence))
    .limit(500);
}

/** Deliveries of a link's events, newest first, with where they go. */
export async function listLinkDeliveries(tx: Executor, merchantId: number, paymentLinkId: string) {
  return tx
    .select({ delivery: webhookDeliveries, type: events.type, url: webhookEndpoints.url })
    .from(webhookDeliveries)
    .innerJoin(
      events,
      and(eq(events.merchantId, webhookDeliveries.merchantId), eq(events.id, webhookDeliveries.eventId)),
    )
    .innerJoin(
      webhookEndpoints,
      and(
        eq(webhookEndpoints.merchantId, webhookDeliveries.merchantId),
        eq(webhookEndpoints.id, webhookDeliveries.endpointId),
      ),
    )
    .where(and(eq(webhookDeliveries.merchantId, merchantId), eq(events.paymentLinkId, paymentLinkId)))
    .orderBy(desc(webhookDeliveries.id))
    .limit(200);
}

export async function insertAudit(tx: Executor, values: typeof auditEntries.$inferInsert): Promise<void> {
  await tx.insert(auditEntries).values(values);
}
