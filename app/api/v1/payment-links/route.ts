import { listPaymentLinks, preparePaymentLink } from '@/lib/payment-links';
import { apiRead, apiWrite, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listPaymentLinks(ctx, queryOf(request)));

export const POST = (request: Request): Promise<Response> =>
  apiWrite(request, 201, { prepare: preparePaymentLink });

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
