import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findRefund, listRefunds } from '@/db/queries/refunds';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import type { Page } from '../contracts/payment-links';
import type { Refund } from '../contracts/refunds';
import { readPage } from '../page';
import { loadLink } from '../payment-links/internal';
import { executor } from '../transact';
import { refundView } from './view';

/** One refund of this merchant. */
export async function readRefund(ctx: Ctx, id: string): Promise<Outcome<Refund>> {
  const allowed = authorize(ctx, 'refunds:read');
  if (!allowed.ok) return allowed;
  const row = isId('refund', id) && (await findRefund(executor(ctx), { merchantId: ctx.merchantId, id }));
  return row ? ok(refundView(row)) : refuse('not_found', 'There is no such refund.');
}

/** A page of the refunds of a link, oldest first. */
export async function listLinkRefunds(
  ctx: Ctx,
  link: string,
  raw: unknown = {},
): Promise<Outcome<Page<Refund>>> {
  const allowed = authorize(ctx, 'refunds:read');
  if (!allowed.ok) return allowed;
  const found = await loadLink(ctx, executor(ctx), link, 'read');
  if (!found.ok) return found;
  return readPage(
    raw,
    'refund',
    (part) => listRefunds(executor(ctx), ctx.merchantId, link, part),
    refundView,
  );
}
