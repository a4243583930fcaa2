import { readAgentCall } from '@/lib/payment-sessions';
import { agentRead } from '../../../_server/agent';

/** `?call=` names one; without it, the call that the agent is on. */
export const GET = (request: Request): Promise<Response> => {
  const call = new URL(request.url).searchParams.get('call')?.slice(0, 100);
  return agentRead(request, (ctx) => readAgentCall(ctx, call || undefined));
};
