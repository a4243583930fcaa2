import { actorId } from '@/lib/context';
import { watchSession } from '@/lib/live';
import { readAgentDesk } from '@/lib/payment-sessions';
import { agentCall } from '../../../../../_server/agent';
import { sseResponse } from '../../../../../_server/live';
import { problemOf, respondProblem } from '../../../../../_server/problem';

type Context = RouteContext<'/api/agent/sessions/[id]/live'>;

/** The desk of a payment session, live: for as long as whoever watches it may. It ends when their session or their access does. */
export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return agentCall(request, async (ctx, requestId, { again, ...who }) => {
    const first = await readAgentDesk(ctx, id);
    if (!first.ok) return respondProblem(problemOf(first.error), requestId);
    return sseResponse(request, {
      listener: `${ctx.merchantId} ${actorId(ctx.actor)}`,
      requestId,
      first: first.value,
      read: async () => {
        const still = await again();
        return still.ok ? readAgentDesk(still.value, id) : still;
      },
      watch: (onChange) => watchSession(ctx, { merchantId: ctx.merchantId, id, ...who }, onChange),
    });
  });
};
