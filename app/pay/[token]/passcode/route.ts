import { sendPasscode } from '@/lib/challenges';
import type { Ctx } from '@/lib/context';
import { networkOf } from '@/lib/network';
import { PASSCODES, type PayPage, Throttle } from '@/lib/pay-page';
import { type FormAnswer, payerForm } from '../../../_server/pay';
import { clientAddress } from '../../../_server/services';

const throttle = new Throttle(PASSCODES);

/** The button of a page that asks for a passcode: has one sent. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/passcode'>,
): Promise<Response> {
  const send = async (page: PayPage, ctx: Ctx): Promise<FormAnswer> => {
    if (page.question?.kind !== 'passcode') return {};
    if (throttle.blocks(networkOf(clientAddress(request.headers)), performance.now()))
      return { reason: 'too_soon' };
    const sent = await sendPasscode(ctx, page.link.id);
    return sent.ok && sent.value === 'too_soon' ? { reason: 'too_soon' } : {};
  };
  return payerForm(request, (await params).token, send, { isOpen: true });
}
