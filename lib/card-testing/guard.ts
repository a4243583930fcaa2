import {
  type CardTestingFacts,
  type CardTestingReason,
  cardTestingReason,
  SHARED_NETWORK,
} from '@/core/card-testing';
import { type Outcome, refuse } from '@/core/outcome';
import type { CardFacts } from '@/core/payment-attempt';
import type { Executor } from '@/db/client';
import { dbNow } from '@/db/clock';
import { findCardTestingFacts, openBreaker } from '@/db/queries/card-testing';
import { moveAttempt } from '@/db/queries/payment-attempts';
import { type NewAlert, raiseAlert } from '../alerts/raise';
import type { Ctx } from '../context';
import { audit } from '../events/audit';
import { appendAttemptEvent } from '../payment-attempts/internal';

/** What the alert of a merchant's breaker is known by. */
export const BREAKER_ALERT = { kind: 'card_testing', subject: 'breaker' } as const;

/** An act that ended in its transaction without what was asked for: what is noted of it stays. */
export type Stopped = { stopped: true };
type Attempt = { id: string; channel: 'ecommerce' | 'moto'; network: string | null };

/**
 * Judges an attempt that is still `created`, when it is begun and again, with its card, when it is submitted; the second
 * counts. One that must not go on is abandoned, staff are told on the link's timeline, an alert is raised, and where most
 * of the merchant's tries were declined its breaker opens. Null: go on. Payments by telephone are never stopped here.
 */
export async function stopCardTesting(
  ctx: Ctx,
  tx: Executor,
  attempt: Attempt,
  card?: CardFacts,
): Promise<Stopped | null> {
  if (attempt.channel === 'moto') return null;
  const facts = await findCardTestingFacts(tx, ctx.merchantId, attempt.network, card);
  const reason = cardTestingReason(facts, card !== undefined);
  if (!reason) return null;
  const key = { merchantId: ctx.merchantId, id: attempt.id };
  await moveAttempt(tx, key, ['created'], 'abandoned', { reason: 'card_testing', endedAt: dbNow });
  await appendAttemptEvent(ctx, tx, 'payment_attempt.abandoned', attempt.id, reason);
  await audit(ctx, tx, 'payment_attempt.stop', attempt.id, { reason });
  const isNews = reason !== 'breaker' || (await openBreaker(tx, ctx.merchantId));
  if (isNews) await raiseAlert(ctx, tx, alertOf(reason, facts));
  return { stopped: true };
}

const isStopped = (value: unknown): value is Stopped =>
  typeof value === 'object' && value !== null && 'stopped' in value;

/** The refusal of an act that was stopped: the same words whatever the reason, so that nobody can learn from them. */
export function refuseStopped<T>(outcome: Outcome<T | Stopped>): Outcome<T> {
  if (!outcome.ok) return outcome;
  if (!isStopped(outcome.value)) return { ok: true, value: outcome.value };
  return refuse('card_testing', 'Payments cannot be taken right now. Please try again later.');
}

function alertOf(reason: CardTestingReason, { merchant, network }: CardTestingFacts): NewAlert {
  if (reason === 'breaker')
    return {
      ...BREAKER_ALERT,
      message: `${merchant.declined} of the last ${merchant.tries} tries were declined within ten minutes, which looks like somebody testing cards. New payments on the web are paused for 15 minutes; payments by telephone go on.`,
    };
  const message =
    network.name === SHARED_NETWORK
      ? 'Very many tries came within ten minutes from payers whose address is not known; further ones are refused until it is quieter. Set TRUSTED_PROXY_HOPS, so that payers can be told apart.'
      : `From ${network.name} came more tries or cards within ten minutes than a customer needs. Further ones from there are refused until it is quiet.`;
  return { kind: 'card_testing', subject: `network ${network.name}`, message };
}
