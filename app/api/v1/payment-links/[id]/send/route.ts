import { sendPaymentLink } from '@/lib/payment-links';
import { apiWrite, otherMethods } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/send'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 201, (ctx, input) => sendPaymentLink(ctx, id, input));
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
