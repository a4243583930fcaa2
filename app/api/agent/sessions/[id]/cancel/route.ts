import { cancelSession } from '@/lib/payment-sessions';
import { sessionAct } from '../../../../../_server/agent';
import { plain } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/agent/sessions/[id]/cancel'>;

/** The session ends, and its link with it. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    plain((ctx) => cancelSession(ctx, id)),
  );
};
