import { type Outcome, ok } from '@/core/outcome';
import { listLinkEvents as listEventRows } from '@/db/queries/events';
import { listLinkMessages as listMessageRows } from '@/db/queries/messages';
import { listAttempts } from '@/db/queries/payment-attempts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import {
  listLinkEventsInput,
  type Message,
  type Page,
  type PaymentAttempt,
  type PaymentLink,
} from '../contracts/payment-links';
import { messageView } from '../messages/view';
import { cutPage, readPage } from '../page';
import { parseInput } from '../parse';
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

/** A page of the attempts of a link, oldest first. */
export async function listPaymentAttempts(
  ctx: Ctx,
  id: string,
  raw: unknown = {},
): Promise<Outcome<Page<PaymentAttempt>>> {
  const link = await readPaymentLink(ctx, id);
  if (!link.ok) return link;
  return readPage(
    raw,
    'paymentAttempt',
    (part) => listAttempts(executor(ctx), ctx.merchantId, id, part),
    paymentAttemptView,
  );
}

/** The events of a link behind a sequence number, in order, each as its webhook told it. */
export async function listLinkEvents(
  ctx: Ctx,
  id: string,
  raw: unknown = {},
): Promise<Outcome<Page<unknown>>> {
  const link = await readPaymentLink(ctx, id);
  if (!link.ok) return link;
  const parsed = parseInput(listLinkEventsInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, afterSequence = 0, cursor = 0 } = parsed.value;
  const from = Math.max(afterSequence, Number(cursor));
  const rows = await listEventRows(executor(ctx), ctx.merchantId, id, from, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ sequence }) => String(sequence));
  return ok({ data: page.map((row): unknown => JSON.parse(row.payload)), nextCursor });
}

/** A page of the messages of a link, oldest first, each with what became of it. */
export async function listLinkMessages(
  ctx: Ctx,
  id: string,
  raw: unknown = {},
): Promise<Outcome<Page<Message>>> {
  const link = await readPaymentLink(ctx, id);
  if (!link.ok) return link;
  return readPage(
    raw,
    'message',
    (part) => listMessageRows(executor(ctx), ctx.merchantId, id, part),
    messageView,
  );
}
