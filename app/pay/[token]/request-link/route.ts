import { requestNewLink } from '@/lib/link-requests';
import { payerForm } from '../../../_server/pay';

/** The button of an expired page: asks for a new link. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/request-link'>,
): Promise<Response> {
  return payerForm(request, (await params).token, (page, ctx) => requestNewLink(ctx, page.link.id));
}
