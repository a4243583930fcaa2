import { prepareSwitch } from '@/lib/payment-sessions';
import { sessionAct } from '../../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]/switch'>;

/** The payment goes on by the other rail, or by the keypad once more. */
export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return sessionAct(request, { prepare: (ctx, input) => prepareSwitch(ctx, id, input) });
};
