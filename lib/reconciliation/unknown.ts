import { isId, uuidFromId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { OPEN_REFUND_STATES } from '@/core/refund';
import type { Executor } from '@/db/client';
import { findRunTimes } from '@/db/queries/jobs';
import { findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { findRefund, type RefundRow } from '@/db/queries/refunds';
import { type Aged, listUnknownAttempts, listUnknownRefunds } from '@/db/queries/unknown';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/payment-links';
import { listUnknownInput, type Unknown } from '../contracts/reconciliation';
import { audit } from '../events/audit';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { readJob, scheduleRead } from '../payment-attempts/internal';
import { paymentAttemptView } from '../payment-attempts/view';
import { refundJob, scheduleRefund } from '../refunds/internal';
import { executor, transact } from '../transact';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

const common = ({ row, ageSeconds }: Aged<PaymentAttemptRow | RefundRow>) => ({
  id: row.id,
  paymentLink: row.paymentLinkId,
  state: row.state,
  amountMinor: row.amountMinor,
  currency: row.currency,
  ageSeconds,
  operatorSince: iso(row.operatorSince),
  reads: row.reads,
  lastReadAt: iso(row.lastReadAt),
  nextReadAt: null,
  gatewayReference: row.gatewayReference,
});

const ofAttempt = (aged: Aged<PaymentAttemptRow>): Unknown => ({
  ...common(aged),
  object: 'payment_attempt',
  paymentAttempt: aged.row.id,
  since: (aged.row.submittedAt ?? aged.row.createdAt).toISOString(),
  card: paymentAttemptView(aged.row).card,
  reason: aged.row.reason,
});

const ofRefund = (aged: Aged<RefundRow>): Unknown => ({
  ...common(aged),
  object: 'refund',
  paymentAttempt: aged.row.paymentAttemptId,
  since: aged.row.createdAt.toISOString(),
  card: null,
  reason: aged.row.failure,
});

/** Both kinds of ids hold a UUIDv7: put together in their order they are in the order of time. */
const uuidOf = (id: string): string | null => uuidFromId('paymentAttempt', id) ?? uuidFromId('refund', id);
const byTime = (one: Unknown, two: Unknown): number =>
  (uuidOf(one.id) ?? '') < (uuidOf(two.id) ?? '') ? -1 : 1;

/** A page of what nobody knows the outcome of, oldest first: attempts and refunds together. */
export async function listUnknown(ctx: Ctx, raw: unknown): Promise<Outcome<Page<Unknown>>> {
  const allowed = authorize(ctx, 'reconciliation:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listUnknownInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  const after = cursor === undefined ? undefined : uuidOf(cursor);
  if (after === null) return refuseCursor();
  const tx = executor(ctx);
  const attempts = await listUnknownAttempts(tx, ctx.merchantId, after, limit + 1);
  const refunds = await listUnknownRefunds(tx, ctx.merchantId, after, limit + 1);
  const all = [...attempts.map(ofAttempt), ...refunds.map(ofRefund)].sort(byTime);
  const { page, nextCursor } = cutPage(all, limit, ({ id }) => id);
  return ok({ data: await withNextRead(tx, page), nextCursor });
}

const jobOf = ({ object, id }: Unknown): string => (object === 'refund' ? refundJob(id) : readJob(id));

async function withNextRead(tx: Executor, page: Unknown[]): Promise<Unknown[]> {
  const times = await findRunTimes(tx, page.map(jobOf));
  return page.map((one) => ({ ...one, nextReadAt: iso(times.get(jobOf(one)) ?? null) }));
}

/** An operator does not want to wait for the next read of the gateway: it is read at once, and goes on as before. */
export async function checkNow(ctx: Ctx, id: string): Promise<Outcome<{ id: string }>> {
  const allowed = authorize(ctx, 'reconciliation:write');
  if (!allowed.ok) return allowed;
  return transact(ctx, async (tx) => {
    const key = { merchantId: ctx.merchantId, id };
    const attempt = isId('paymentAttempt', id) && (await findPaymentAttempt(tx, key));
    const refund = isId('refund', id) && (await findRefund(tx, key));
    if (!attempt && !refund) return refuse('not_found', 'There is no such payment attempt or refund.');
    if (attempt && isOneOf(OPEN_ATTEMPT_STATES, attempt.state)) await scheduleRead(tx, attempt, 0);
    else if (refund && isOneOf(OPEN_REFUND_STATES, refund.state)) await scheduleRefund(tx, refund, 0);
    else return refuse('conflict', 'The outcome is known.');
    await audit(ctx, tx, attempt ? 'payment_attempt.check' : 'refund.check', id);
    return ok({ id });
  });
}

const isOneOf = (open: readonly string[], state: string): boolean => open.includes(state);
