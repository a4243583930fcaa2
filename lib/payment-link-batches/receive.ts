import { type Outcome, ok, refuse } from '@/core/outcome';
import type { BatchFormat } from '@/core/payment-link-batch';
import { deleteUnbegunBatch, findBatch, insertBatch, moveBatch } from '@/db/queries/payment-link-batches';
import { authorize } from '../authorize';
import { actorId, actorName, type Ctx } from '../context';
import { createBatchInput, type PaymentLinkBatch } from '../contracts/payment-link-batches';
import { audit } from '../events/audit';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { executor, transact } from '../transact';
import { takeIn } from './intake';
import { scheduleBatch } from './schedule';
import { batchView } from './view';

export type BatchBody = { format: BatchFormat; chunks: AsyncIterable<Uint8Array> };
/** A batch that came whole and was not begun; `digest` is the hash of its bytes. */
export type ReceivedBatch = { id: string; digest: string };

/**
 * Takes the rows of a batch as they come, outside any transaction: a slow sender holds nothing up. Nobody knows of the batch
 * until it is started; one that never is is deleted by the sweep. Rows are only read here, but for card numbers.
 */
export async function receivePaymentLinkBatch(
  ctx: Ctx,
  raw: unknown,
  body: BatchBody,
): Promise<Outcome<ReceivedBatch>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(createBatchInput, raw);
  if (!parsed.ok) return parsed;
  const tx = executor(ctx);
  const key = { merchantId: ctx.merchantId, id: newId('paymentLinkBatch') };
  await insertBatch(tx, {
    ...key,
    onError: parsed.value.onError,
    format: body.format,
    createdByKind: ctx.actor.kind,
    createdById: actorId(ctx.actor),
    createdByName: actorName(ctx.actor),
    address: ctx.address ?? null,
    requestId: ctx.requestId,
  });
  let isWhole = false;
  try {
    const taken = await takeIn(tx, key, body);
    if (!taken.ok) return taken;
    const { rows, refused, digest } = taken.value;
    const counts = { state: 'receiving', rows, checkedRows: refused, refusedRows: refused } as const;
    isWhole = (await moveBatch(tx, key, 'receiving', counts)) !== undefined;
    return isWhole ? ok({ id: key.id, digest }) : refuse('unavailable', 'The rows took too long to come.');
  } finally {
    if (!isWhole) await deleteUnbegunBatch(tx, key);
  }
}

/** Begins a batch that came whole: from here on it is issued, whatever happens. */
export async function startPaymentLinkBatch(ctx: Ctx, id: string): Promise<Outcome<PaymentLinkBatch>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const key = { merchantId: ctx.merchantId, id };
  return transact(ctx, async (tx) => {
    const found = await findBatch(tx, key);
    const state = found?.onError === 'refuse' ? 'checking' : 'issuing';
    const row = await moveBatch(tx, key, 'receiving', { state });
    const view = row && batchView(row);
    if (!view) return refuse('not_found', 'There is no such batch.');
    await scheduleBatch(tx, key);
    const { rows, format, onError } = view;
    await audit(ctx, tx, 'payment_link_batch.create', id, { rows, format, onError });
    return ok(view);
  });
}

/** Forgets a batch that came but was not begun: the answer of an earlier one stands for it. */
export async function dropPaymentLinkBatch(ctx: Ctx, id: string): Promise<void> {
  await deleteUnbegunBatch(ctx.db, { merchantId: ctx.merchantId, id });
}
