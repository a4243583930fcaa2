import { inAppOf } from '@/core/in-app';
import { recordProgress } from '@/lib/payment-sessions';
import { readText } from '../../../_server/body';
import { payerAct, refusalJson } from '../../../_server/pay';

const MOST_BYTES = 512;

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

/** How far the payer is with the card form, and in which app: for the agent who waits for this payment. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/progress'>,
): Promise<Response> {
  return payerAct(request, (await params).token, async (page, ctx) => {
    const inApp = inAppOf(request.headers.get('user-agent'));
    const told = await recordProgress(ctx, page.link.id, parse(await readText(request, MOST_BYTES)), inApp);
    return told.ok ? new Response(null, { status: 204 }) : refusalJson(page, told.error);
  });
}
