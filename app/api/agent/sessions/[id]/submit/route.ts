import { submitSession } from '@/lib/payment-sessions';
import { actOf, sessionAct } from '../../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]/submit'>;

/** The card that was keyed is charged. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    actOf((ctx) => submitSession(ctx, id)),
  );
};
