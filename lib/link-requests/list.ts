import { isId } from '@/core/ids';
import { type Outcome, ok } from '@/core/outcome';
import { listPendingRequests } from '@/db/queries/link-requests';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { LinkRequest } from '../contracts/link-requests';
import type { Page } from '../contracts/payment-links';
import { listWaitingInput } from '../contracts/reconciliation';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';

/** A page of the wishes for a new link that wait for a member of staff, oldest first. The cursor is the last wish's id. */
export async function listLinkRequests(ctx: Ctx, raw: unknown = {}): Promise<Outcome<Page<LinkRequest>>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(listWaitingInput, raw, ['cursor']);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  if (cursor !== undefined && !isId('linkRequest', cursor)) return refuseCursor();
  const rows = await listPendingRequests(executor(ctx), ctx.merchantId, limit + 1, cursor);
  const { page, nextCursor } = cutPage(rows, limit, ({ request }) => request.id);
  const data = page.map(
    ({ request, expiresAt, ...link }): LinkRequest => ({
      id: request.id,
      object: 'link_request',
      paymentLink: request.paymentLinkId,
      ...link,
      linkExpiresAt: expiresAt.toISOString(),
      createdAt: request.createdAt.toISOString(),
    }),
  );
  return ok({ data, nextCursor });
}
