import { type Outcome, ok } from '@/core/outcome';
import { listDisputes } from '@/db/queries/disputes';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Dispute } from '../contracts/disputes';
import type { Page } from '../contracts/payment-links';
import { loadLink } from '../payment-links/internal';
import { executor } from '../transact';
import { disputeView } from './view';

/** The disputes of a link, oldest first. */
export async function listLinkDisputes(ctx: Ctx, link: string): Promise<Outcome<Page<Dispute>>> {
  const allowed = authorize(ctx, 'refunds:read');
  if (!allowed.ok) return allowed;
  const found = await loadLink(ctx, executor(ctx), link, 'read');
  if (!found.ok) return found;
  const rows = await listDisputes(executor(ctx), ctx.merchantId, link);
  return ok({ data: rows.map(disputeView), nextCursor: null });
}
