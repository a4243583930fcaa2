import { attemptOf } from '@/lib/pay-page';
import { resolveAttempt } from '@/lib/payment-attempts';
import { pageAgain, payerAct, payJson, statusJson } from '../../../../../_server/pay';

type Context = RouteContext<'/pay/[token]/attempts/[attempt]/resolve'>;

/** The payer is back from the bank's page: asks the gateway what came of it, and answers with how things stand. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { token, attempt: id } = await params;
  return payerAct(request, token, async (page, ctx) => {
    const attempt = attemptOf(page, id);
    if (!attempt) return payJson({ code: 'not_found' }, 404);
    await resolveAttempt(ctx, attempt.id);
    const after = await pageAgain(token);
    return after.ok ? statusJson(after.value, attempt.id) : payJson({ code: 'not_found' }, 404);
  });
}
