import { requestField } from '@/lib/payment-sessions';
import { actOf, sessionAct } from '../../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]/request-field'>;

/** The caller is asked for a field, once more or in another order. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(
    request,
    actOf((ctx, input) => requestField(ctx, id, input)),
  );
};
