import { prepareSwitch } from '@/lib/payment-sessions';
import { otherMethods } from '../../../../../_server/api';
import { sessionWrite } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/v1/payment-sessions/[id]/switch'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionWrite(request, 200, { prepare: (ctx, input) => prepareSwitch(ctx, id, input) });
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
