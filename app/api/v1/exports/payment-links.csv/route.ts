import { exportPaymentLinks } from '@/lib/payment-links';
import { otherMethods, queryOf } from '../../../../_server/api';
import { apiFile } from '../../../../_server/api-stream';

export const GET = (request: Request): Promise<Response> =>
  apiFile(request, 'payment-links.csv', (ctx) => exportPaymentLinks(ctx, queryOf(request)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
