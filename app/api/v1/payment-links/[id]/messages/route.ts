import { listLinkMessages } from '@/lib/payment-links';
import { apiRead, otherMethods, queryOf } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/messages'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => listLinkMessages(ctx, id, queryOf(request)));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
