import { listLinkRefunds } from '@/lib/refunds';
import { apiRead, otherMethods, queryOf } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/refunds'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => listLinkRefunds(ctx, id, queryOf(request)));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
