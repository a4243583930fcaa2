import { submitSession } from '@/lib/payment-sessions';
import { otherMethods } from '../../../../../_server/api';
import { plain, sessionWrite } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/v1/payment-sessions/[id]/submit'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionWrite(
    request,
    200,
    plain((ctx) => submitSession(ctx, id)),
  );
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
