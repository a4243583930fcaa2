import { type Outcome, ok } from '@/core/outcome';
import {
  type AttemptState,
  CHALLENGE_SECONDS,
  GATEWAY_BUDGET_MS,
  type GatewayResult,
  OPEN_ATTEMPT_STATES,
} from '@/core/payment-attempt';
import { listProfiles } from '@/db/queries/merchants';
import { countRead, findPaymentAttempt, type PaymentAttemptRow } from '@/db/queries/payment-attempts';
import { findPaymentLink } from '@/db/queries/payment-links';
import type { Ctx } from '../context';
import { gatewayFor } from '../gateways';
import { loadLink } from '../payment-links/internal';
import { executor, transact } from '../transact';
import { applyResult } from './apply';
import { scheduleRead } from './internal';

const BACK_OFF_SECONDS = [3, 5, 10, 20, 30];
const BACK_OFF_MINUTE_SECONDS = 60;
const READS_EVERY_MINUTE = 60;
const LONGEST_BACK_OFF_SECONDS = 600;

/** Seconds until the next read: soon, then each minute for the first hour, then every ten minutes. */
const backOffSeconds = (reads: number): number =>
  BACK_OFF_SECONDS[reads - 1] ??
  (reads <= READS_EVERY_MINUTE ? BACK_OFF_MINUTE_SECONDS : LONGEST_BACK_OFF_SECONDS);

/**
 * Reads the gateway for an attempt whose outcome is open and applies what it finds; never charges. What the gateway has
 * never seen is closed only after the last moment it could have been sent, and only behind a fence. While the outcome
 * stays open the next read is scheduled. Returns the state the attempt is in.
 */
export async function resolveAttempt(ctx: Ctx, id: string): Promise<Outcome<AttemptState | null>> {
  const tx = executor(ctx);
  const attempt = await findPaymentAttempt(tx, { merchantId: ctx.merchantId, id });
  if (!attempt || !isOpen(attempt.state)) return ok(attempt?.state ?? null);
  const result = await askGateway(ctx, attempt);
  return transact(ctx, async (inner) => {
    const found = await loadLink(ctx, inner, attempt.paymentLinkId, 'lock');
    const now = await findPaymentAttempt(inner, { merchantId: ctx.merchantId, id });
    if (!found.ok || !now || !isOpen(now.state)) return ok(now?.state ?? null);
    const state = result ? await applyResult(ctx, inner, found.value, now, result) : now.state;
    if (!isOpen(state)) return ok(state);
    const reads = await countRead(inner, { merchantId: ctx.merchantId, id });
    await scheduleRead(inner, now, backOffSeconds(reads));
    return ok(state);
  });
}

const isOpen = (state: AttemptState): boolean => (OPEN_ATTEMPT_STATES as readonly string[]).includes(state);

/** What the gateway holds under our reference; null while that does not decide anything yet. */
async function askGateway(ctx: Ctx, attempt: PaymentAttemptRow): Promise<GatewayResult | null> {
  const tx = executor(ctx);
  const link = await findPaymentLink(tx, { merchantId: ctx.merchantId, id: attempt.paymentLinkId });
  const profile = (await listProfiles(tx, ctx.merchantId)).find((one) => one.id === link?.profileId);
  if (!link || !profile) return null;
  const gateway = gatewayFor(ctx.config, profile);
  const expected = { reference: attempt.id, amountMinor: attempt.amountMinor, currency: attempt.currency };
  const read = await gateway.read(expected);
  if (read.kind === 'unreachable' || read.kind === 'mismatch') {
    ctx.log.warn('attempt_read_failed', { paymentAttempt: attempt.id, code: read.kind, error: read.reason });
    return null;
  }
  const sentMs = attempt.submittedAt?.getTime() ?? 0;
  const overdue = link.now.getTime() - sentMs > (CHALLENGE_SECONDS + 60) * 1000;
  if (read.kind === 'found') {
    if (read.result.kind !== 'requires_action') return read.result;
    return overdue ? fence() : attempt.state === 'requires_action' ? null : read.result;
  }
  const lastSend = (attempt.sendBefore?.getTime() ?? 0) + GATEWAY_BUDGET_MS;
  return link.now.getTime() > lastSend ? fence() : null;

  async function fence(): Promise<GatewayResult | null> {
    const voided = await gateway.voidByReference(expected);
    if (voided.kind === 'fenced') return { kind: 'failed', reason: 'fenced' };
    return voided.kind === 'found' && voided.result.kind !== 'requires_action' ? voided.result : null;
  }
}
