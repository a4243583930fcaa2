import { sendSessionLink } from '@/lib/payment-sessions';
import { actOf, sessionAct } from '../../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]/send'>;

/** The link is sent once more. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    actOf((ctx, input) => sendSessionLink(ctx, id, input)),
  );
};
