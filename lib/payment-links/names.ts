import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { findLinkNames } from '@/db/queries/payment-links';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { executor } from '../transact';

/** What tells people which link is meant. */
export type LinkName = { reference: string | null; description: string | null; customerName: string | null };
export type LinkNames = Record<string, LinkName>;

/** Names of links by their ids, for lists of what is about links. Ids that are none of this merchant's are left out. */
export async function nameLinks(ctx: Ctx, ids: readonly (string | null)[]): Promise<Outcome<LinkNames>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const wanted = new Set(ids.filter((id): id is string => id !== null && isId('paymentLink', id)));
  const rows = await findLinkNames(executor(ctx), ctx.merchantId, [...wanted]);
  return ok(Object.fromEntries(rows.map(({ id, ...name }) => [id, name])));
}
