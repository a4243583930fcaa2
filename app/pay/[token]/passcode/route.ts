import { sendPasscode } from '@/lib/challenges';
import type { Ctx } from '@/lib/context';
import { translator } from '@/lib/i18n';
import type { PayPage } from '@/lib/pay-page';
import { type FormAnswer, payerForm } from '../../../_server/pay';

/** The button of a page that asks for a passcode: has one sent. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/passcode'>,
): Promise<Response> {
  const send = async (page: PayPage, ctx: Ctx): Promise<FormAnswer> => {
    const sent = await sendPasscode(ctx, page.link.id);
    return sent.ok && sent.value === 'too_soon' ? { text: translator(page.locale)('verify.too_soon') } : {};
  };
  return payerForm(request, (await params).token, send, { isOpen: true });
}
