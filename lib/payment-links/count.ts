import { type Outcome, ok } from '@/core/outcome';
import type { LinkStatus } from '@/core/payment-link';
import { COUNTED_LINKS, countLinks } from '@/db/queries/link-counts';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { executor } from '../transact';

/** How many links there are of each status; at `COUNTED_LINKS` counting ends. */
export type LinkCounts = Record<LinkStatus, number>;

export async function countPaymentLinks(ctx: Ctx): Promise<Outcome<LinkCounts>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const rows = await countLinks(executor(ctx), ctx.merchantId);
  const counts = rows.map(({ status, count }) => [status, Math.min(count, COUNTED_LINKS)]);
  return ok(Object.fromEntries(counts) as LinkCounts);
}
