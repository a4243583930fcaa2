import { and, asc, count, desc, eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { MessageState } from '@/core/retry-schedule';
import type { Executor } from '../client';
import { messages } from '../schema';
import { behind, type Part } from './part';
import { insertRows } from './rows';

export type MessageRow = typeof messages.$inferSelect;
type Key = { merchantId: number; id: string };
const keyed = ({ merchantId, id }: Key) => and(eq(messages.merchantId, merchantId), eq(messages.id, id));

type NewMessage = Pick<
  MessageRow,
  'merchantId' | 'id' | 'paymentLinkId' | 'channel' | 'recipient' | 'template'
>;
export const insertMessages = (tx: Executor, rows: readonly NewMessage[]): Promise<void> =>
  insertRows(tx, { table: messages, rows });

export async function findMessage(tx: Executor, key: Key): Promise<MessageRow | undefined> {
  return (await tx.select().from(messages).where(keyed(key)))[0];
}

/** The merchant of a message: outcome reports name only the message. */
export async function findMessageMerchant(tx: Executor, id: string): Promise<number | undefined> {
  return (await tx.select({ merchantId: messages.merchantId }).from(messages).where(eq(messages.id, id)))[0]
    ?.merchantId;
}

/** The messages of a link, oldest first. */
export async function listLinkMessages(
  tx: Executor,
  merchantId: number,
  link: string,
  part?: Part,
): Promise<MessageRow[]> {
  const rows = tx
    .select()
    .from(messages)
    .where(
      and(eq(messages.merchantId, merchantId), eq(messages.paymentLinkId, link), behind(messages.id, part)),
    )
    .orderBy(asc(messages.id));
  return part ? rows.limit(part.limit) : rows;
}

type Sending = Pick<MessageRow, 'merchantId' | 'paymentLinkId' | 'channel' | 'recipient'>;

/** The newest message with the link, sent so, that has not been sent yet, or that went out since `since` and not longer ago than `seconds`. */
export async function findMessageOnItsWay(
  tx: Executor,
  { merchantId, paymentLinkId, channel, recipient }: Sending,
  since: Date,
  seconds: number,
): Promise<MessageRow | undefined> {
  const isRecent = sql`${messages.sentAt} >= ${since.toISOString()}::timestamptz
    and ${messages.sentAt} > cf_now() - make_interval(secs => ${seconds})`;
  const rows = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.merchantId, merchantId),
        eq(messages.paymentLinkId, paymentLinkId),
        eq(messages.channel, channel),
        eq(messages.template, 'payment_request'),
        eq(messages.recipient, recipient),
        or(eq(messages.state, 'queued'), and(inArray(messages.state, ['sent', 'delivered']), isRecent)),
      ),
    )
    .orderBy(desc(messages.id))
    .limit(1);
  return rows[0];
}

/** Compare-and-set of a message's state; the new row, or undefined when it had already moved on. */
export async function moveMessage(
  tx: Executor,
  key: Key,
  from: readonly MessageState[],
  to: MessageState,
  change: Pick<PgUpdateSetSource<typeof messages>, 'reason' | 'sentAt' | 'endedAt'> = {},
): Promise<MessageRow | undefined> {
  const rows = await tx
    .update(messages)
    .set({ ...change, state: to })
    .where(and(keyed(key), inArray(messages.state, [...from])))
    .returning();
  return rows[0];
}

/** How many messages with the link itself a provider has taken. */
export async function countSentMessages(tx: Executor, merchantId: number, link: string): Promise<number> {
  const rows = await tx
    .select({ sent: count() })
    .from(messages)
    .where(
      and(
        eq(messages.merchantId, merchantId),
        eq(messages.paymentLinkId, link),
        eq(messages.template, 'payment_request'),
        isNotNull(messages.sentAt),
      ),
    );
  return rows[0]?.sent ?? 0;
}
