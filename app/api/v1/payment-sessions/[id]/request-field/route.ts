import { requestField } from '@/lib/payment-sessions';
import { otherMethods } from '../../../../../_server/api';
import { plain, sessionWrite } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/v1/payment-sessions/[id]/request-field'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionWrite(
    request,
    200,
    plain((ctx, input) => requestField(ctx, id, input)),
  );
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
