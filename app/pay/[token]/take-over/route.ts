import { takeOverBankCheck } from '@/lib/payment-attempts';
import { payerForm } from '../../../_server/pay';

/** "Stop it and pay again": ends the bank check of this link, wherever it is open. The page then tells how it stands. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/take-over'>,
): Promise<Response> {
  return payerForm(request, (await params).token, async ({ attempt }, ctx) => {
    const stopped = attempt && (await takeOverBankCheck(ctx, attempt.id));
    return stopped && !stopped.ok ? { error: stopped.error } : {};
  });
}
