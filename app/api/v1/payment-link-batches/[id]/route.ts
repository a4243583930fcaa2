import { readPaymentLinkBatch } from '@/lib/payment-link-batches';
import { apiRead, otherMethods } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-link-batches/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readPaymentLinkBatch(ctx, id));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
