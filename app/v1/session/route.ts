import { createCompatibleSession } from '@/lib/compatible';
import { compatibleCall, compatibleMethods } from '../../_server/compatible';

export const POST = (request: Request): Promise<Response> =>
  compatibleCall(request, 201, (ctx, input) => createCompatibleSession(ctx, 'agent_assist', input));

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = compatibleMethods('POST');
