import { listApiRequests } from '@/lib/api-requests';
import { apiRead, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listApiRequests(ctx, queryOf(request)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
