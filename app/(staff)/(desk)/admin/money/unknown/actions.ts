'use server';
import { staffAction } from '@/app/_server/staff';
import { checkNow } from '@/lib/reconciliation';

/** Has the gateway asked at once what became of a payment or refund. It never charges. */
export const askGateway = staffAction('check_now', ({ ctx }, id: string) => checkNow(ctx, String(id)));
