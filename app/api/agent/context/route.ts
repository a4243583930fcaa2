import { readAgentContext } from '@/lib/payment-sessions';
import { agentRead } from '../../../_server/agent';

export const GET = (request: Request): Promise<Response> => agentRead(request, readAgentContext);
