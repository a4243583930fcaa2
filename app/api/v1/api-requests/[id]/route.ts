import { readApiRequest } from '@/lib/api-requests';
import { apiRead, otherMethods } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/api-requests/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readApiRequest(ctx, id));
};

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
