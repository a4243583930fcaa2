import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { findBatch, listBatches, listBatchErrors as listErrorRows } from '@/db/queries/payment-link-batches';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { type Page, pageInput } from '../contracts/common';
import {
  type BatchError,
  listBatchErrorsInput,
  type PaymentLinkBatch,
} from '../contracts/payment-link-batches';
import { cutPage } from '../page';
import { parseInput, refuseCursor } from '../parse';
import { executor } from '../transact';
import { batchView, errorView } from './view';

/** One batch of this merchant, with how far it is. */
export async function readPaymentLinkBatch(ctx: Ctx, id: string): Promise<Outcome<PaymentLinkBatch>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const missing = refuse('not_found', 'There is no such batch.');
  if (!isId('paymentLinkBatch', id)) return missing;
  const row = await findBatch(executor(ctx), { merchantId: ctx.merchantId, id });
  const view = row && batchView(row);
  return view ? ok(view) : missing;
}

/** The batches of this merchant, newest first. */
export async function listPaymentLinkBatches(
  ctx: Ctx,
  raw: unknown,
): Promise<Outcome<Page<PaymentLinkBatch>>> {
  const allowed = authorize(ctx, 'payment_links:read');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(pageInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor } = parsed.value;
  if (cursor !== undefined && !isId('paymentLinkBatch', cursor)) return refuseCursor();
  const rows = await listBatches(executor(ctx), ctx.merchantId, cursor, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, ({ id }) => id);
  return ok({ data: page.map(batchView).filter((view) => view !== null), nextCursor });
}

/** What is wrong with the rows of a batch, in the order of the rows. A page costs the same at any depth. */
export async function listBatchErrors(
  ctx: Ctx,
  id: string,
  raw: unknown,
): Promise<Outcome<Page<BatchError>>> {
  const batch = await readPaymentLinkBatch(ctx, id);
  if (!batch.ok) return batch;
  const parsed = parseInput(listBatchErrorsInput, raw);
  if (!parsed.ok) return parsed;
  const { limit, cursor = '0-0' } = parsed.value;
  const [row = 0, place = 0] = cursor.split('-').map(Number);
  const key = { merchantId: ctx.merchantId, id };
  const rows = await listErrorRows(executor(ctx), key, { row, place }, limit + 1);
  const { page, nextCursor } = cutPage(rows, limit, (last) => `${last.row}-${last.place}`);
  return ok({ data: page.map(errorView), nextCursor });
}
