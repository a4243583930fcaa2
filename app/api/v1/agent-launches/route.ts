import { issueAgentLaunch } from '@/lib/agent-tokens';
import { apiWrite, otherMethods } from '../../../_server/api';

export const POST = (request: Request): Promise<Response> => apiWrite(request, 201, issueAgentLaunch);

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
