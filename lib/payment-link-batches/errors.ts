import type { AppError } from '@/core/outcome';
import type { BatchErrorRow } from '@/db/queries/payment-link-batches';

const MOST_ERRORS_OF_A_ROW = 20;
const MOST_CHARACTERS = 200;

const short = (text: string): string => text.slice(0, MOST_CHARACTERS).replace(/\p{Surrogate}$/u, '');

/** What creating one row alone would have answered, as rows of the list of errors. */
export function errorRows(
  { merchantId, id }: { merchantId: number; id: string },
  row: number,
  { code, message, errors = [] }: AppError,
): BatchErrorRow[] {
  const told = errors.length > 0 ? errors : [{ path: '', message }];
  return told.slice(0, MOST_ERRORS_OF_A_ROW).map((one, i) => ({
    merchantId,
    batchId: id,
    row,
    place: i + 1,
    path: short(one.path),
    message: short(one.message),
    code,
  }));
}
