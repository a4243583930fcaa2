'use server';
import { staffAction } from '@/app/_server/staff';
import { requestBalance } from '@/lib/reconciliation';

/** Has a day of a profile balanced again; the worker does it at once. */
export const balanceDay = staffAction('balance_day', ({ ctx }, input: object) => requestBalance(ctx, input));
