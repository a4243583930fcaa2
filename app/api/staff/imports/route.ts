import { queryOf, staffRoute, staffUpload } from '@/app/_server/staff';
import {
  listPaymentLinkBatches,
  receivePaymentLinkBatch,
  startPaymentLinkBatch,
} from '@/lib/payment-link-batches';

export const GET = (request: Request): Promise<Response> =>
  staffRoute(request, (ctx) => listPaymentLinkBatches(ctx, queryOf(request)));

/** Takes a CSV file and begins to issue its links; wrong rows are left out and listed. */
export const POST = (request: Request): Promise<Response> =>
  staffUpload(request, async (ctx, chunks) => {
    const received = await receivePaymentLinkBatch(ctx, {}, { format: 'csv', chunks });
    return received.ok ? startPaymentLinkBatch(ctx, received.value.id) : received;
  });
