import { readPaymentLink, updatePaymentLink } from '@/lib/payment-links';
import { apiRead, apiWrite, otherMethods, versionOf } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readPaymentLink(ctx, id));
};

export const PATCH = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx, input) => updatePaymentLink(ctx, id, input, versionOf(request)));
};

export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH');
