import { createPaymentLink, listPaymentLinks } from '@/lib/payment-links';
import { apiRead, apiWrite, notAllowed, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listPaymentLinks(ctx, queryOf(request)));

export const POST = (request: Request): Promise<Response> => apiWrite(request, 201, createPaymentLink);

export { notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
