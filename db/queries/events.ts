import { and, asc, desc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { EventType } from '@/core/events';
import type { Executor } from '../client';
import { auditEntries, events, webhookDeliveries, webhookEndpoints } from '../schema';
import { insertRows, type Rows } from './rows';
import { isOfProfile } from './webhook-endpoints';

export type EventRow = typeof events.$inferSelect;
type AuditRow = Omit<typeof auditEntries.$inferSelect, 'at'>;

export const eventRows = (rows: readonly EventRow[]): Rows => ({ table: events, rows });

export async function insertEvent(tx: Executor, values: typeof events.$inferInsert): Promise<void> {
  await tx.insert(events).values(values);
}

const w = webhookEndpoints;
const wants = (type: EventType) => sql<boolean>`(${w.types} is null or ${type} = any(${w.types}))`;

/** The endpoints of a merchant that want events of this type now. */
export async function findEndpointsFor(tx: Executor, merchantId: number, type: EventType): Promise<string[]> {
  const rows = await tx
    .select({ id: w.id })
    .from(w)
    .where(
      and(
        eq(w.merchantId, merchantId),
        eq(w.kind, 'events'),
        isNull(w.disabledAt),
        isNull(w.deletedAt),
        wants(type),
      ),
    );
  return rows.map((row) => row.id);
}

/** The endpoint that stands for the callbacks of a profile, on or off, and whether they want events of this type. */
export async function findCallbackEndpoint(
  tx: Executor,
  merchantId: number,
  profileId: string,
  type: EventType,
) {
  const rows = await tx
    .select({ id: w.id, disabledAt: w.disabledAt, wanted: wants(type) })
    .from(w)
    .where(isOfProfile(merchantId, profileId, 'callbacks'));
  return rows[0];
}

/** The write-back of a profile that wants events of this type, also one that is off: what it misses is sent later. */
export async function findWriteBackFor(tx: Executor, merchantId: number, profileId: string, type: EventType) {
  const rows = await tx
    .select({ id: w.id, template: w.template, disabledAt: w.disabledAt })
    .from(w)
    .where(and(isOfProfile(merchantId, profileId, 'write_back'), sql`${type} = any(${w.types})`));
  return rows[0];
}

/** True where something of a link goes to this endpoint under this id already. */
export async function wasWrittenBack(
  tx: Executor,
  {
    merchantId,
    paymentLinkId,
    endpointId,
  }: { merchantId: number; paymentLinkId: string; endpointId: string },
  messageId: string,
): Promise<boolean> {
  const d = webhookDeliveries;
  const rows = await tx
    .select({ id: d.id })
    .from(events)
    .innerJoin(
      d,
      and(eq(d.merchantId, events.merchantId), eq(d.eventId, events.id), eq(d.endpointId, endpointId)),
    )
    .where(
      and(
        eq(events.merchantId, merchantId),
        eq(events.paymentLinkId, paymentLinkId),
        eq(d.messageId, messageId),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** `endedAt`: its endpoint is switched off, and it is not sent until somebody says so. */
export type NewDelivery = {
  merchantId: number;
  id: string;
  eventId: string;
  endpointId: string;
  url?: string | null;
  body?: string | null;
  messageId?: string | null;
  endedAt?: Date | null;
};

export const deliveryRows = (deliveries: readonly NewDelivery[]): Rows => ({
  table: webhookDeliveries,
  rows: deliveries.map(({ url = null, body = null, messageId = null, endedAt = null, ...row }) => ({
    ...{ ...row, url, body, messageId, endedAt },
    state: endedAt === null ? 'pending' : 'disabled',
  })),
});

export const insertDeliveries = (tx: Executor, deliveries: readonly NewDelivery[]): Promise<void> =>
  insertRows(tx, deliveryRows(deliveries));

export async function listLinkEvents(
  tx: Executor,
  merchantId: number,
  paymentLinkId: string,
  afterSequence = 0,
  limit = 500,
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
    .limit(limit);
}

/** Deliveries of a link's events, newest first, with where they go. */
export async function listLinkDeliveries(tx: Executor, merchantId: number, paymentLinkId: string) {
  return tx
    .select({
      delivery: webhookDeliveries,
      type: events.type,
      url: sql<string>`coalesce(${webhookDeliveries.url}, ${w.url})`,
    })
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

export const auditRows = (rows: readonly AuditRow[]): Rows => ({ table: auditEntries, rows });
