import { and, asc, eq, gt, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import { idFromUuid } from '@/core/ids';
import { GATEWAY_BUDGET_MS, OPEN_ATTEMPT_STATES } from '@/core/payment-attempt';
import { OPEN_REFUND_STATES } from '@/core/refund';
import type { Executor } from '../client';
import { paymentAttempts, refunds } from '../schema';
import type { Given } from '../statement';
import type { PaymentAttemptRow } from './payment-attempts';
import type { RefundRow } from './refunds';
import { written } from './written';

export type Aged<T> = { row: T; ageSeconds: number };

const a = paymentAttempts;
const r = refunds;

/** Told so, given to an operator, or sent and never answered. */
function unknownAttempt(merchantId: Given<number>): SQL | undefined {
  const answerDue = sql`${a.sendBefore} + make_interval(secs => ${GATEWAY_BUDGET_MS / 1000})`;
  return and(
    eq(a.merchantId, merchantId),
    sql`${a.state} in (${written(OPEN_ATTEMPT_STATES)})`,
    or(
      eq(a.state, 'unknown'),
      isNotNull(a.operatorSince),
      and(eq(a.state, 'submitted'), sql`${answerDue} < (select cf_now())`),
    ),
  );
}

/** Told so, or given to an operator. */
const unknownRefund = (merchantId: Given<number>): SQL | undefined =>
  and(
    eq(r.merchantId, merchantId),
    sql`${r.state} in (${written(OPEN_REFUND_STATES)})`,
    or(eq(r.state, 'unknown'), isNotNull(r.operatorSince)),
  );

/** Attempts of unknown outcome, oldest first. */
export async function listUnknownAttempts(
  tx: Executor,
  merchantId: number,
  afterUuid: string | undefined,
  limit: number,
): Promise<Aged<PaymentAttemptRow>[]> {
  return tx
    .select({
      row: a,
      ageSeconds: sql<number>`floor(extract(epoch from cf_now() - ${a.submittedAt}))`.mapWith(Number),
    })
    .from(a)
    .where(
      and(
        unknownAttempt(merchantId),
        afterUuid ? gt(a.id, idFromUuid('paymentAttempt', afterUuid)) : undefined,
      ),
    )
    .orderBy(asc(a.id))
    .limit(limit);
}

/** Refunds of unknown outcome, oldest first. */
export async function listUnknownRefunds(
  tx: Executor,
  merchantId: number,
  afterUuid: string | undefined,
  limit: number,
): Promise<Aged<RefundRow>[]> {
  return tx
    .select({
      row: r,
      ageSeconds: sql<number>`floor(extract(epoch from cf_now() - ${r.createdAt}))`.mapWith(Number),
    })
    .from(r)
    .where(and(unknownRefund(merchantId), afterUuid ? gt(r.id, idFromUuid('refund', afterUuid)) : undefined))
    .orderBy(asc(r.id))
    .limit(limit);
}

/** The outcomes that have been unknown for at least so many seconds, up to `most` of each kind. */
export function unknownOutcomes(tx: Executor, merchantId: Given<number>, ageSeconds: number, most: number) {
  const since = (time: typeof a.submittedAt | typeof r.createdAt) =>
    sql`${time} <= (select cf_now()) - make_interval(secs => ${ageSeconds})`;
  const attempts = tx
    .select({ id: a.id })
    .from(a)
    .where(and(unknownAttempt(merchantId), since(a.submittedAt)))
    .limit(most);
  const money = tx
    .select({ id: r.id })
    .from(r)
    .where(and(unknownRefund(merchantId), since(r.createdAt)))
    .limit(most);
  return { attempts: attempts.as('attempts'), refunds: money.as('refunds') };
}
