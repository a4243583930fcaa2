import { type SQL, sql } from 'drizzle-orm';
import type { AttemptState } from '@/core/payment-attempt';
import type { LinkStatus } from '@/core/payment-link';
import type { RefundState } from '@/core/refund';

/**
 * What is the same at every time is written into a statement: a parameter may be anything to a plan that is kept, and one for
 * any number of rows, or any state, reads them all.
 */
export const written = (value: number | readonly (LinkStatus | AttemptState | RefundState)[]): SQL =>
  sql.raw(typeof value === 'number' ? String(value) : value.map((one) => `'${one}'`).join());
