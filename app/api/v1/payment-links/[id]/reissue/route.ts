import { reissuePaymentLink } from '@/lib/payment-links';
import { apiWrite, otherMethods } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/reissue'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx, input) => reissuePaymentLink(ctx, id, input));
};

export const { GET, HEAD, PUT, PATCH, DELETE, OPTIONS } = otherMethods('POST');
