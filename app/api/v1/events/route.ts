import { listEvents } from '@/lib/events/list';
import { apiRead, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listEvents(ctx, queryOf(request)));

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
