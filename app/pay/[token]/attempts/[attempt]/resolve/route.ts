import { resolveAttempt } from '@/lib/payment-attempts';
import { attemptAct } from '../../../../../_server/pay';

/** The payer is back from the bank's page: asks the gateway what came of it, and answers with how things stand. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/attempts/[attempt]/resolve'>,
): Promise<Response> {
  const { token, attempt } = await params;
  return attemptAct(request, token, attempt, resolveAttempt);
}
