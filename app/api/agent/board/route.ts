import { readAgentBoard } from '@/lib/payment-sessions';
import { agentRead, deskOnly } from '../../../_server/agent';

export const GET = (request: Request): Promise<Response> => agentRead(request, deskOnly(readAgentBoard));
