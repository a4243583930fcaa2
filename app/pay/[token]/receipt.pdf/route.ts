import { isWritable, Press, receiptOf } from '@/lib/receipts';
import { fileOfPage } from '../../_page/file';

const press = new Press();

/** The receipt as a PDF, once money has come. Where our type cannot write it there is none: its page is printed. */
export const GET = (
  request: Request,
  { params }: RouteContext<'/pay/[token]/receipt.pdf'>,
): Promise<Response> =>
  fileOfPage(request, params, async ({ page }) => {
    const receipt = receiptOf(page);
    if (!receipt || !isWritable(receipt)) return null;
    const pdf = await press.make(receipt);
    if (!pdf) return 'busy';
    const name = `receipt-${receipt.number.value}.pdf`;
    return {
      body: Uint8Array.from(pdf),
      headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}"` },
    };
  });
