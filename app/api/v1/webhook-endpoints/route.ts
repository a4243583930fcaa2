import { listWebhookEndpoints, prepareWebhookEndpoint } from '@/lib/webhooks';
import { apiRead, apiWrite, otherMethods, queryOf } from '../../../_server/api';

export const GET = (request: Request): Promise<Response> =>
  apiRead(request, (ctx) => listWebhookEndpoints(ctx, queryOf(request)));

export const POST = (request: Request): Promise<Response> =>
  apiWrite(request, 201, { prepare: prepareWebhookEndpoint });

export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET', 'POST');
