import { signTicket } from '@/lib/card-calls';
import { startPaymentAttempt } from '@/lib/payment-attempts';
import { cardKeys } from '../../../_server/card';
import { payerAct, payJson, refusalJson } from '../../../_server/pay';

/** Pay was pressed: begins an attempt and hands out its ticket. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/attempts'>,
): Promise<Response> {
  return payerAct(request, (await params).token, async (page, ctx) => {
    const ticket = await startPaymentAttempt(ctx, page.link.id);
    if (!ticket.ok) return refusalJson(page, ticket.error);
    return payJson(
      { attempt: ticket.value.attempt, ticket: signTicket(cardKeys().ticket, ticket.value) },
      201,
    );
  });
}
