import { readAgentDesk } from '@/lib/payment-sessions';
import { agentRead } from '../../../../_server/agent';

type Context = RouteContext<'/api/agent/sessions/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return agentRead(request, (ctx) => readAgentDesk(ctx, id));
};
