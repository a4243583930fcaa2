import { listBatchErrors } from '@/lib/payment-link-batches';
import { apiRead, otherMethods, queryOf } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-link-batches/[id]/errors'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => listBatchErrors(ctx, id, queryOf(request)));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
