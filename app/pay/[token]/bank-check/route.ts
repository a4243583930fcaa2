import { bankCheckOf } from '@/lib/payment-attempts';
import { payerForm } from '../../../_server/pay';

/** "Go on to the bank check", in another window than it began in: leads to the bank's own page. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/bank-check'>,
): Promise<Response> {
  return payerForm(request, (await params).token, async ({ attempt }, ctx) => {
    const found = attempt && (await bankCheckOf(ctx, attempt.id));
    if (found && !found.ok) return { error: found.error };
    return { to: found?.value ?? null };
  });
}
