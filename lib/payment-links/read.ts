import { type Outcome, ok } from '@/core/outcome';
import { listLinkDeliveries, listLinkEvents } from '@/db/queries/events';
import { listLinkMessages } from '@/db/queries/messages';
import { listAttempts } from '@/db/queries/payment-attempts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Message, Page, PaymentAttempt, PaymentLink } from '../contracts/payment-links';
import { messageView } from '../messages/view';
import { paymentAttemptView } from '../payment-attempts/view';
import { executor } from '../transact';
import { loadLink } from './internal';
import { paymentLinkView } from './view';

/** One link of this merchant. */
export async function readPaymentLink(ctx: Ctx, id: string): Promise<Outcome<PaymentLink>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const found = await loadLink(ctx, executor(ctx), id, 'read');
  return found.ok ? ok(paymentLinkView(ctx.config, found.value.link, found.value.token)) : found;
}

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

export type LinkHistory = {
  link: PaymentLink;
  events: TimelineEvent[];
  attempts: PaymentAttempt[];
  messages: Message[];
  deliveries: DeliveryView[];
};

/** A link with everything that happened to it: events in order, attempts, messages, deliveries. */
export async function readLinkHistory(ctx: Ctx, id: string): Promise<Outcome<LinkHistory>> {
  const link = await readPaymentLink(ctx, id);
  if (!link.ok) return link;
  const tx = executor(ctx);
  const { merchantId } = ctx;
  const [events, attempts, messages, deliveries] = await Promise.all([
    listLinkEvents(tx, merchantId, id),
    listAttempts(tx, merchantId, id),
    listLinkMessages(tx, merchantId, id),
    listLinkDeliveries(tx, merchantId, id),
  ]);
  return ok({
    link: link.value,
    events: events.map((event) => ({
      id: event.id,
      sequence: event.sequence ?? 0,
      type: event.type,
      actor: event.actorName,
      detail: event.detail,
      at: event.occurredAt.toISOString(),
    })),
    attempts: attempts.map(paymentAttemptView),
    messages: messages.map(messageView),
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

/** The attempts of a link, oldest first. */
export async function listPaymentAttempts(ctx: Ctx, id: string): Promise<Outcome<Page<PaymentAttempt>>> {
  const link = await readPaymentLink(ctx, id);
  if (!link.ok) return link;
  return ok({
    data: (await listAttempts(executor(ctx), ctx.merchantId, id)).map(paymentAttemptView),
    nextCursor: null,
  });
}
