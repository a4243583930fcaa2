import type { Ctx } from '@/lib/context';
import type { PayPage } from '@/lib/pay-page';
import { resendReceipt } from '@/lib/receipts';
import { type FormAnswer, payerForm } from '../../../_server/pay';

/** The button of a receipt: has it sent to the e-mail address on file. The page tells what came of it. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/receipt-mail'>,
): Promise<Response> {
  const send = async (page: PayPage, ctx: Ctx): Promise<FormAnswer> => {
    await resendReceipt(ctx, page.link.id);
    return {};
  };
  return payerForm(request, (await params).token, send);
}
