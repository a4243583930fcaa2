import { cancelSession } from '@/lib/payment-sessions';
import { actOf, sessionAct } from '../../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]/cancel'>;

/** The session ends, and its link with it. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    actOf((ctx) => cancelSession(ctx, id)),
  );
};
