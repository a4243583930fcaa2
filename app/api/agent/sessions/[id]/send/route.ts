import { sendSessionLink } from '@/lib/payment-sessions';
import { sessionAct } from '../../../../../_server/agent';
import { plain } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/agent/sessions/[id]/send'>;

/** The link is sent once more. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    plain((ctx, input) => sendSessionLink(ctx, id, input)),
  );
};
