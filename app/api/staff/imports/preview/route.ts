import { staffUpload } from '@/app/_server/staff';
import { previewPaymentLinkBatch } from '@/lib/payment-link-batches';

export const POST = (request: Request): Promise<Response> => staffUpload(request, previewPaymentLinkBatch);
