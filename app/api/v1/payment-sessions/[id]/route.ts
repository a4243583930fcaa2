import { readPaymentSession } from '@/lib/payment-sessions';
import { apiRead, otherMethods } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-sessions/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readPaymentSession(ctx, id));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
