import { readText } from '@/app/_server/body';
import { staffFile } from '@/app/_server/csv-file';
import { queryOf } from '@/app/_server/staff';
import { withPeriod } from '@/core/link-period';
import { exportChosenLinks, exportPaymentLinks } from '@/lib/payment-links';

const NAME = 'payment-links.csv';
const MOST_BYTES = 65_536;

/** All links that the filter of the screen fits, as a file. */
export const GET = (request: Request): Promise<Response> =>
  staffFile(request, NAME, (ctx, { timeZone }) =>
    exportPaymentLinks(ctx, withPeriod(queryOf(request), timeZone)),
  );

/** The links that were chosen one by one. */
export const POST = (request: Request): Promise<Response> =>
  staffFile(request, NAME, async (ctx) => {
    const form = new URLSearchParams((await readText(request, MOST_BYTES)) ?? '');
    return exportChosenLinks(ctx, Object.fromEntries(form));
  });
