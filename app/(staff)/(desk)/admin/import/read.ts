import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { Ctx } from '@/lib/context';
import type { BatchError, PaymentLinkBatch } from '@/lib/contracts/payment-link-batches';
import { listBatchErrors, readPaymentLinkBatch } from '@/lib/payment-link-batches';

/** How far an import is, with the first of what is wrong. */
export type Import = { batch: PaymentLinkBatch; errors: BatchError[] };

export async function readImport(ctx: Ctx, id: string): Promise<Outcome<Import>> {
  const batch = await readPaymentLinkBatch(ctx, id);
  if (!batch.ok) return batch;
  const errors = await listBatchErrors(ctx, id, { limit: '100' });
  return errors.ok ? ok({ batch: batch.value, errors: errors.value.data }) : errors;
}
