import { recordOpened } from '@/lib/payment-links';
import { payerAct } from '../../../_server/pay';

/** A person has touched the card form: the link was opened by a human. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/opened'>,
): Promise<Response> {
  return payerAct(request, (await params).token, async (page, ctx) => {
    await recordOpened(ctx, page.link.id);
    return new Response(null, { status: 204 });
  });
}
