import { fetchDetails } from '@/lib/payment-links';
import { payerForm } from '../../../_server/pay';

/** The button before the card form: asks the merchant's system for the details of the link, once. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/continue'>,
): Promise<Response> {
  return payerForm(request, (await params).token, async (page, ctx) => {
    await fetchDetails(ctx, page.link.id);
    return {};
  });
}
