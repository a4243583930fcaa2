import { requestField } from '@/lib/payment-sessions';
import { sessionAct } from '../../../../../_server/agent';
import { plain } from '../../../../../_server/sessions';

type Context = RouteContext<'/api/agent/sessions/[id]/request-field'>;

/** The caller is asked for a field, once more or in another order. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    plain((ctx, input) => requestField(ctx, id, input)),
  );
};
