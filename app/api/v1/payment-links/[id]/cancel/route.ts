import { cancelPaymentLink } from '@/lib/payment-links';
import { apiWrite, notAllowed } from '../../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]/cancel'>;

export const POST = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiWrite(request, 200, (ctx) => cancelPaymentLink(ctx, id));
};

export { notAllowed as GET, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
