import { sql } from 'drizzle-orm';
import { idleFields } from '@/core/payment-session';
import type { Executor } from '@/db/client';
import { paymentLinks, paymentSessions } from '@/db/schema';
import type { Ctx } from '../context';
import { newId } from '../ids';
import { createPaymentLink } from '../payment-links';

type SessionRow = { merchantId: number; id: string; link: string; url: string };

/** A link of this merchant with a payment session over it, as a row that nothing follows. */
export async function newSessionRow(ctx: Ctx): Promise<SessionRow> {
  const made = await createPaymentLink(ctx, { amountMinor: 1240, currency: 'GBP' });
  if (!made.ok) throw new Error(made.error.message);
  const { merchantId } = ctx;
  const link = made.value.id;
  const id = newId('paymentSession');
  const profileId = made.value.profile;
  await ctx.db.insert(paymentSessions).values({
    ...{ merchantId, id, paymentLinkId: link, profileId, kind: 'digital', state: 'created' },
    ...{ agentId: 'seat 1', agentName: 'Sam', agentLine: 'seat 1', fields: idleFields() },
    ...{ createdByKind: 'system', createdByName: 'Test' },
  });
  await ctx.db
    .update(paymentLinks)
    .set({ sessionId: id })
    .where(sql`${paymentLinks.id} = ${sql.param(link, paymentLinks.id)}`);
  return { merchantId, id, link, url: made.value.url };
}

/** A change of a session, as every writer of that row leaves it. */
export async function changeSession(tx: Executor, id: string): Promise<void> {
  await tx
    .update(paymentSessions)
    .set({ revision: sql`${paymentSessions.revision} + 1` })
    .where(sql`${paymentSessions.id} = ${sql.param(id, paymentSessions.id)}`);
}
