import type { ActStates } from '@/core/link-acts';
import { type Outcome, ok } from '@/core/outcome';
import type { Decision } from '@/core/payment-attempt';
import { askedMinor, type Channel, nextPayment } from '@/core/payment-link';
import { findChallenge } from '@/db/queries/challenges';
import { listDisputes } from '@/db/queries/disputes';
import { listLinkDeliveries, listLinkEvents } from '@/db/queries/events';
import { findPendingRequest } from '@/db/queries/link-requests';
import { listLinkMessages } from '@/db/queries/messages';
import { listAttempts, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { listRefunds } from '@/db/queries/refunds';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Dispute } from '../contracts/disputes';
import type { Message, PaymentAttempt, PaymentLink } from '../contracts/payment-links';
import type { Refund } from '../contracts/refunds';
import { disputeView } from '../disputes/view';
import { messageView } from '../messages/view';
import { paymentAttemptView } from '../payment-attempts/view';
import { roomOf } from '../refunds/internal';
import { refundView } from '../refunds/view';
import { executor } from '../transact';
import { actsOf } from './acts';
import { channelsOf, type LinkAndToken, loadLink } from './internal';
import { type ReminderPlan, reminderPlan } from './reminder-plan';
import { paymentLinkView } from './view';

export type TimelineEvent = {
  id: string;
  sequence: number;
  type: string;
  actor: string;
  detail: string | null;
  at: string;
};
export type DeliveryView = {
  id: string;
  type: string;
  url: string;
  state: string;
  tries: number;
  nextTryAt: string | null;
};

/** A try as staff see it: also why it ended, and what of its money went which way. Amounts in minor units. */
export type AttemptHistory = PaymentAttempt & {
  reason: string | null;
  capturedMinor: number;
  refundedMinor: number;
  refundingMinor: number;
  disputedMinor: number;
  /** What may still be given back. */
  leftMinor: number;
  /** The gateway has not said for a day what became of it. */
  needsOperator: boolean;
  /** What a person said became of it, and whether the gateway has told as well. */
  decidedAs: Decision | null;
  decisionTold: boolean;
};

/** How the debt stands, beyond what the link itself tells. */
export type Standing = {
  heldMinor: number;
  /** What the next payment may be; null when nothing is asked for any more. */
  next: { minMinor: number; maxMinor: number } | null;
  /** What is still asked for; null where the payer says how much and nothing is suggested. */
  askedMinor: number | null;
  /** The latest moment that the link's end may be moved to. */
  latestEnd: string;
  reissues: number;
  /** By which it can be sent: with an address on file, and not as its passcodes go. */
  channels: Channel[];
  /** Money came after the link had been canceled or was over. */
  late: boolean;
  /** The customer asks for a new link, and somebody has to decide. */
  request: { id: string; createdAt: string } | null;
  /** When all that names the customer was erased. */
  erasedAt: string | null;
};

export type LinkHistory = {
  link: PaymentLink;
  standing: Standing;
  acts: ActStates;
  events: TimelineEvent[];
  attempts: AttemptHistory[];
  refunds: Refund[];
  disputes: Dispute[];
  messages: Message[];
  deliveries: DeliveryView[];
  reminders: ReminderPlan;
};

/** A link with everything that happened to it, how it stands, and what the actor may do with it. */
export async function readLinkHistory(ctx: Ctx, id: string): Promise<Outcome<LinkHistory>> {
  for (const permission of ['payment_links:read', 'refunds:read'] as const) {
    const allowed = authorize(ctx, permission);
    if (!allowed.ok) return allowed;
  }
  const tx = executor(ctx);
  const found = await loadLink(ctx, tx, id, 'read');
  if (!found.ok) return found;
  const { link, token } = found.value;
  const { merchantId } = ctx;
  const [events, attempts, refunds, disputes, messages, deliveries, request, challenge] = await Promise.all([
    listLinkEvents(tx, merchantId, id),
    listAttempts(tx, merchantId, id),
    listRefunds(tx, merchantId, id),
    listDisputes(tx, merchantId, id),
    listLinkMessages(tx, merchantId, id),
    listLinkDeliveries(tx, merchantId, id),
    findPendingRequest(tx, merchantId, id),
    findChallenge(tx, link),
  ]);
  return ok({
    link: paymentLinkView(ctx.config, link, token),
    standing: {
      ...standingOf(found.value),
      late: events.some(({ type }) => type === 'payment_link.late_payment'),
      channels: channelsOf(link, challenge),
      request: request ? { id: request.id, createdAt: request.createdAt.toISOString() } : null,
    },
    acts: actsOf(ctx, { link, attempts, request, challenge }),
    events: events.map((event) => ({
      id: event.id,
      sequence: event.sequence ?? 0,
      type: event.type,
      actor: event.actorName,
      detail: event.detail,
      at: event.occurredAt.toISOString(),
    })),
    attempts: attempts.map(attemptHistory),
    refunds: refunds.map(refundView),
    disputes: disputes.map(disputeView),
    messages: messages.map(messageView),
    reminders: await reminderPlan(ctx, tx, found.value, messages),
    deliveries: deliveries.map(({ delivery, type, url }) => ({
      id: delivery.id,
      type,
      url,
      state: delivery.state,
      tries: delivery.tries,
      nextTryAt: delivery.endedAt ? null : delivery.nextTryAt.toISOString(),
    })),
  });
}

const standingOf = ({ link, token }: LinkAndToken): Omit<Standing, 'late' | 'request' | 'channels'> => ({
  heldMinor: link.heldMinor,
  next: nextPayment(link),
  askedMinor: askedMinor(link),
  latestEnd: token.expiresAt.toISOString(),
  reissues: link.reissues,
  erasedAt: link.erasedAt?.toISOString() ?? null,
});

const attemptHistory = (row: PaymentAttemptRow): AttemptHistory => ({
  ...paymentAttemptView(row),
  reason: row.reason,
  capturedMinor: row.capturedMinor,
  refundedMinor: row.refundedMinor,
  refundingMinor: row.refundingMinor,
  disputedMinor: row.disputedMinor,
  leftMinor: roomOf(row),
  needsOperator: row.operatorSince !== null,
  decidedAs: row.decidedAs,
  decisionTold: row.decisionToldAt !== null,
});
