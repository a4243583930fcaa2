import { resultCall } from '@/lib/card-calls';
import { recordAttemptResult } from '@/lib/payment-attempts';
import { byAttempt, cardCall } from '../../../_server/card';

/** The card process tells what the gateway answered. */
export const POST = (request: Request): Promise<Response> =>
  cardCall(request, { call: 'result', schema: resultCall, ctxOf: byAttempt, verb: recordAttemptResult });
