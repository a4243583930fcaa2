/** Both sides of the truth, read when all is quiet: what the gateway did, and what the product's database says. */
import { type IdKind, idFromUuid } from '@/core/ids';
import type { AttemptState } from '@/core/payment-attempt';
import type { LinkAccess } from '@/core/payment-link';
import type { NotificationState } from '@/core/reconciliation';
import type { RefundState } from '@/core/refund';
import type { House } from './house';
import { untilAnswered } from './patience';

/** One line of the sandbox's ledger: docs/sandbox.md, "Control". */
export type LedgerEntry = {
  id: string;
  reference: string;
  paymentLink: string;
  idempotencyKey: string | null;
  kind: 'payment' | 'capture' | 'void' | 'refund' | 'dispute';
  amountMinor: number;
  currency: string;
  status: string;
};
export type AttemptRow = {
  id: string;
  link: string;
  state: AttemptState;
  amountMinor: number;
  currency: string;
  createdAt: Date;
  submittedAt: Date | null;
  capturedMinor: number;
  refundedMinor: number;
  refundingMinor: number;
};
export type RefundRow = {
  id: string;
  link: string;
  attempt: string;
  state: RefundState;
  amountMinor: number;
  currency: string;
  gatewayReference: string | null;
};
/** What the gateway told by itself, or answered wrongly: `type` then begins with `answer.`. */
export type NoticeRow = {
  id: string;
  type: string;
  attempt: string | null;
  state: NotificationState;
  reason: string | null;
};
export type LinkRow = {
  id: string;
  access: LinkAccess;
  amountMinor: number;
  currency: string;
  capturedMinor: number;
  heldMinor: number;
  refundedMinor: number;
  sequence: number;
  expiresAt: Date;
};
export type EventRow = {
  id: string;
  type: string;
  link: string | null;
  sequence: number | null;
  /** The attempt or refund that it is about. */
  subject: string | null;
};
export type DeliveryRow = { id: string; event: string; state: string };
export type EntryRow = {
  attempt: string;
  link: string;
  refund: string | null;
  kind: string;
  amountMinor: number;
  currency: string;
};

export type Books = {
  ledger: LedgerEntry[];
  attempts: AttemptRow[];
  refunds: RefundRow[];
  notices: NoticeRow[];
  links: LinkRow[];
  events: EventRow[];
  deliveries: DeliveryRow[];
  entries: EntryRow[];
  /** Endpoints that want every event. */
  endpoints: number;
};

const id = (kind: IdKind, uuid: unknown): string => idFromUuid(kind, String(uuid));
const maybe = (kind: IdKind, uuid: unknown): string | null => (uuid === null ? null : id(kind, uuid));

export const readLedger = (house: House): Promise<LedgerEntry[]> =>
  untilAnswered(async () => {
    const reply = await house.control('GET', '/ledger');
    if (reply?.status !== 200) throw new Error('the sandbox does not tell its ledger');
    return reply.body.data as LedgerEntry[];
  });

async function readAttempts({ sql }: House): Promise<AttemptRow[]> {
  const rows = await sql`select * from payment_attempts where merchant_id = 1`;
  return rows.map((row) => ({
    id: id('paymentAttempt', row.id),
    link: id('paymentLink', row.payment_link_id),
    state: row.state,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    createdAt: row.created_at,
    submittedAt: row.submitted_at,
    capturedMinor: Number(row.captured_minor),
    refundedMinor: Number(row.refunded_minor),
    refundingMinor: Number(row.refunding_minor),
  }));
}

async function readRefunds({ sql }: House): Promise<RefundRow[]> {
  const rows = await sql`select * from refunds where merchant_id = 1`;
  return rows.map((row) => ({
    id: id('refund', row.id),
    link: id('paymentLink', row.payment_link_id),
    attempt: id('paymentAttempt', row.payment_attempt_id),
    state: row.state,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    gatewayReference: row.gateway_reference,
  }));
}

async function readNotices({ sql }: House): Promise<NoticeRow[]> {
  const rows = await sql`select gateway_id, type, payment_attempt_id, state, reason
    from gateway_notifications where merchant_id = 1`;
  return rows.map((row) => ({
    id: row.gateway_id,
    type: row.type,
    attempt: maybe('paymentAttempt', row.payment_attempt_id),
    state: row.state,
    reason: row.reason,
  }));
}

async function readLinks({ sql }: House): Promise<LinkRow[]> {
  const rows = await sql`select * from payment_links where merchant_id = 1`;
  return rows.map((row) => ({
    id: id('paymentLink', row.id),
    access: row.access,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
    capturedMinor: Number(row.captured_minor),
    heldMinor: Number(row.held_minor),
    refundedMinor: Number(row.refunded_minor),
    sequence: row.sequence,
    expiresAt: row.expires_at,
  }));
}

async function readEvents({ sql }: House): Promise<EventRow[]> {
  const rows = await sql`select id, type, payment_link_id, sequence,
    case when type like 'payment_attempt.%' or type like 'refund.%'
      then payload::jsonb -> 'data' ->> 'id' end as subject
    from events where merchant_id = 1 order by payment_link_id, sequence`;
  return rows.map((row) => ({
    id: id('event', row.id),
    type: row.type,
    link: maybe('paymentLink', row.payment_link_id),
    sequence: row.sequence,
    subject: row.subject,
  }));
}

/** To the endpoints that want every event. What is written back to a merchant's own system tells of ends alone. */
async function readDeliveries({ sql }: House): Promise<DeliveryRow[]> {
  const rows = await sql`select d.id, d.event_id, d.state from webhook_deliveries d
    join webhook_endpoints w on w.merchant_id = d.merchant_id and w.id = d.endpoint_id
    where d.merchant_id = 1 and w.types is null and w.profile_id is null`;
  return rows.map((row) => ({
    id: id('delivery', row.id),
    event: id('event', row.event_id),
    state: row.state,
  }));
}

async function readEntries({ sql }: House): Promise<EntryRow[]> {
  const rows = await sql`select * from ledger_entries where merchant_id = 1`;
  return rows.map((row) => ({
    attempt: id('paymentAttempt', row.payment_attempt_id),
    link: id('paymentLink', row.payment_link_id),
    refund: maybe('refund', row.refund_id),
    kind: row.kind,
    amountMinor: Number(row.amount_minor),
    currency: row.currency,
  }));
}

/** Reads everything of the merchant under test, but links that are left to people. */
export async function readBooks(house: House): Promise<Books> {
  const kept = (link: string): boolean => !house.leftToPeople.has(link);
  const [endpoints] = await house.sql`select count(*)::int as count from webhook_endpoints
    where merchant_id = 1 and types is null and disabled_at is null and profile_id is null`;
  return {
    ledger: (await readLedger(house)).filter(({ paymentLink }) => kept(paymentLink)),
    endpoints: Number(endpoints?.count),
    attempts: (await readAttempts(house)).filter(({ link }) => kept(link)),
    refunds: await readRefunds(house),
    notices: await readNotices(house),
    links: (await readLinks(house)).filter(({ id: link }) => kept(link)),
    events: await readEvents(house),
    deliveries: await readDeliveries(house),
    entries: await readEntries(house),
  };
}

/** Rows by a key of theirs. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}
