import type { Ctx } from '@/lib/context';
import { requestNewLink } from '@/lib/link-requests';
import type { PayPage } from '@/lib/pay-page';
import { type FormAnswer, payerForm } from '../../../_server/pay';

/** The button of an expired page: asks for a new link. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/request-link'>,
): Promise<Response> {
  const ask = async (page: PayPage, ctx: Ctx): Promise<FormAnswer> => {
    await requestNewLink(ctx, page.link.id);
    return {};
  };
  return payerForm(request, (await params).token, ask, { isOpen: true });
}
