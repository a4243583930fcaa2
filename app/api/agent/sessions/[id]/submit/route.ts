import { submitSession } from '@/lib/payment-sessions';
import { sessionAct } from '../../../../../_server/agent';
import { plain } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/agent/sessions/[id]/submit'>;

/** The card that was keyed is charged. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    plain((ctx) => submitSession(ctx, id)),
  );
};
