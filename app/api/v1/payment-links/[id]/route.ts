import { readPaymentLink } from '@/lib/payment-links';
import { apiRead, notAllowed } from '../../../../_server/api';

type Context = RouteContext<'/api/v1/payment-links/[id]'>;

export const GET = async (request: Request, { params }: Context): Promise<Response> => {
  const { id } = await params;
  return apiRead(request, (ctx) => readPaymentLink(ctx, id));
};

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
