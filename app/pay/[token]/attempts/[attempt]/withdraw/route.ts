import { withdrawPaymentAttempt } from '@/lib/payment-attempts';
import { attemptAct } from '../../../../../_server/pay';

/** The card form's answer was lost: takes the attempt back if it was not submitted, and answers with how things stand. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/attempts/[attempt]/withdraw'>,
): Promise<Response> {
  const { token, attempt } = await params;
  return attemptAct(request, token, attempt, withdrawPaymentAttempt);
}
