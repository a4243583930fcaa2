import { listPaymentAttempts } from '@/lib/payment-links';
import { apiRead, otherMethods, queryOf } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/attempts'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => listPaymentAttempts(ctx, id, queryOf(request)));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
