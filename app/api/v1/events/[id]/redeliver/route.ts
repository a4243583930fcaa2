import { redeliverEvent } from '@/lib/webhooks';
import { apiWrite, otherMethods } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/events/[id]/redeliver'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 202, (ctx, input) => redeliverEvent(ctx, id, input));
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
