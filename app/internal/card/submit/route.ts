import { submitCall } from '@/lib/card-calls';
import { submitPaymentAttempt } from '@/lib/payment-attempts';
import { byAttempt, cardCall } from '../../../_server/card';

/** The card process asks for an attempt's one right to be sent. */
export const POST = (request: Request): Promise<Response> =>
  cardCall(request, { call: 'submit', schema: submitCall, ctxOf: byAttempt, verb: submitPaymentAttempt });
