import * as z from 'zod';
import { MAX_AMOUNT_MINOR } from '@/core/money';
import { refuse } from '@/core/outcome';
import { signTicket } from '@/lib/card-calls';
import { payerNetwork } from '@/lib/network';
import { passFor } from '@/lib/pay-page';
import { startPaymentAttempt } from '@/lib/payment-attempts';
import { readText } from '../../../_server/body';
import { cardKeys } from '../../../_server/keys';
import { chosenLocale, payerAct, payJson, refusalJson } from '../../../_server/pay';

const MOST_BYTES = 1024;
/** `amountMinor`: the payer's choice, where the link leaves one. */
const input = z.strictObject({ amountMinor: z.int().min(1).max(MAX_AMOUNT_MINOR).optional() });

function parse(text: string | null) {
  try {
    return input.safeParse(JSON.parse(text || '{}'));
  } catch {
    return null;
  }
}

/** Pay was pressed: begins an attempt and hands out its ticket. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/attempts'>,
): Promise<Response> {
  const { token } = await params;
  return payerAct(request, token, async (page, ctx) => {
    if (!page.live) return payJson({ code: 'link_not_payable', text: null }, 409);
    const parsed = parse(await readText(request, MOST_BYTES));
    if (!parsed?.success)
      return refusalJson(page, refuse('invalid', 'amountMinor: must be an integer, in minor units').error);
    const { amountMinor } = parsed.data;
    const ticket = await startPaymentAttempt(ctx, page.link.id, { amountMinor, network: payerNetwork(ctx) });
    if (!ticket.ok) return refusalJson(page, ticket.error);
    // Who begins to pay is at the page: it stays open for as long as after the answer.
    const locale = chosenLocale(request);
    const pass = page.pass && passFor(ctx, page, token);
    return payJson(
      {
        attempt: ticket.value.attempt,
        ticket: signTicket(cardKeys().ticket, { ...ticket.value, ...(locale && { locale }) }),
        ...(pass && { pass }),
      },
      201,
    );
  });
}
